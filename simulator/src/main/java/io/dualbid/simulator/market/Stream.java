package io.dualbid.simulator.market;

import io.dualbid.core.model.Hash;

/**
 * A sequence of random numbers of which any can be had alone: splitmix64 in the form of a function
 * of the index. The sequence of seed s is that of {@code new java.util.SplittableRandom(s)}.
 *
 * @param seed any number
 */
record Stream(long seed) {
  /** A sequence of its own for another purpose. */
  Stream apart(long purpose) {
    return new Stream(Hash.mix(seed ^ Hash.mix(purpose * Hash.GOLDEN_GAMMA)));
  }

  /** Uniform in [0, 1), the number with this index from 0. */
  double uniform(long index) {
    return Hash.unit(Hash.mix(seed + (index + 1) * Hash.GOLDEN_GAMMA));
  }

  /**
   * Two independent standard normal numbers are {@code radius·cos} and {@code radius·sin} of {@code
   * angle}; this is the radius (Box, Muller 1958).
   */
  double radius(long pair) {
    // 1 - u is in (0, 1].
    return Math.sqrt(-2 * StrictMath.log(1 - uniform(2 * pair)));
  }

  double angle(long pair) {
    return 2 * Math.PI * uniform(2 * pair + 1);
  }

  /** Standard normal. */
  double normal(long index) {
    return radius(index) * StrictMath.cos(angle(index));
  }
}
