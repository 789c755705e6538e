package io.dualbid.core.matching;

import io.dualbid.core.model.Hash;
import java.util.Arrays;

/**
 * Attempts under way, by id and in the order in which they began. An open-addressing table over
 * flat columns: O(1) for each operation, no allocation beyond the most attempts that were ever
 * under way at a time. Not thread safe.
 */
final class Attempts {
  private static final int FIRST_SIZE = 16;
  private static final int NONE = -1;

  private long[] id = new long[FIRST_SIZE];
  private int[] vertex = new int[FIRST_SIZE];
  private long[] amount = new long[FIRST_SIZE];
  private double[] reward = new double[FIRST_SIZE];
  private long[] begun = new long[FIRST_SIZE];
  private int[] older = new int[FIRST_SIZE];
  private int[] newer = new int[FIRST_SIZE];

  /** Slot + 1 at the place of its id or the next free one; 0 where there is none. */
  private int[] table = new int[4 * FIRST_SIZE];

  private int used;
  private int free = NONE;
  private int oldest = NONE;
  private int newest = NONE;
  private int size;

  /** Number of attempts under way. */
  int size() {
    return size;
  }

  /** The slot of an attempt, or -1. */
  int find(long itsId) {
    int place = place(itsId);
    return table[place] - 1;
  }

  int vertex(int slot) {
    return vertex[slot];
  }

  long amount(int slot) {
    return amount[slot];
  }

  double reward(int slot) {
    return reward[slot];
  }

  /** The attempt that began first if that was before {@code time}, or -1. */
  int begunBefore(long time) {
    return oldest != NONE && begun[oldest] < time ? oldest : NONE;
  }

  /** Adds an attempt that isn't there; one that seems to begin before its elder begins with it. */
  void add(long itsId, int itsVertex, long itsAmount, double itsReward, long time) {
    int slot = slot();
    id[slot] = itsId;
    vertex[slot] = itsVertex;
    amount[slot] = itsAmount;
    reward[slot] = itsReward;
    begun[slot] = newest == NONE ? time : Math.max(time, begun[newest]);
    older[slot] = newest;
    newer[slot] = NONE;
    if (newest == NONE) {
      oldest = slot;
    } else {
      newer[newest] = slot;
    }
    newest = slot;
    size++;
    table[place(itsId)] = slot + 1;
  }

  /** Removes an attempt. */
  void remove(int slot) {
    close(place(id[slot]));
    if (older[slot] == NONE) {
      oldest = newer[slot];
    } else {
      newer[older[slot]] = newer[slot];
    }
    if (newer[slot] == NONE) {
      newest = older[slot];
    } else {
      older[newer[slot]] = older[slot];
    }
    newer[slot] = free;
    free = slot;
    size--;
  }

  private int slot() {
    if (free != NONE) {
      int slot = free;
      free = newer[slot];
      return slot;
    }
    if (used == id.length) {
      grow();
    }
    return used++;
  }

  private void grow() {
    int length = 2 * used;
    id = Arrays.copyOf(id, length);
    vertex = Arrays.copyOf(vertex, length);
    amount = Arrays.copyOf(amount, length);
    reward = Arrays.copyOf(reward, length);
    begun = Arrays.copyOf(begun, length);
    older = Arrays.copyOf(older, length);
    newer = Arrays.copyOf(newer, length);
    table = new int[4 * length];
    for (int slot = oldest; slot != NONE; slot = newer[slot]) {
      table[place(id[slot])] = slot + 1;
    }
  }

  /** Where an id stands in the table, or the free place where it would. */
  private int place(long itsId) {
    int mask = table.length - 1;
    int at = (int) Hash.mix(itsId) & mask;
    while (table[at] != 0 && id[table[at] - 1] != itsId) {
      at = (at + 1) & mask;
    }
    return at;
  }

  /** Empties a place and moves what stood behind it only because it was taken. */
  private void close(int place) {
    int mask = table.length - 1;
    int gap = place;
    for (int at = (gap + 1) & mask; table[at] != 0; at = (at + 1) & mask) {
      int home = (int) Hash.mix(id[table[at] - 1]) & mask;
      if (((at - home) & mask) >= ((at - gap) & mask)) {
        table[gap] = table[at];
        gap = at;
      }
    }
    table[gap] = 0;
  }
}
