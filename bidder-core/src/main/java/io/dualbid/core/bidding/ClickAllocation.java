package io.dualbid.core.bidding;

import io.dualbid.core.model.Multipliers;

/**
 * Who of several campaigns that pay by the click gets an impression: the one of the highest gain,
 * price of a click times its probability, times a discount that this policy sets.
 *
 * <p>One that pays for the impression ranks among them by its bid, which its multiplier has
 * discounted already. Policies are immutable.
 *
 * @see "config/engine.yaml, bidding.allocation"
 */
public sealed interface ClickAllocation
    permits DualAllocation, BalanceAllocation, PerturbedAllocation, HighestBidAllocation {
  /**
   * The discount of a campaign's gain, 0 to 1.
   *
   * @param campaign its id
   * @param rule what it makes of its multipliers
   * @param told its multipliers and load
   */
  double discount(String campaign, BiddingRule rule, Multipliers told);

  /** Which of equal gains comes first: the lowest. */
  default double second(Multipliers told) {
    return 0;
  }

  /**
   * Whether the bid is discounted too. Where the discount is the price of using the budget now,
   * what an impression must cost less than is what the discount leaves. Where it only tells
   * campaigns apart, an impression that the highest gain can pay is never left to others.
   */
  default boolean lowersBids() {
    return false;
  }
}
