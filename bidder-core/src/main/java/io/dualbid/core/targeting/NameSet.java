package io.dualbid.core.targeting;

import io.dualbid.core.model.Hash;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An unchanging set of names that is asked about parts of strings without allocating. The hash only
 * leads to a name; the characters decide, so that nobody can pass for another by a forged hash.
 */
final class NameSet {
  private static final long SEED = 0x6e616d65L;

  /** The set without a name, which most campaigns have in most dimensions. */
  static final NameSet EMPTY = new NameSet(List.of());

  private final @Nullable String[] names;
  private final long[] hashes;
  private final int size;
  private final int hashCode;

  NameSet(Collection<String> members) {
    size = members.size();
    int places = Math.max(2, Integer.highestOneBit(Math.max(1, size)) * 4);
    names = new String[places];
    hashes = new long[places];
    long sum = 0;
    for (String name : members) {
      long hash = hash(name, 0);
      int at = (int) hash & (places - 1);
      while (names[at] != null) {
        at = (at + 1) & (places - 1);
      }
      names[at] = name;
      hashes[at] = hash;
      sum += hash;
    }
    hashCode = Long.hashCode(sum);
  }

  /** The hash by which a name is found: of the characters from {@code from} to the end. */
  static long hash(String name, int from) {
    return Hash.of(name, from, name.length(), SEED);
  }

  boolean isEmpty() {
    return size == 0;
  }

  /**
   * Whether the end of {@code text}, from {@code from} on, is one of the names.
   *
   * @param hash its {@link #hash}
   */
  boolean contains(String text, int from, long hash) {
    int mask = names.length - 1;
    int length = text.length() - from;
    for (int at = (int) hash & mask; ; at = (at + 1) & mask) {
      String name = names[at];
      if (name == null) {
        return false;
      }
      if (hashes[at] == hash && name.length() == length && text.startsWith(name, from)) {
        return true;
      }
    }
  }

  @Override
  public boolean equals(@Nullable Object other) {
    if (!(other instanceof NameSet that) || that.size != size || that.hashCode != hashCode) {
      return false;
    }
    for (int i = 0; i < names.length; i++) {
      if (names[i] != null && !that.contains(names[i], 0, hashes[i])) {
        return false;
      }
    }
    return true;
  }

  @Override
  public int hashCode() {
    return hashCode;
  }
}
