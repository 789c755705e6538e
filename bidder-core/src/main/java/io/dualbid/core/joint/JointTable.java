package io.dualbid.core.joint;

import java.util.Arrays;

/**
 * The most expected clicks V(n, b) from n auctions with a budget b, where click rates θ and prices
 * p are drawn together and θ is seen before the bid:
 *
 * <pre>
 *   V(0, b) = 0
 *   V(n, b) = V(n-1, b) + E[ (θ - (V(n-1, b) - V(n-1, b-p)))+ ; p ≤ b ]
 * </pre>
 *
 * <p>In a second-price auction a bid wins just those prices at which winning is worth it, so
 * nothing is lost by not knowing p (V does not fall in b). With all θ alike it is the recursion of
 * RLB.
 *
 * <p>Exact on budgets that are multiples of {@code step} and prices drawn to multiples of it with
 * the same mean: coarser steps cost less and add the variance of that draw, at most step²/4 a win.
 * O(N · B/step · highest price/step), less where money is worth more than any click; 8·N·B/step
 * bytes. Immutable.
 *
 * @see "Bellman: Dynamic Programming, 1957; the protocol and the case of one click rate: Cai, Ren,
 *     Zhang et al., Real-Time Bidding by Reinforcement Learning in Display Advertising, WSDM 2017"
 */
public final class JointTable {
  private static final double STOP_WITHIN = 1e-10;

  private final double[][] rows;
  private final double step;
  private final int maxBid;

  private JointTable(double[][] rows, double step, int maxBid) {
    this.rows = rows;
    this.step = step;
    this.maxBid = maxBid;
  }

  /**
   * Solves the recursion.
   *
   * @param market rates and prices of the auctions to come; its highest price is the highest bid
   * @param auctions N, the greatest number of auctions left, at least 1
   * @param budget B, the greatest budget, at least 0; more counts as B
   * @param step distance of budgets, at least 1
   */
  public static JointTable solve(JointDistribution market, int auctions, int budget, double step) {
    if (auctions < 1 || budget < 0) {
      throw new IllegalArgumentException(
          "need auctions >= 1 and budget >= 0: " + auctions + ", " + budget);
    }
    SurplusTable surplus = new SurplusTable(market, step);
    double[][] rows = new double[auctions][];
    rows[0] = new double[(int) Math.ceil(budget / step) + 1];
    for (int n = 1; n < auctions; n++) {
      rows[n] = next(rows[n - 1], n * surplus.meanRate(), surplus);
    }
    return new JointTable(rows, step, market.highestPrice());
  }

  private static double[] next(double[] row, double endless, SurplusTable surplus) {
    double[] next = new double[row.length];
    for (int b = 0; b < row.length; b++) {
      double sum = row[b] + surplus.surplus(row, b);
      next[b] = sum;
      if (endless - sum < STOP_WITHIN) {
        Arrays.fill(next, b, next.length, sum);
        break;
      }
    }
    return next;
  }

  /**
   * V(n, b), on the line between the two budgets around b.
   *
   * @param auctions n, from 0 to {@link #auctions} - 1
   * @param left b, at least 0
   */
  public double value(int auctions, double left) {
    double[] row = rows[auctions];
    double at = left / step;
    int below = (int) at;
    if (below >= row.length - 1) {
      return row[row.length - 1];
    }
    return row[below] + (at - below) * (row[below + 1] - row[below]);
  }

  /** N, the greatest number of auctions left that a bid can be asked for. */
  public int auctions() {
    return rows.length;
  }

  /** Distance of two budgets. */
  public double step() {
    return step;
  }

  /** The highest bid. */
  public int maxBid() {
    return maxBid;
  }
}
