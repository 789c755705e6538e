package io.dualbid.core.rlb;

/**
 * What one more unit of money is worth: D(n, b) = V(n, b+1) - V(n, b) for n = 0 .. N-1 and b = 0 ..
 * B-1, in single precision. V grows with n and only its differences decide a bid, so half the
 * memory of {@link ValueTable} keeps seven digits of what matters. Differences below 1e-12 count as
 * 0, and a row ends where all that follow are 0.
 *
 * <p>At most 4·N·B bytes: 1000 × 31,508 are 126 MB. Solving costs O(N · B · highest bid) and keeps
 * three rows of doubles; immutable.
 *
 * @see "Cai, Ren, Zhang et al.: Real-Time Bidding by Reinforcement Learning in Display Advertising,
 *     WSDM 2017, and the code published with it"
 */
public final class MarginalTable {
  private static final double NOTHING = 1e-12;

  private final float[][] rows;
  private final Objective objective;
  private final int budget;
  private final int maxBid;

  private MarginalTable(float[][] rows, Objective objective, int budget, int maxBid) {
    this.rows = rows;
    this.objective = objective;
    this.budget = budget;
    this.maxBid = maxBid;
  }

  /**
   * Solves the recursion.
   *
   * @param auctions N, the greatest number of auctions left, at least 1
   * @param budget B, the greatest budget, at least 1
   * @param maxBid highest bid, at least 0
   */
  public static MarginalTable solve(
      PriceDistribution market, Objective objective, int auctions, int budget, int maxBid) {
    if (auctions < 1 || budget < 1) {
      throw new IllegalArgumentException(
          "need auctions and budget >= 1: " + auctions + ", " + budget);
    }
    ValueRecursion recursion =
        new ValueRecursion(market, objective, budget, maxBid, ValueRecursion.STOP_WITHIN);
    float[][] rows = new float[auctions][];
    for (int n = 0; n < auctions; n++) {
      if (n > 0) {
        recursion.advance();
      }
      rows[n] = differences(recursion.row(), recursion.plateau());
    }
    return new MarginalTable(rows, objective, budget, maxBid);
  }

  private static float[] differences(double[] values, int plateau) {
    int end = plateau;
    while (end > 0 && values[end] - values[end - 1] < NOTHING) {
      end--;
    }
    float[] row = new float[end];
    for (int b = 0; b < end; b++) {
      double difference = values[b + 1] - values[b];
      row[b] = difference < NOTHING ? 0 : (float) difference;
    }
    return row;
  }

  /**
   * D(n, b).
   *
   * @param auctions n, from 0 to {@link #auctions} - 1
   * @param left b, at least 0; beyond the table a further unit is worth what the last was, which is
   *     nothing where the row is level before
   */
  public double marginal(int auctions, int left) {
    float[] row = rows[auctions];
    int b = Math.min(left, budget - 1);
    return b < row.length ? row[b] : 0;
  }

  /**
   * D(n, b) between whole budgets, on the line through the two around it.
   *
   * @param left b, at least 0
   */
  public double interpolated(int auctions, double left) {
    double within = Math.min(left, budget);
    int below = (int) within;
    double part = within - below;
    double here = marginal(auctions, below);
    return part > 0 ? here + part * (marginal(auctions, below + 1) - here) : here;
  }

  /** Whether a row is level before the table ends, so that it holds for any budget. */
  public boolean holdsForAnyBudget(int auctions) {
    return rows[auctions].length < budget;
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

  /** Number of differences held, 4 bytes each. */
  public long cells() {
    long cells = 0;
    for (float[] row : rows) {
      cells += row.length;
    }
    return cells;
  }
}
