package io.dualbid.core.rlb;

import java.util.Arrays;

/**
 * The backward recursion of RLB, one stage at a time: V(n, b) is the expected worth of n auctions
 * with a budget of b,
 *
 * <pre>
 *   V(0, b) = V(n, 0) = 0
 *   V(n, b) = γ·V(n-1, b) + Σ_{d=0..a} m(d)·G(d)
 *   G(d)    = v1·θ_avg + γ·(V(n-1, b-d) - V(n-1, b)) - v0·d
 * </pre>
 *
 * <p>where a is the largest d ≤ min(b, highest bid) up to which every G is at least 0. Since V does
 * not fall in b, neither does b - a(b), and one downward pass finds a for all budgets. Sums run in
 * the order of d.
 *
 * <p>Early stop: no budget is worth more than an endless one, Vmax(n). Once V(n, b) is within a
 * small distance of it, all larger budgets take it; the row has its plateau there.
 *
 * <p>A stage costs O(B · highest bid) before the plateau and O(B) beyond; three rows of memory. Not
 * thread safe.
 *
 * @see "Cai, Ren, Zhang et al.: Real-Time Bidding by Reinforcement Learning in Display Advertising,
 *     WSDM 2017, and the code published with it"
 */
final class ValueRecursion {
  /** Distance to Vmax at which a row ends, as published. */
  static final double STOP_WITHIN = 1e-10;

  private final double[] market;
  private final Objective objective;
  private final double stopWithin;
  private final double endlessGain;
  private final int[] reach;
  private double[] row;
  private double[] next;
  private int plateau;
  private double endless;

  /** At V(0, ·); rows reach to {@code budget}. */
  ValueRecursion(
      PriceDistribution market, Objective objective, int budget, int maxBid, double stopWithin) {
    if (budget < 0 || maxBid < 0) {
      throw new IllegalArgumentException(
          "need budget and highest bid >= 0: " + budget + ", " + maxBid);
    }
    this.market = market.upTo(maxBid);
    this.objective = objective;
    this.stopWithin = stopWithin;
    this.endlessGain = endlessGain();
    this.reach = new int[budget + 1];
    this.row = new double[budget + 1];
    this.next = new double[budget + 1];
  }

  /** What one auction earns when money has no end. */
  private double endlessGain() {
    double gain = objective.meanGain();
    int highest = market.length - 1;
    if (objective.costWeight() > 0) {
      highest = Math.min(highest, (int) (gain / objective.costWeight()));
    }
    double sum = 0;
    for (int d = 0; d <= highest; d++) {
      sum += market[d] * (gain - objective.costWeight() * d);
    }
    return sum;
  }

  /** V(n, ·); owned by the recursion, valid until the next {@link #advance}. */
  double[] row() {
    return row;
  }

  /** The least budget from which on the row is level. */
  int plateau() {
    return plateau;
  }

  /** From V(n, ·) to V(n+1, ·). */
  void advance() {
    findReach();
    endless = objective.discount() * endless + endlessGain;
    plateau = row.length - 1;
    next[0] = 0;
    for (int b = 1; b < row.length; b++) {
      next[b] = worth(b);
      if (Math.abs(next[b] - endless) < stopWithin && b + 1 < row.length) {
        plateau = b + 1;
        Arrays.fill(next, plateau, next.length, endless);
        break;
      }
    }
    double[] spare = row;
    row = next;
    next = spare;
  }

  /** The largest worthwhile price of each budget. */
  private void findReach() {
    double gain = objective.meanGain();
    int below = row.length - 2;
    for (int b = row.length - 1; b > 0; b--) {
      while (below >= 0
          && gain
                  + objective.discount() * (row[below] - row[b])
                  - objective.costWeight() * (b - below)
              >= 0) {
        below--;
      }
      reach[b] = Math.min(market.length - 1, b - below - 1);
    }
  }

  /** V(n+1, b). */
  private double worth(int b) {
    double gain = objective.meanGain();
    double discount = objective.discount();
    double costWeight = objective.costWeight();
    double here = row[b];
    double sum = discount * here;
    for (int d = 0; d <= reach[b]; d++) {
      sum += market[d] * (gain + discount * (row[b - d] - here) - costWeight * d);
    }
    return sum;
  }
}
