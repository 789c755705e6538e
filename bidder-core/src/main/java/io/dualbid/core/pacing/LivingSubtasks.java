package io.dualbid.core.pacing;

import io.dualbid.core.model.Heartbeat;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * The bidding subtasks that gave a sign of life lately. The last incarnation of a subtask stands
 * for it: an older one gets no more leases, however loudly it lives on.
 *
 * <p>Incarnations carry no order of their own. The one that was heard of last for the first time is
 * the last; those before it are remembered as replaced.
 */
public final class LivingSubtasks {
  /** So many replaced incarnations of a subtask are told from new ones. */
  private static final int MOST_REPLACED = 16;

  private final TreeMap<Integer, Seen> subtasks = new TreeMap<>();

  /** The incarnation that stands for a subtask, and those that did before. */
  private static final class Seen {
    final ArrayDeque<Long> replaced = new ArrayDeque<>();
    Heartbeat heartbeat;
    long appendMillis;

    Seen(Heartbeat heartbeat, long appendMillis) {
      this.heartbeat = heartbeat;
      this.appendMillis = appendMillis;
    }

    void heard(Heartbeat next, long nextMillis) {
      if (next.incarnation() != heartbeat.incarnation()) {
        if (replaced.contains(next.incarnation()) || nextMillis < appendMillis) {
          return;
        }
        replaced.addLast(heartbeat.incarnation());
        if (replaced.size() > MOST_REPLACED) {
          replaced.removeFirst();
        }
      }
      if (nextMillis >= appendMillis) {
        heartbeat = next;
        appendMillis = nextMillis;
      }
    }
  }

  /**
   * A heartbeat was appended to the journal at {@code appendMillis}, as far as its own clock bears
   * that out ({@link PartitionTime#bounded}): else a broker's clock that steps ahead would keep a
   * dead subtask alive, and its successor from being heard.
   */
  public void heard(Heartbeat heartbeat, long appendMillis) {
    Seen before = subtasks.get(heartbeat.subtask());
    if (before == null) {
      subtasks.put(heartbeat.subtask(), new Seen(heartbeat, appendMillis));
    } else {
      before.heard(heartbeat, appendMillis);
    }
  }

  /** Those heard since {@code sinceMillis}, by index of the subtask. */
  public List<Heartbeat> heardSince(long sinceMillis) {
    List<Heartbeat> living = new ArrayList<>();
    for (Seen seen : subtasks.values()) {
      if (seen.appendMillis >= sinceMillis) {
        living.add(seen.heartbeat);
      }
    }
    return living;
  }
}
