package io.dualbid.core.bidding;

import io.dualbid.core.model.Campaign.Objective;
import io.dualbid.core.model.Strategy;
import io.dualbid.core.model.Strategy.Method;

/**
 * The best bid of a truthful (second-price) auction, given the shadow prices of the campaign's
 * constraints; what a first-price bid is shaded from.
 *
 * <p>No rule needs to know how others bid: the bid is the highest price at which winning is still
 * worth it. A floor changes nothing, since the price is then the greater of floor and competing
 * bid. All are proportional to the value. Caps (highest bid, lease, what is left) are the caller's.
 */
public sealed interface BiddingRule permits UtilityMaximiser, ValueMaximiser, ReturnOnSpend {
  /**
   * The bid in account currency.
   *
   * @param value expected value of a win in account currency, at least 0
   * @param budget the budget's multiplier μ, at least 0
   * @param ros the multiplier λ of the return on spend, at least 0
   * @return at least 0; may be infinite
   */
  double bid(double value, double budget, double ros);

  /** The bid where no return on spend is kept. */
  default double bid(double value, double budget) {
    return bid(value, budget, 0);
  }

  /**
   * What a win earns towards the return on spend, in account currency: value over target; 0 where
   * none is kept.
   */
  default double credit(double value) {
    return 0;
  }

  /** The rule of a strategy. */
  static BiddingRule of(Strategy strategy) {
    if (strategy.keepsRos()) {
      ReturnOnSpend.Combination combination =
          strategy.method() == Method.MIN
              ? ReturnOnSpend.Combination.LOWER
              : strategy.method() == Method.SEQUENTIAL
                  ? ReturnOnSpend.Combination.PRODUCT
                  : ReturnOnSpend.Combination.OPTIMAL;
      return new ReturnOnSpend(
          strategy.objective(), strategy.targetRos(), strategy.pacesBudget(), combination);
    }
    // What is linear in the click rate asks for no more than its price, whatever is maximised.
    return strategy.method().isLinear() ? ValueMaximiser.INSTANCE : of(strategy.objective());
  }

  /** The rule of an objective where no return on spend is kept. */
  static BiddingRule of(Objective objective) {
    return switch (objective) {
      case VALUE -> ValueMaximiser.INSTANCE;
      case PROFIT -> UtilityMaximiser.INSTANCE;
    };
  }
}
