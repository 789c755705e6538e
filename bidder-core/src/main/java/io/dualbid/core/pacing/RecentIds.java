package io.dualbid.core.pacing;

import io.dualbid.core.model.Hash;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Ids with a time each, for recognising what is repeated. Who asks decides by the time, so that the
 * answer is a function of the records and not of the moment at which old ids are dropped.
 *
 * <p>Ids are 64-bit hashes. Sixteen bytes at a load of one quarter to one half, so 32 to 64 bytes
 * an id. Old ids are dropped together, once an eighth of what is remembered has passed. 0 stands
 * for a free place and is moved aside. Among n remembered ids a new one is taken for known with a
 * probability of n / 2^64.
 *
 * <p>O(1) but for dropping, which walks over all once in a while; not thread safe.
 */
public final class RecentIds {
  /** The time of an id that is not remembered: before all others. */
  public static final long ABSENT = Long.MIN_VALUE;

  /** Ids of a state that told no time: they get one when time first passes. */
  private static final long UNDATED = Long.MAX_VALUE;

  private static final int FEWEST_PLACES = 16;

  /** Twice as many as there are ids at least, so that a search ends soon. */
  private long[] keys = new long[FEWEST_PLACES];

  private long[] times = new long[FEWEST_PLACES];
  private int count;
  private long droppedBefore = ABSENT;

  /** Number of ids that take up memory. */
  public int size() {
    return count;
  }

  /** The time of an id, or {@link #ABSENT}. */
  public long timeOf(long id) {
    int at = find(keys, place(id));
    return at < 0 ? ABSENT : times[at];
  }

  /** Remembers an id with a time, in place of the time that it had. */
  public void put(long id, long timeMillis) {
    long key = place(id);
    int at = find(keys, key);
    if (at >= 0) {
      times[at] = timeMillis;
      return;
    }
    if ((count + 1) * 2 > keys.length) {
      rebuild(keys.length * 2, ABSENT);
      at = find(keys, key);
    }
    keys[-1 - at] = key;
    times[-1 - at] = timeMillis;
    count++;
  }

  /**
   * Nobody asks any more for ids whose time is before {@code timeMillis}; they are dropped in a
   * while.
   *
   * @param spanMillis how much time is remembered, at least 0
   */
  public void forgetBefore(long timeMillis, long spanMillis) {
    if (droppedBefore == ABSENT) {
      droppedBefore = timeMillis;
    }
    if (timeMillis - droppedBefore > spanMillis / 8) {
      droppedBefore = timeMillis;
      rebuild(places(count), timeMillis);
      if (places(count) < keys.length) {
        rebuild(places(count), ABSENT);
      }
    }
  }

  /** Gives ids of a state that told no time one. */
  void date(long timeMillis) {
    for (int i = 0; i < keys.length; i++) {
      if (keys[i] != 0 && times[i] == UNDATED) {
        times[i] = timeMillis;
      }
    }
  }

  /** Writes the state. */
  public void write(DataOutput out) throws IOException {
    rebuild(places(count), ABSENT);
    out.writeLong(droppedBefore);
    out.writeInt(count);
    int free = free(keys);
    for (int i = 1; i < keys.length; i++) {
      int at = (free + i) & (keys.length - 1);
      if (keys[at] != 0) {
        out.writeLong(keys[at]);
        out.writeLong(times[at]);
      }
    }
  }

  /** Reads what {@link #write} wrote. */
  public static RecentIds read(DataInput in) throws IOException {
    RecentIds ids = new RecentIds();
    ids.droppedBefore = in.readLong();
    int count = in.readInt();
    ids.allot(places(count));
    for (int i = 0; i < count; i++) {
      ids.put(in.readLong(), in.readLong());
    }
    return ids;
  }

  /**
   * Reads two generations of ids without times, as they were written before {@link
   * Settlement#TIMED_IDS_FORMAT}: the newer was remembered for two windows from its beginning on,
   * the older for one.
   *
   * @param windowMillis the window, which is what their times are moved by
   * @param windows by how many windows the time of the newer generation lies after its beginning;
   *     that of the older by one less
   */
  static RecentIds readGenerations(long windowMillis, int windows, DataInput in)
      throws IOException {
    RecentIds ids = new RecentIds();
    long since = in.readLong();
    for (int generation = windows; generation > windows - 2; generation--) {
      long time = since == ABSENT ? UNDATED : since + generation * windowMillis;
      int count = in.readInt();
      for (int i = 0; i < count; i++) {
        ids.put(in.readLong(), time);
      }
    }
    return ids;
  }

  private void rebuild(int places, long fromMillis) {
    long[] oldKeys = keys;
    long[] oldTimes = times;
    int free = free(oldKeys);
    allot(places);
    for (int i = 1; i < oldKeys.length; i++) {
      int at = (free + i) & (oldKeys.length - 1);
      if (oldKeys[at] != 0 && oldTimes[at] >= fromMillis) {
        put(oldKeys[at], oldTimes[at]);
      }
    }
  }

  /**
   * A free place, which there always is. Taken in the order from behind it on, keys find their old
   * places in a table of the same size, so that what was read is written in the same bytes.
   */
  private static int free(long[] table) {
    int free = 0;
    while (table[free] != 0) {
      free++;
    }
    return free;
  }

  private void allot(int places) {
    keys = new long[places];
    times = new long[places];
    count = 0;
  }

  private static int places(int count) {
    return Math.max(FEWEST_PLACES, Integer.highestOneBit(count) * 4);
  }

  /** The index of {@code key}, or -1 - the free place for it. */
  private static int find(long[] table, long key) {
    int mask = table.length - 1;
    int at = (int) Hash.mix(key) & mask;
    while (table[at] != 0) {
      if (table[at] == key) {
        return at;
      }
      at = (at + 1) & mask;
    }
    return -1 - at;
  }

  private static long place(long id) {
    return id == 0 ? Hash.GOLDEN_GAMMA : id;
  }

  @Override
  public String toString() {
    return "RecentIds[" + size() + " of " + keys.length + " places]";
  }
}
