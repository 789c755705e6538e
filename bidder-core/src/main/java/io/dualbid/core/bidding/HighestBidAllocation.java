package io.dualbid.core.bidding;

import io.dualbid.core.model.Multipliers;

/** Greedy: the highest gain, whatever is left of budgets. */
public record HighestBidAllocation() implements ClickAllocation {
  @Override
  public double discount(String campaign, BiddingRule rule, Multipliers told) {
    return 1;
  }
}
