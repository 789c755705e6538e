package io.dualbid.simulator.hindsight;

import io.dualbid.simulator.hindsight.Knapsack.Binding;

/**
 * The optimum of a {@link Knapsack}, without the shares of its auctions.
 *
 * @param value the greatest gain
 * @param spend what it costs
 * @param binding which constraint keeps it from more
 * @param marginalRatio worth per cost of the auction at which it ends; 0 where nothing binds
 * @param tieShare see {@link Knapsack#tieShare}
 */
public record KnapsackOptimum(
    double value, double spend, Binding binding, double marginalRatio, double tieShare) {
  /** Auctions up to this number are sorted in memory, with some 60 bytes each. */
  static final long MOST_SORTED = 1L << 20;

  /**
   * The optimum, by whichever way fits into memory.
   *
   * @param auctions gains and costs
   * @param target least value per unit of spend; 0 for none
   * @param budget at least 0; infinity for none
   */
  public static KnapsackOptimum of(AuctionPasses auctions, double target, double budget) {
    if (auctions.rows() > MOST_SORTED) {
      return ThresholdKnapsack.solve(auctions, target, budget);
    }
    int rows = (int) auctions.rows();
    double[] value = new double[rows];
    double[] price = new double[rows];
    AuctionPasses.Pass pass = auctions.pass();
    for (int i = 0; pass.next(); i++) {
      value[i] = pass.value();
      price[i] = pass.price();
    }
    Knapsack solved =
        target > 0
            ? Knapsack.solve(value, price, target, budget)
            : Knapsack.solve(value, price, budget);
    return solved.optimum();
  }

  /** The shadow price of the budget, μ*: worth per unit of money. */
  public double shadowPrice() {
    return binding == Binding.BUDGET ? marginalRatio : 0;
  }

  /** The shadow price of the return on spend, λ*: worth per unit of slack. */
  public double returnPrice() {
    return binding == Binding.ROS ? marginalRatio / (1 - marginalRatio) : 0;
  }

  /** See {@link Knapsack#multiplier}. */
  public double multiplier() {
    return 1 / marginalRatio;
  }
}
