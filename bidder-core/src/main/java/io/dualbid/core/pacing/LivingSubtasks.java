package io.dualbid.core.pacing;

import io.dualbid.core.model.Heartbeat;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;

/**
 * The bidding subtasks that gave a sign of life lately. The last incarnation of a subtask stands
 * for it: an older one gets no more leases, however loudly it lives on.
 */
public final class LivingSubtasks {
  private final TreeMap<Integer, Seen> subtasks = new TreeMap<>();

  private record Seen(Heartbeat heartbeat, long appendMillis) {}

  /** A heartbeat was appended to the journal at {@code appendMillis}. */
  public void heard(Heartbeat heartbeat, long appendMillis) {
    Seen before = subtasks.get(heartbeat.subtask());
    if (before == null || before.appendMillis <= appendMillis) {
      subtasks.put(heartbeat.subtask(), new Seen(heartbeat, appendMillis));
    }
  }

  /** Those heard since {@code sinceMillis}, by index of the subtask. */
  public List<Heartbeat> heardSince(long sinceMillis) {
    List<Heartbeat> living = new ArrayList<>();
    Collection<Seen> all = subtasks.values();
    for (Seen seen : all) {
      if (seen.appendMillis >= sinceMillis) {
        living.add(seen.heartbeat);
      }
    }
    return living;
  }
}
