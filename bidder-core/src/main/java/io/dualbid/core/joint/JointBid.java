package io.dualbid.core.joint;

/**
 * Bids by a {@link JointTable}: with n auctions and a budget b left, the largest d ≤ min(b, highest
 * bid) with {@code θ ≥ V(n-1, b) - V(n-1, b-d)}.
 *
 * <p>Optimal where auctions are drawn from the distribution of the table, up to its step; in any
 * case {@code bid ≤ b}, and a higher θ never bids less. With more auctions left than the table has
 * (N) it bids as in the state (N, b·N/n). O(log highest bid), no allocation; immutable.
 *
 * @see "Cai, Ren, Zhang et al.: Real-Time Bidding by Reinforcement Learning in Display Advertising,
 *     WSDM 2017 (MapA, for long horizons)"
 */
public final class JointBid {
  private final JointTable values;

  /** Bids by {@code values}. */
  public JointBid(JointTable values) {
    this.values = values;
  }

  /**
   * The bid in whole units.
   *
   * @param auctions n, auctions left with this one, at least 1
   * @param left b, what is left of the budget, at least 0
   * @param clickRate θ of the request
   */
  public int bid(int auctions, int left, double clickRate) {
    int table = values.auctions();
    double scale = auctions > table ? (double) table / auctions : 1;
    int row = Math.min(auctions, table) - 1;
    double kept = values.value(row, left * scale);
    int bid = 0;
    int above = Math.min(left, values.maxBid()) + 1;
    while (above - bid > 1) {
      int middle = (bid + above) >>> 1;
      double spent = kept - values.value(row, Math.max(0, left * scale - middle));
      if (clickRate >= spent) {
        bid = middle;
      } else {
        above = middle;
      }
    }
    return bid;
  }
}
