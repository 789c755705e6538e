package io.dualbid.core.targeting;

import java.util.Arrays;

/**
 * The campaigns filed under each key of one combination of dimensions: open addressing from a
 * 64-bit key to a list of slots. Lists that have become empty keep their place until the table is
 * built anew, which happens when half of it is taken; so updates of the same campaigns take no
 * further memory.
 */
final class PostingTable {
  /** Stands where no key is. */
  private static final int[] FREE = {};

  /** The list of a key under which nobody is filed. */
  private static final int[] NOBODY = {};

  private long[] keys = new long[16];
  private int[][] lists = free(16);
  private int[] sizes = new int[16];
  private int taken;

  /** Place of a key's list, or -1. */
  int find(long key) {
    int mask = keys.length - 1;
    for (int at = (int) key & mask; ; at = (at + 1) & mask) {
      if (lists[at] == FREE) {
        return -1;
      }
      if (keys[at] == key) {
        return at;
      }
    }
  }

  int size(int place) {
    return sizes[place];
  }

  int slot(int place, int i) {
    return lists[place][i];
  }

  void add(long key, int slot) {
    int at = find(key);
    if (at < 0) {
      if (2 * (taken + 1) > keys.length) {
        rebuild();
      }
      at = place(key);
    }
    int[] list = lists[at];
    if (sizes[at] == list.length) {
      list = Arrays.copyOf(list, Math.max(2, 2 * sizes[at]));
      lists[at] = list;
    }
    list[sizes[at]++] = slot;
  }

  void remove(long key, int slot) {
    int at = find(key);
    if (at < 0) {
      return;
    }
    int[] list = lists[at];
    for (int i = 0; i < sizes[at]; i++) {
      if (list[i] == slot) {
        list[i] = list[--sizes[at]];
        return;
      }
    }
  }

  /** Number of places, for tests of bounded memory. */
  int capacity() {
    return keys.length;
  }

  private int place(long key) {
    int mask = keys.length - 1;
    int at = (int) key & mask;
    while (lists[at] != FREE) {
      at = (at + 1) & mask;
    }
    keys[at] = key;
    lists[at] = NOBODY;
    sizes[at] = 0;
    taken++;
    return at;
  }

  private static int[][] free(int places) {
    int[][] lists = new int[places][];
    Arrays.fill(lists, FREE);
    return lists;
  }

  private void rebuild() {
    long[] oldKeys = keys;
    int[][] oldLists = lists;
    int[] oldSizes = sizes;
    int living = 0;
    for (int size : oldSizes) {
      living += size > 0 ? 1 : 0;
    }
    int places = Math.max(16, Integer.highestOneBit(living + 1) * 8);
    keys = new long[places];
    lists = free(places);
    sizes = new int[places];
    taken = 0;
    for (int i = 0; i < oldKeys.length; i++) {
      if (oldSizes[i] > 0) {
        int at = place(oldKeys[i]);
        lists[at] = oldLists[i];
        sizes[at] = oldSizes[i];
      }
    }
  }
}
