package io.dualbid.core.model;

/**
 * How a campaign pays by the click: nothing for an impression, this for a click.
 *
 * @param priceNanos what a click is charged, in nanos, above 0; less where less is left of the
 *     budget
 * @param windowMillis how long after the deadline of its bid a click is charged, above 0: the
 *     attribution window
 */
public record PerClick(long priceNanos, long windowMillis) {
  public PerClick {
    if (priceNanos <= 0 || windowMillis <= 0) {
      throw new IllegalArgumentException(
          "a click needs a price > 0 nanos and a window > 0 ms: "
              + priceNanos
              + ", "
              + windowMillis
              + "ms");
    }
  }

  /**
   * What an impression is expected to be charged, in whole nanos, rounded down but at least 1.
   *
   * @param clickRate how likely a click is, 0 to 1
   */
  public static long expectedNanos(long priceNanos, double clickRate) {
    return Math.min(priceNanos, Math.max(1, Money.floorNanos(Money.units(priceNanos) * clickRate)));
  }
}
