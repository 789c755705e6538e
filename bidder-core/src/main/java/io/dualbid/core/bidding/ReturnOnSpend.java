package io.dualbid.core.bidding;

import io.dualbid.core.model.Campaign.Objective;

/**
 * Keeps a return on spend, with or without a budget. With w = v/τ, value in units of the spend that
 * it justifies, λ the multiplier of Σ w - Σ price ≥ 0 and μ that of the budget, the most value is
 * had by bidding
 *
 * <pre>
 *   (1 + λ) / λ · w            return alone; break-even w as λ grows
 *   (1 + λ) / (λ + μ) · w      return and budget
 *   (v + λ·w) / (1 + λ + μ)    for profit
 * </pre>
 *
 * <p>{@link Combination#LOWER} and {@link Combination#PRODUCT} let each constraint have a service
 * of its own: the lower of (1 + λ)/λ and 1/μ is near optimal, their product is not, on some
 * instances by any measure.
 *
 * @param objective what is maximised
 * @param target τ, value that a unit of spend must return, above 0
 * @param budgeted whether the budget's multiplier counts
 * @param combination how both constraints make one bid
 * @see "Feng, Padmanabhan, Wang: Online Bidding Algorithms for Return-on-Spend Constrained
 *     Advertisers, WWW 2023, Algorithms 3.1 and 5.1"
 * @see "A Field Guide for Pacing Budget and ROS Constraints, 2023 (min and sequential pacing)"
 */
public record ReturnOnSpend(
    Objective objective, double target, boolean budgeted, Combination combination)
    implements BiddingRule {

  /** How both constraints make one bid. */
  public enum Combination {
    /** By the Lagrangian of both. */
    OPTIMAL,
    /** The lower of the two bids. */
    LOWER,
    /** Both factors multiplied. */
    PRODUCT
  }

  public ReturnOnSpend {
    if (!(target > 0)) {
      throw new IllegalArgumentException("a target must be > 0: " + target);
    }
  }

  @Override
  public double bid(double value, double budget, double ros) {
    if (!(value > 0)) {
      return 0;
    }
    double credit = value / target;
    double price = budgeted ? budget : 0;
    if (combination == Combination.OPTIMAL) {
      return objective == Objective.VALUE
          ? (1 + ros) / (ros + price) * credit
          : (value + ros * credit) / (1 + ros + price);
    }
    double forReturn =
        objective == Objective.VALUE
            ? (1 + ros) / ros * credit
            : (value + ros * credit) / (1 + ros);
    double share = objective == Objective.VALUE ? 1 / price : 1 / (1 + price);
    return combination == Combination.LOWER
        ? Math.min(forReturn, (objective == Objective.VALUE ? credit : value) * share)
        : forReturn * share;
  }

  @Override
  public double credit(double value) {
    return value / target;
  }
}
