package io.dualbid.core.rlb;

/**
 * RLB: the highest price at which winning is still worth more than keeping the money. With n
 * auctions and a budget b left, the largest d ≤ min(b, highest bid) for which
 *
 * <pre>  v1·θ + γ·(V(n-1, b-d) - V(n-1, b)) - v0·d ≥ 0</pre>
 *
 * <p>holds, and for all smaller d too. SS-MDP bids by the same table with θ_avg in place of θ, so
 * that its bid depends on the state alone.
 *
 * <p>Optimal where prices are drawn independently from the distribution of the table and θ is
 * always its mean; otherwise a heuristic without a guarantee beyond {@code bid ≤ b}. A walk costs
 * O(bid), a search O(log highest bid); no allocation, immutable.
 *
 * @see "Cai, Ren, Zhang et al.: Real-Time Bidding by Reinforcement Learning in Display Advertising,
 *     WSDM 2017; SS-MDP after Amin, Kearns, Key, Schwaighofer: Budget Optimization for Sponsored
 *     Search, UAI 2012"
 */
public final class StateBid {
  private final ValueTable values;
  private final Objective objective;

  /** Bids by {@code values}. */
  public StateBid(ValueTable values) {
    this.values = values;
    this.objective = values.objective();
  }

  /**
   * The bid by a walk upwards that ends at the first price that is not worth it, as published.
   *
   * @param auctions n, auctions left with this one, from 1 to the table's
   * @param left b, from 0 to the table's budget
   * @param clickRate θ of the request
   */
  public int bid(int auctions, int left, double clickRate) {
    int highest = Math.min(left, values.maxBid());
    int bid = 0;
    while (bid < highest && worthwhile(auctions, left, clickRate, bid + 1)) {
      bid++;
    }
    return bid;
  }

  /**
   * The same bid by binary search, for high bids. Where V is almost level, rounding may decide
   * otherwise than in the walk.
   */
  public int search(int auctions, int left, double clickRate) {
    int bid = 0;
    int above = Math.min(left, values.maxBid()) + 1;
    while (above - bid > 1) {
      int middle = (bid + above) >>> 1;
      if (worthwhile(auctions, left, clickRate, middle)) {
        bid = middle;
      } else {
        above = middle;
      }
    }
    return bid;
  }

  /** The bid of SS-MDP, which takes every request for an average one. */
  public int stateOnly(int auctions, int left) {
    return bid(auctions, left, objective.meanClickRate());
  }

  private boolean worthwhile(int auctions, int left, double clickRate, int price) {
    double kept = values.value(auctions - 1, left - price) - values.value(auctions - 1, left);
    return objective.clickWeight() * clickRate
            + objective.discount() * kept
            - objective.costWeight() * price
        >= 0;
  }
}
