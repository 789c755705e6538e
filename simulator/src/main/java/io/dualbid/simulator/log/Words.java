package io.dualbid.simulator.log;

import org.jspecify.annotations.Nullable;

/**
 * One string for each of the words that come again and again, such as ids of campaigns: a table
 * that forgets what collides, so its size is fixed. Not thread safe.
 */
final class Words {
  private static final int SIZE = 1 << 12;

  private final @Nullable String[] table = new String[SIZE];

  /** The word that these characters are. */
  String of(char[] text, int from, int to) {
    int hash = 0;
    for (int i = from; i < to; i++) {
      hash = 31 * hash + text[i];
    }
    int at = (hash ^ (hash >>> 12)) & (SIZE - 1);
    String known = table[at];
    if (known != null && equals(known, text, from, to)) {
      return known;
    }
    String word = new String(text, from, to - from);
    table[at] = word;
    return word;
  }

  private static boolean equals(String known, char[] text, int from, int to) {
    if (known.length() != to - from) {
      return false;
    }
    for (int i = from; i < to; i++) {
      if (known.charAt(i - from) != text[i]) {
        return false;
      }
    }
    return true;
  }
}
