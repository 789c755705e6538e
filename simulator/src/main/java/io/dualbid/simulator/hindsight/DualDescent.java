package io.dualbid.simulator.hindsight;

/**
 * Solves an {@link AllocationProblem} too large for {@link AllocationLp}, to within a gap: the
 * convex function {@link AllocationProblem#dualBound} of the prices is brought down, and each set
 * of prices is rounded to an allocation; the lowest bound and the best allocation hold the optimum
 * between them.
 *
 * <p>First by coordinates: the price of one row at a time is set, by bisection, to the least at
 * which the row is not consumed beyond its capacity. That goes most of the way, but the function
 * has edges, and at an edge no single price can move although several together could (two campaigns
 * that want the same alike). Whatever gap then remains is closed by {@link CuttingPlanes}.
 *
 * <p>One sweep costs some forty passes over the options of each row. Deterministic.
 */
public final class DualDescent {
  /** The gap at which to stop, as a share of the bound. */
  public static final double GAP = 0.001;

  private static final int SWEEPS = 30;
  private static final double BISECTION_WIDTH = 1e-10;

  private final AllocationProblem problem;
  private final RowIndex rows;
  private final double[] prices;
  private AllocationOptimum best;

  private DualDescent(AllocationProblem problem) {
    this.problem = problem;
    this.rows = new RowIndex(problem);
    this.prices = new double[problem.capacity.length];
    this.best = Rounding.of(problem, prices);
  }

  /**
   * The optimum to within {@link #GAP} of its bound, or as near as the limits of iterations allow;
   * the result tells its own gap.
   */
  public static AllocationOptimum solve(AllocationProblem problem) {
    return solve(problem, GAP);
  }

  static AllocationOptimum solve(AllocationProblem problem, double gap) {
    DualDescent descent = new DualDescent(problem);
    descent.byCoordinates(gap);
    if (descent.best.gap() <= gap) {
      return descent.best;
    }
    return CuttingPlanes.improve(problem, descent.best, gap);
  }

  private void byCoordinates(double gap) {
    for (int sweep = 0; sweep < SWEEPS && best.gap() > gap; sweep++) {
      double before = best.bound();
      for (int row = 0; row < prices.length; row++) {
        prices[row] = leastPrice(row);
      }
      best = better(best, Rounding.of(problem, prices));
      if (before - best.bound() < 0.1 * gap * before) {
        break;
      }
    }
  }

  /** The higher value with the lower bound; the prices are those of the bound. */
  static AllocationOptimum better(AllocationOptimum one, AllocationOptimum other) {
    AllocationOptimum bounds = other.bound() < one.bound() ? other : one;
    AllocationOptimum values = other.value() > one.value() ? other : one;
    return bounds == values ? bounds : values.withBound(bounds);
  }

  private double leastPrice(int row) {
    rows.prepare(row, prices);
    double capacity = problem.capacity[row];
    if (rows.consumption(0) <= capacity) {
      return 0;
    }
    double low = 0;
    double high = prices[row] > 0 ? prices[row] : rows.highestRatio();
    while (rows.consumption(high) > capacity) {
      low = high;
      high *= 2;
    }
    while (high - low > BISECTION_WIDTH * high) {
      double middle = 0.5 * (low + high);
      if (rows.consumption(middle) > capacity) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return high;
  }
}
