package io.dualbid.core.targeting;

import java.util.Arrays;

/**
 * The campaigns found for one impression, by rising slot. The caller owns it and hands it in again,
 * so that finding allocates nothing.
 */
public final class Candidates {
  // Slot in the upper half, creative in the lower, so that sorting one array sorts both.
  private long[] found = new long[16];
  private int size;

  /** Number of candidates. */
  public int size() {
    return size;
  }

  /** The slot of candidate {@code i}. */
  public int slot(int i) {
    return (int) (found[i] >>> 32);
  }

  /** Index of the first creative of candidate {@code i} that fits. */
  public int creative(int i) {
    return (int) found[i];
  }

  void clear() {
    size = 0;
  }

  /** Puts a candidate in the place of one that was found before it. */
  void keep(int place, int slot, int creative) {
    found[place] = pack(slot, creative);
  }

  /** Drops all from {@code count} on. */
  void truncate(int count) {
    size = count;
  }

  void add(int slot, int creative) {
    if (size == found.length) {
      found = Arrays.copyOf(found, 2 * size);
    }
    found[size++] = pack(slot, creative);
  }

  private static long pack(int slot, int creative) {
    return (long) slot << 32 | (creative & 0xffff_ffffL);
  }

  /**
   * Sorts, and keeps one of equal ones. They are few and lie side by side: cheaper than a mark for
   * every campaign that was seen, which would lie far apart.
   */
  void sortOnce() {
    if (size < 2) {
      return;
    }
    Arrays.sort(found, 0, size);
    int kept = 1;
    for (int i = 1; i < size; i++) {
      if (found[i] != found[kept - 1]) {
        found[kept++] = found[i];
      }
    }
    size = kept;
  }
}
