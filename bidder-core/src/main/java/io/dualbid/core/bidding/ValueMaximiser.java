package io.dualbid.core.bidding;

/**
 * Maximises value under a budget: bids {@code v / μ}, since v - μ·p ≥ 0 exactly for p ≤ v/μ. The
 * multiplier is the least value that a unit of money must buy.
 *
 * @see "A Field Guide for Pacing Budget and ROS Constraints, 2023"
 */
public final class ValueMaximiser implements BiddingRule {
  /** It has no state. */
  public static final ValueMaximiser INSTANCE = new ValueMaximiser();

  private ValueMaximiser() {}

  @Override
  public double bid(double value, double budget, double ros) {
    return value > 0 ? value / budget : 0;
  }
}
