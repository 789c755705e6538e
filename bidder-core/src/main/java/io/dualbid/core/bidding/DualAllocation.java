package io.dualbid.core.bidding;

import io.dualbid.core.model.Multipliers;

/**
 * Discounts by the budget's shadow price, which dual mirror descent keeps: {@code 1/μ} of value
 * maximisers, {@code 1/(1 + μ)} of profit maximisers, at most 1. The bid is discounted alike, so
 * this policy paces as well.
 *
 * @see "Balseiro, Lu, Mirrokni: The Best of Many Worlds, Operations Research 71(1), 2023"
 */
public record DualAllocation() implements ClickAllocation {
  @Override
  public double discount(String campaign, BiddingRule rule, Multipliers told) {
    return Math.max(0, Math.min(1, rule.bid(1, told.budget(), told.ros())));
  }

  @Override
  public boolean lowersBids() {
    return true;
  }
}
