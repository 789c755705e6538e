package io.dualbid.core.joint;

/**
 * Groups click rates on a logarithmic scale, sixteen groups from each power of two to the next, 4 %
 * wide or less; rates below 2^-20 share the first group. Read off the bits of the float, so that it
 * costs no logarithm.
 */
final class RateScale {
  /** Number of groups; the last takes everything from 2^3 on. */
  static final int GROUPS = 23 * 16 + 1;

  private static final int SHIFT = 19;
  private static final int LOWEST = (127 - 20) << 4;

  private RateScale() {}

  /** The group of a rate; what is not above 0 is in the first. */
  static int group(double rate) {
    return rate > 0 ? Math.max(0, Math.min(GROUPS - 1, unbounded(rate))) : 0;
  }

  /** The same without bounds; below 0 for rates below 2^-20, and for what is not above 0. */
  static int unbounded(double rate) {
    return (Float.floatToRawIntBits((float) rate) >> SHIFT) - LOWEST;
  }
}
