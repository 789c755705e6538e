package io.dualbid.core.bidding;

/**
 * Mcpc: bids what a click used to cost, times the chance of one: {@code trunc(θ · cpc)} whole
 * units, at most the highest bid and what is left. Truthful for an advertiser who values a click at
 * its mean cost; it knows no budget, so one that is scarce is gone early. No promise beyond the
 * cap.
 *
 * <p>O(1), no allocation.
 *
 * @param costPerClick cost / clicks of training, finite, at least 0
 * @param maxBid highest bid, at least 0
 * @see "Cai, Ren, Zhang et al.: Real-Time Bidding by Reinforcement Learning in Display Advertising,
 *     WSDM 2017"
 */
public record MeanCostPerClick(double costPerClick, int maxBid) {
  public MeanCostPerClick {
    if (!(costPerClick >= 0 && costPerClick < Double.POSITIVE_INFINITY) || maxBid < 0) {
      throw new IllegalArgumentException(
          "need a finite cost per click >= 0 and a highest bid >= 0: "
              + costPerClick
              + ", "
              + maxBid);
    }
  }

  /**
   * The bid in whole units.
   *
   * @param clickRate θ; what is not above 0 bids 0
   * @param left what is left of the budget, at least 0
   */
  public int bid(double clickRate, long left) {
    return WholeBid.capped(clickRate * costPerClick, maxBid, left);
  }
}
