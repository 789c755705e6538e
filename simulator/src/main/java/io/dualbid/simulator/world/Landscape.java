package io.dualbid.simulator.world;

import io.dualbid.core.model.Hash;
import io.dualbid.core.model.Money;
import org.apache.commons.math3.distribution.NormalDistribution;

/**
 * A generated market: competing bids are log-normal, click rates too, and the two are correlated,
 * since others value what we value. Every draw is a function of (seed, request, purpose).
 *
 * @param medianCpm median competing bid, CPM in account currency
 * @param priceSpread standard deviation of its logarithm
 * @param medianClickRate median click rate
 * @param clickSpread standard deviation of its logarithm
 * @param correlation between the two logarithms, -1 to 1
 */
public record Landscape(
    double medianCpm,
    double priceSpread,
    double medianClickRate,
    double clickSpread,
    double correlation) {
  /** A middling display market. */
  public static final Landscape DISPLAY = new Landscape(1.2, 0.8, 0.0008, 0.9, 0.4);

  private static final NormalDistribution NORMAL = new NormalDistribution(null, 0, 1);
  private static final long PRICE = 1;
  private static final long CLICK_RATE = 2;
  private static final long CLICK = 3;
  private static final long CONVERSION = 4;
  private static final double CONVERSION_RATE = 0.05;
  private static final double HIGHEST_CLICK_RATE = 0.5;

  /**
   * The auction of one impression.
   *
   * @param seed tells impressions apart
   * @param floorNanos lowest price
   * @param priceFactor how much dearer this kind of impression is than the median
   */
  public Auction auction(String impressionId, long seed, long floorNanos, double priceFactor) {
    double common = normal(seed, PRICE);
    double own = normal(seed, CLICK_RATE);
    double cpm = medianCpm * priceFactor * Math.exp(priceSpread * common);
    double clickRate =
        Math.min(
            HIGHEST_CLICK_RATE,
            medianClickRate
                * Math.exp(
                    clickSpread
                        * (correlation * common + Math.sqrt(1 - correlation * correlation) * own)));
    boolean clicked = uniform(seed, CLICK) < clickRate;
    boolean converted = clicked && uniform(seed, CONVERSION) < CONVERSION_RATE;
    long price = Math.max(floorNanos, Money.floorNanos(cpm / 1000));
    return new Auction(impressionId, price, clickRate, clicked, converted);
  }

  private static double uniform(long seed, long purpose) {
    return Hash.unit(Hash.mix(seed + purpose * Hash.GOLDEN_GAMMA));
  }

  private static double normal(long seed, long purpose) {
    // Strictly within (0, 1), so that the quantile is finite.
    double u = Math.max(0x1p-53, uniform(seed, purpose));
    return NORMAL.inverseCumulativeProbability(u);
  }
}
