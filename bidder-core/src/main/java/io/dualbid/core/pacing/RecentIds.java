package io.dualbid.core.pacing;

import io.dualbid.core.model.Hash;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * The ids of the last while, for recognising what is repeated.
 *
 * <p>Ids are 64-bit hashes, kept in two generations: one that fills, and the one before it. When a
 * generation is as old as the window it becomes the one before, so an id is remembered for at least
 * one window and at most two. Sixteen bytes or less an id; 0 stands for a free place and is moved
 * aside. Among n remembered ids a new one is taken for known with a probability of n / 2^64.
 *
 * <p>O(1); not thread safe.
 */
public final class RecentIds {
  private static final int FEWEST_PLACES = 16;

  private long windowMillis;
  private long[] current = new long[FEWEST_PLACES];
  private int currentCount;
  private long[] previous = new long[FEWEST_PLACES];
  private int previousCount;
  private long currentSince = Long.MIN_VALUE;

  /**
   * Nothing remembered yet.
   *
   * @param windowMillis how long an id is remembered at least, at least 0
   */
  public RecentIds(long windowMillis) {
    this.windowMillis = windowMillis;
  }

  /** Changes how long an id is remembered at least, from now on. */
  public void rememberFor(long newWindowMillis) {
    windowMillis = newWindowMillis;
  }

  /** Number of ids remembered. */
  public int size() {
    return currentCount + previousCount;
  }

  /** Whether {@code id} is remembered. */
  public boolean contains(long id) {
    long key = place(id);
    return find(current, key) >= 0 || find(previous, key) >= 0;
  }

  /**
   * Remembers {@code id}.
   *
   * @return whether it was not remembered before
   */
  public boolean add(long id) {
    long key = place(id);
    if (find(previous, key) >= 0) {
      return false;
    }
    int at = find(current, key);
    if (at >= 0) {
      return false;
    }
    if ((currentCount + 1) * 2 > current.length) {
      current = grown(current);
      at = find(current, key);
    }
    current[-1 - at] = key;
    currentCount++;
    return true;
  }

  /** Lets time pass, to {@code nowMillis}; forgets what is older than the window. */
  public void advance(long nowMillis) {
    if (currentSince == Long.MIN_VALUE) {
      currentSince = nowMillis;
    } else if (nowMillis - currentSince >= windowMillis) {
      // After a gap of two windows both generations are too old.
      boolean gap = nowMillis - currentSince >= 2 * windowMillis;
      previous = gap ? new long[FEWEST_PLACES] : current;
      previousCount = gap ? 0 : currentCount;
      current = new long[FEWEST_PLACES];
      currentCount = 0;
      currentSince = nowMillis;
    }
  }

  /** Writes the state. */
  public void write(DataOutput out) throws IOException {
    out.writeLong(currentSince);
    write(out, current, currentCount);
    write(out, previous, previousCount);
  }

  /** Reads what {@link #write} wrote. */
  public static RecentIds read(long windowMillis, DataInput in) throws IOException {
    RecentIds ids = new RecentIds(windowMillis);
    ids.currentSince = in.readLong();
    ids.currentCount = in.readInt();
    ids.current = read(in, ids.currentCount);
    ids.previousCount = in.readInt();
    ids.previous = read(in, ids.previousCount);
    return ids;
  }

  private static void write(DataOutput out, long[] table, int count) throws IOException {
    out.writeInt(count);
    // From behind a free place on, which there always is: read in this order the keys find their
    // old places, so that what was read is written in the same bytes.
    int free = 0;
    while (table[free] != 0) {
      free++;
    }
    for (int i = 1; i < table.length; i++) {
      long key = table[(free + i) & (table.length - 1)];
      if (key != 0) {
        out.writeLong(key);
      }
    }
  }

  private static long[] read(DataInput in, int count) throws IOException {
    long[] table = new long[Math.max(FEWEST_PLACES, Integer.highestOneBit(count) * 4)];
    for (int i = 0; i < count; i++) {
      long key = in.readLong();
      table[-1 - find(table, key)] = key;
    }
    return table;
  }

  private static long[] grown(long[] table) {
    long[] larger = new long[table.length * 2];
    for (long key : table) {
      if (key != 0) {
        larger[-1 - find(larger, key)] = key;
      }
    }
    return larger;
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
    return "RecentIds[" + size() + " of " + (current.length + previous.length) + " places]";
  }
}
