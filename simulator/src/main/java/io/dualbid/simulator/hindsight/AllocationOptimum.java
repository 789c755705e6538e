package io.dualbid.simulator.hindsight;

/** The optimum of an {@link AllocationProblem}, or how closely it is known. */
public final class AllocationOptimum {
  private final double value;
  private final double bound;
  private final double[] prices;
  private final double[] consumption;

  /** The arrays become the optimum's own. */
  AllocationOptimum(double value, double bound, double[] prices, double[] consumption) {
    this.value = value;
    this.bound = bound;
    this.prices = prices;
    this.consumption = consumption;
  }

  /** This allocation with the bound and prices of another optimum of the same problem. */
  AllocationOptimum withBound(AllocationOptimum other) {
    return new AllocationOptimum(value, other.bound, other.prices, consumption);
  }

  /** What an allocation that keeps every capacity brings. */
  public double value() {
    return value;
  }

  /** What none can exceed: the dual bound at the prices. */
  public double bound() {
    return bound;
  }

  /** How far value and bound are apart, as a share of the bound. */
  public double gap() {
    return bound > 0 ? Math.max(0, bound - value) / bound : 0;
  }

  /** The shadow price of a row. */
  public double price(int row) {
    return prices[row];
  }

  /** The shadow prices of all rows; a copy. */
  public double[] prices() {
    return prices.clone();
  }

  /** What the allocation takes of a row. */
  public double consumption(int row) {
    return consumption[row];
  }
}
