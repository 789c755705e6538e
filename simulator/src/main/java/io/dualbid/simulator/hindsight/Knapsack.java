package io.dualbid.simulator.hindsight;

import java.util.Arrays;

/**
 * The best that one campaign could have done with one budget, knowing all its auctions: the
 * fractional knapsack
 *
 * <pre>  max Σ gain·x   subject to   Σ cost·x ≤ budget,  0 ≤ x ≤ 1</pre>
 *
 * <p>solved exactly by taking auctions in falling order of gain per cost until the budget is met,
 * the last one in part. Its dual price μ* is the ratio of that one; 0 where the budget reaches for
 * all. Equal to the LP. Auctions without gain are left out; free ones come first; ties go by index.
 * O(n log n).
 */
public final class Knapsack {
  private final double[] taken;
  private final double value;
  private final double spend;
  private final double price;

  private Knapsack(double[] taken, double value, double spend, double price) {
    this.taken = taken;
    this.value = value;
    this.spend = spend;
    this.price = price;
  }

  /**
   * Solves one instance.
   *
   * @param gain gain of each auction; those of 0 or less are never taken
   * @param cost cost of each, at least 0, in the unit of the budget
   * @param budget at least 0
   */
  public static Knapsack solve(double[] gain, double[] cost, double budget) {
    if (gain.length != cost.length) {
      throw new IllegalArgumentException(
          "as many gains as costs: " + gain.length + ", " + cost.length);
    }
    Integer[] order = new Integer[gain.length];
    Arrays.setAll(order, i -> i);
    Arrays.sort(order, (a, b) -> Double.compare(ratio(gain, cost, b), ratio(gain, cost, a)));
    double[] taken = new double[gain.length];
    double value = 0;
    double left = budget;
    double price = 0;
    for (int i : order) {
      if (!(gain[i] > 0)) {
        break;
      }
      if (cost[i] <= left) {
        taken[i] = 1;
        value += gain[i];
        left -= cost[i];
      } else {
        taken[i] = left / cost[i];
        value += gain[i] * taken[i];
        left = 0;
        price = gain[i] / cost[i];
        break;
      }
    }
    return new Knapsack(taken, value, budget - left, price);
  }

  /** Gain per cost; auctions without gain last, free ones first. */
  private static double ratio(double[] gain, double[] cost, int i) {
    if (!(gain[i] > 0)) {
      return -1;
    }
    return cost[i] > 0 ? gain[i] / cost[i] : Double.POSITIVE_INFINITY;
  }

  /** The greatest gain. */
  public double value() {
    return value;
  }

  /** What it costs. */
  public double spend() {
    return spend;
  }

  /** The shadow price of the budget, μ*. */
  public double shadowPrice() {
    return price;
  }

  /** The share taken of auction {@code i}. */
  public double taken(int i) {
    return taken[i];
  }
}
