package io.dualbid.core.model;

/**
 * What a bid that pays by the click promises: nothing for the impression, and for one click on it
 * the price, or what is left of the budget.
 *
 * @param priceNanos what the click is charged, in nanos, above 0
 * @param clickRate how likely it was held to be, above 0, at most 1
 * @param untilMillis end of the attribution window: a click appended later is not charged
 */
public record ClickTerms(long priceNanos, double clickRate, long untilMillis) {
  public ClickTerms {
    if (priceNanos <= 0 || !(clickRate > 0 && clickRate <= 1)) {
      throw new IllegalArgumentException(
          "a click needs a price > 0 nanos and a rate in (0, 1]: " + priceNanos + ", " + clickRate);
    }
  }

  /** What the impression is expected to be charged: price times rate, at least a nano. */
  public long expectedNanos() {
    return PerClick.expectedNanos(priceNanos, clickRate);
  }

  /** Whether a click that the broker appended at {@code appendMillis} is charged. */
  public boolean chargesAt(long appendMillis) {
    return appendMillis <= untilMillis;
  }
}
