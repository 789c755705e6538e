package io.dualbid.core.bidding;

/**
 * What is known of a campaign from the days before: the figures that rules without a loop are set
 * by.
 *
 * @param impressions number of auctions in training, above 0
 * @param clicks number of clicks they brought, at least 0
 * @param cost what they cost at market prices, in whole units of the log, at least 0
 */
public record TrainingTotals(long impressions, long clicks, long cost) {
  public TrainingTotals {
    if (impressions <= 0 || clicks < 0 || cost < 0) {
      throw new IllegalArgumentException(
          "need impressions > 0, clicks >= 0, cost >= 0: "
              + impressions
              + ", "
              + clicks
              + ", "
              + cost);
    }
  }

  /** Clicks of an impression, the mean of θ. */
  public double meanClickRate() {
    return (double) clicks / impressions;
  }

  /** Cost of a click; infinite where there was none. */
  public double costPerClick() {
    return (double) cost / clicks;
  }

  /**
   * The budget of an episode of {@code auctions} auctions that is worth a share of buying all of
   * them, rounded down to whole units.
   *
   * @param share c0, at least 0
   */
  public long episodeBudget(double share, long auctions) {
    return (long) ((double) cost / impressions * share * auctions);
  }
}
