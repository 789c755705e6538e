package io.dualbid.stream.pacing;

import io.dualbid.core.engine.Pacer;
import java.util.HashMap;
import java.util.Map;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * The pacers of one subtask in the order in which they want their next tick. A pacer may be queued
 * more than once, at the times it asked for along the way; a tick that comes too early is nothing.
 */
final class TickQueue {
  private final Map<String, Entry> entries = new HashMap<>();
  private final PriorityQueue<Wish> wishes = new PriorityQueue<>();

  /** A pacer with what is known of it outside. */
  static final class Entry {
    final String campaign;
    final Pacer pacer;
    byte @Nullable [] definition;
    boolean changed = true;
    int savedBytes;
    private long wished = Long.MAX_VALUE;

    Entry(String campaign, Pacer pacer) {
      this.campaign = campaign;
      this.pacer = pacer;
    }
  }

  private record Wish(long timeMillis, Entry entry) implements Comparable<Wish> {
    @Override
    public int compareTo(Wish other) {
      int byTime = Long.compare(timeMillis, other.timeMillis);
      return byTime != 0 ? byTime : entry.campaign.compareTo(other.entry.campaign);
    }
  }

  @Nullable Entry find(String campaign) {
    return entries.get(campaign);
  }

  void add(Entry entry) {
    entries.put(entry.campaign, entry);
    wish(entry);
  }

  void remove(Entry entry) {
    entries.remove(entry.campaign);
  }

  /** Takes note of when the pacer wants its next tick. */
  void wish(Entry entry) {
    long next = entry.pacer.nextTickMillis();
    if (next < entry.wished) {
      entry.wished = next;
      wishes.add(new Wish(next, entry));
    }
  }

  /** The next pacer that wants a tick at {@code timeMillis} or before, or null. */
  @Nullable Entry due(long timeMillis) {
    while (true) {
      Wish first = wishes.peek();
      if (first == null || first.timeMillis > timeMillis) {
        return null;
      }
      wishes.remove();
      Entry entry = first.entry;
      if (entry.wished == first.timeMillis && entries.get(entry.campaign) == entry) {
        entry.wished = Long.MAX_VALUE;
        return entry;
      }
    }
  }

  Iterable<Entry> all() {
    return entries.values();
  }
}
