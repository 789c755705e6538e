package io.dualbid.core.rlb;

import java.util.Arrays;

/**
 * V(n, b) of {@link ValueRecursion} for n = 0 .. N-1 auctions left after this one and budgets b = 0
 * .. B: all that bids in the states n = 1 .. N need. Exact up to the early stop, which moves a
 * value by at most 1e-10 a stage.
 *
 * <p>Rows end where they become level, so a table needs at most 8·N·(B+1) bytes: 1000 × 31,509 are
 * 252 MB, 1000 × 1,970 are 16 MB. {@link MarginalTable} needs half. Solving costs O(N · B · highest
 * bid); immutable.
 *
 * @see "Cai, Ren, Zhang et al.: Real-Time Bidding by Reinforcement Learning in Display Advertising,
 *     WSDM 2017"
 */
public final class ValueTable {
  private final double[][] rows;
  private final Objective objective;
  private final int budget;
  private final int maxBid;

  private ValueTable(double[][] rows, Objective objective, int budget, int maxBid) {
    this.rows = rows;
    this.objective = objective;
    this.budget = budget;
    this.maxBid = maxBid;
  }

  /**
   * Solves the recursion.
   *
   * @param auctions N, the greatest number of auctions left, at least 1
   * @param budget B, the greatest budget, at least 0
   * @param maxBid highest bid, at least 0
   */
  public static ValueTable solve(
      PriceDistribution market, Objective objective, int auctions, int budget, int maxBid) {
    return solve(market, objective, auctions, budget, maxBid, ValueRecursion.STOP_WITHIN);
  }

  /** As above, stopping early within another distance; 0 for never. */
  static ValueTable solve(
      PriceDistribution market,
      Objective objective,
      int auctions,
      int budget,
      int maxBid,
      double stopWithin) {
    if (auctions < 1) {
      throw new IllegalArgumentException("need auctions >= 1: " + auctions);
    }
    ValueRecursion recursion = new ValueRecursion(market, objective, budget, maxBid, stopWithin);
    double[][] rows = new double[auctions][];
    for (int n = 0; n < auctions; n++) {
      if (n > 0) {
        recursion.advance();
      }
      rows[n] = Arrays.copyOf(recursion.row(), recursion.plateau() + 1);
    }
    return new ValueTable(rows, objective, budget, maxBid);
  }

  /**
   * V(n, b).
   *
   * @param auctions n, from 0 to {@link #auctions} - 1
   * @param left b, from 0 to {@link #budget}
   */
  public double value(int auctions, int left) {
    double[] row = rows[auctions];
    return row[Math.min(left, row.length - 1)];
  }

  /** N, the greatest number of auctions left that a bid can be asked for. */
  public int auctions() {
    return rows.length;
  }

  /** B, the greatest budget. */
  public int budget() {
    return budget;
  }

  /** The highest bid. */
  public int maxBid() {
    return maxBid;
  }

  /** What was maximised. */
  public Objective objective() {
    return objective;
  }

  /** Number of values held, 8 bytes each. */
  public long cells() {
    long cells = 0;
    for (double[] row : rows) {
      cells += row.length;
    }
    return cells;
  }
}
