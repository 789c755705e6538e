package io.dualbid.core.bidding;

import io.dualbid.core.model.Campaign;

/**
 * The best bid of a truthful (second-price) auction under a budget, given its shadow price.
 *
 * <p>Neither rule needs to know how others bid: the bid is the highest price at which winning is
 * still worth it. A floor changes nothing, since the price is then the greater of floor and
 * competing bid. Caps (highest bid, lease, what is left) are the caller's.
 */
public sealed interface BiddingRule permits UtilityMaximiser, ValueMaximiser {
  /**
   * The bid in account currency.
   *
   * @param value expected value of a win in account currency, at least 0
   * @param multiplier the budget's multiplier μ
   * @return at least 0; may be infinite
   */
  double bid(double value, double multiplier);

  /** The rule of a campaign's objective. */
  static BiddingRule of(Campaign.Objective objective) {
    return switch (objective) {
      case VALUE -> ValueMaximiser.INSTANCE;
      case PROFIT -> UtilityMaximiser.INSTANCE;
    };
  }
}
