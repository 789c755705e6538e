package io.dualbid.core.bidding;

import java.util.function.ToDoubleFunction;

/**
 * Lin: bids in proportion to the click rate, {@code trunc(θ · b0 / θ_avg)} whole units, at most the
 * highest bid and what is left. It sees neither time nor spend, so a budget is spent too early or
 * not at all unless {@link #tune} fits b0 to it; no promise beyond the cap.
 *
 * <p>O(1), no allocation.
 *
 * @param base b0, the bid for a request of average click rate, at least 0
 * @param meanClickRate θ_avg of training, above 0
 * @param maxBid highest bid, at least 0
 * @see "Perlich et al.: Bid Optimizing and Inventory Scoring in Targeted Online Advertising, KDD
 *     2012; the tuning as in Cai, Ren, Zhang et al.: Real-Time Bidding by Reinforcement Learning in
 *     Display Advertising, WSDM 2017"
 */
public record LinearBid(double base, double meanClickRate, int maxBid) {
  private static final int MISSES = 5;
  private static final int FURTHEST = 10;

  public LinearBid {
    if (!(base >= 0 && meanClickRate > 0) || maxBid < 0) {
      throw new IllegalArgumentException(
          "need base >= 0, mean click rate > 0, highest bid >= 0: "
              + base
              + ", "
              + meanClickRate
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
    return WholeBid.capped(clickRate * base / meanClickRate, maxBid, left);
  }

  /**
   * Finds the b0 that does best on training auctions: tries multiples of {@code step} up to the
   * highest bid, of equals keeps the last, and stops after five tries in a row that don't reach the
   * best. Where the highest of them is the best, it goes on until the score falls, or to ten times
   * the highest bid, where a plateau would have no end.
   *
   * @param step distance of two tries, above 0 and at most {@code maxBid}
   * @param score what a rule earns on the training auctions, such as its clicks; called once for
   *     each try
   */
  public static LinearBid tune(
      double meanClickRate, int maxBid, int step, ToDoubleFunction<LinearBid> score) {
    if (step <= 0 || step > maxBid) {
      throw new IllegalArgumentException("need 0 < step <= highest bid: " + step + ", " + maxBid);
    }
    LinearBid best = new LinearBid(step, meanClickRate, maxBid);
    double most = Double.NEGATIVE_INFINITY;
    int misses = 0;
    int last = maxBid / step * step;
    for (int base = step; base <= last && misses < MISSES; base += step) {
      LinearBid rule = new LinearBid(base, meanClickRate, maxBid);
      double reached = score.applyAsDouble(rule);
      if (reached >= most) {
        most = reached;
        best = rule;
        misses = 0;
      } else {
        misses++;
      }
    }
    long furthest = best.base == last ? (long) FURTHEST * maxBid : last;
    for (long base = last + (long) step; base <= furthest; base += step) {
      LinearBid rule = new LinearBid(base, meanClickRate, maxBid);
      double reached = score.applyAsDouble(rule);
      if (!(reached >= most)) {
        break;
      }
      most = reached;
      best = rule;
    }
    return best;
  }
}
