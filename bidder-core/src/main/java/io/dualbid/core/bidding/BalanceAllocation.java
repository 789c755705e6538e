package io.dualbid.core.bidding;

import io.dualbid.core.matching.Discount;
import io.dualbid.core.model.Multipliers;

/**
 * Stochastic Balance: discounts by the load, what impressions so far were expected to be charged as
 * a share of the budget, whether clicked or not; of equal gains the least load comes first. The
 * load is as old as the last word from pacing.
 *
 * @param discount {@link Discount#MSVV} for budgets of many clicks, {@link Discount#EXP} for few
 * @see "Huang, Zhang: Online Primal Dual Meets Online Matching with Stochastic Rewards, STOC 2020"
 */
public record BalanceAllocation(Discount discount) implements ClickAllocation {
  public BalanceAllocation {
    if (discount == Discount.BALANCE) {
      throw new IllegalArgumentException(
          "a discount must be a factor of the gain, msvv or exp: " + discount);
    }
  }

  @Override
  public double discount(String campaign, BiddingRule rule, Multipliers told) {
    return discount.of(told.load());
  }

  @Override
  public double second(Multipliers told) {
    return told.load();
  }
}
