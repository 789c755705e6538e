package io.dualbid.core.model;

/**
 * Seeded 64-bit hashing of text and numbers, and the uniform draws made from it.
 *
 * <p>All randomness of the engine is a function of (seed, request id): same seed, same bytes. The
 * mixer is the finaliser of splitmix64 (Steele, Lea, Flood: Fast Splittable Pseudorandom Number
 * Generators, OOPSLA 2014), the same as in {@link java.util.SplittableRandom}. Not for security.
 * Nothing here allocates.
 */
public final class Hash {
  /** The increment of splitmix64: 2^64 divided by the golden ratio, made odd. */
  public static final long GOLDEN_GAMMA = 0x9e3779b97f4a7c15L;

  private Hash() {}

  /** A bijection on 64 bits in which every input bit affects every output bit. */
  public static long mix(long z) {
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }

  /** The hash of {@code text} under {@code seed}. */
  public static long of(String text, long seed) {
    return of(text, 0, text.length(), seed);
  }

  /** The hash of the characters from {@code from} (inclusive) to {@code to} (exclusive). */
  public static long of(String text, int from, int to, long seed) {
    long h = seed + GOLDEN_GAMMA * (to - from);
    int i = from;
    for (; i + 4 <= to; i += 4) {
      long word =
          text.charAt(i)
              | (long) text.charAt(i + 1) << 16
              | (long) text.charAt(i + 2) << 32
              | (long) text.charAt(i + 3) << 48;
      h = mix(h ^ word) + GOLDEN_GAMMA;
    }
    long tail = 0;
    for (; i < to; i++) {
      tail = tail << 16 | text.charAt(i);
    }
    return mix(h ^ tail);
  }

  /** A uniform double in [0, 1) made of the upper 53 bits of {@code hash}. */
  public static double unit(long hash) {
    return (hash >>> 11) * 0x1.0p-53;
  }
}
