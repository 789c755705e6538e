package io.dualbid.core.targeting;

import java.util.Arrays;

/**
 * The names that a request brings for one dimension, with their hashes, in arrays that are used
 * again for the next request. A name is the end of a string from some character on, so that the
 * parents of a domain need no strings of their own.
 */
final class NameList {
  private String[] texts = new String[8];
  private int[] starts = new int[8];
  private long[] hashes = new long[8];
  private int size;

  void clear() {
    size = 0;
  }

  void add(String text) {
    add(text, 0);
  }

  /** Adds a domain and its parents: news.site.example, site.example, example. */
  void addWithParents(String domain) {
    add(domain, 0);
    for (int dot = domain.indexOf('.'); dot >= 0; dot = domain.indexOf('.', dot + 1)) {
      add(domain, dot + 1);
    }
  }

  private void add(String text, int start) {
    if (size == texts.length) {
      texts = Arrays.copyOf(texts, 2 * size);
      starts = Arrays.copyOf(starts, 2 * size);
      hashes = Arrays.copyOf(hashes, 2 * size);
    }
    texts[size] = text;
    starts[size] = start;
    hashes[size] = NameSet.hash(text, start);
    size++;
  }

  int size() {
    return size;
  }

  long hash(int i) {
    return hashes[i];
  }

  /** Whether one of these names is in {@code set}. */
  boolean intersects(NameSet set) {
    if (set.isEmpty()) {
      return false;
    }
    for (int i = 0; i < size; i++) {
      if (set.contains(texts[i], starts[i], hashes[i])) {
        return true;
      }
    }
    return false;
  }
}
