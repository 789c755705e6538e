package io.dualbid.simulator.replay;

import io.dualbid.core.model.Money;

/**
 * Equal steps of price from 0 on, to count auctions by; all that lies above the last step is
 * counted together.
 *
 * @param widthNanos width of a step, above 0
 * @param count number of steps, at least 1
 */
public record PriceBins(long widthNanos, int count) {
  private static final int WANTED = 40;
  private static final double[] ROUND = {1, 2, 2.5, 5, 10};

  public PriceBins {
    if (widthNanos < 1 || count < 1) {
      throw new IllegalArgumentException(
          "width and count must be > 0: " + widthNanos + ", " + count);
    }
  }

  /**
   * Some 20 to 40 steps of a round width that reach up to a price.
   *
   * @param topNanos the price, at least 0
   */
  public static PriceBins upTo(long topNanos) {
    double least = Math.max(1, (double) topNanos / WANTED);
    double power = Math.pow(10, Math.floor(Math.log10(least)));
    for (double round : ROUND) {
      // Below ten nanos a width of two and a half is none.
      long width = Math.round(round * power);
      if (width >= least) {
        return new PriceBins(width, (int) (topNanos / width) + 1);
      }
    }
    throw new IllegalStateException("no width for " + topNanos);
  }

  /** The step in which a price lies; {@link #count} for one above the last. */
  int of(long priceNanos) {
    return (int) Math.min(count, priceNanos / widthNanos);
  }

  /** Where a step begins, in account currency. */
  public double from(int bin) {
    return Money.units(widthNanos * bin);
  }
}
