package io.dualbid.core.pacing;

/**
 * Sums of amounts that others tell, which no record may bring down: they end at a bound that is far
 * from both ends of a long, so that amounts of our own can still be added. While the bound is not
 * reached, sums are exact and don't depend on the order.
 */
final class Saturating {
  private static final long MOST = Long.MAX_VALUE / 4;

  private Saturating() {}

  /** The sum, within ± a quarter of the largest long. */
  static long plus(long a, long b) {
    long sum = within(a) + within(b);
    return within(sum);
  }

  /** Whole nanos of an amount in account currency, rounded towards 0, so that -x undoes x. */
  static long nanos(double units) {
    return within((long) (units * 1e9));
  }

  private static long within(long amount) {
    return Math.max(-MOST, Math.min(MOST, amount));
  }
}
