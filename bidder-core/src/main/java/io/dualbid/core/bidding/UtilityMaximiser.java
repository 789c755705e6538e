package io.dualbid.core.bidding;

/**
 * Maximises value less price: bids {@code v / (1 + μ)}, since v - p - μ·p ≥ 0 exactly for p ≤
 * v/(1+μ). With μ = 0 it bids its value.
 *
 * @see "Balseiro, Gur: Learning in Repeated Auctions with Budgets, Management Science 65(9), 2019"
 */
public final class UtilityMaximiser implements BiddingRule {
  /** It has no state. */
  public static final UtilityMaximiser INSTANCE = new UtilityMaximiser();

  private UtilityMaximiser() {}

  @Override
  public double bid(double value, double budget, double ros) {
    return value / (1 + budget);
  }
}
