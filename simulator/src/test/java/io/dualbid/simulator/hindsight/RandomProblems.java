package io.dualbid.simulator.hindsight;

import java.util.SplittableRandom;

/** Random instances for properties, each a function of its seed. */
final class RandomProblems {
  private RandomProblems() {}

  /** Uniform values, some 0; coarse ones have many ties. */
  static double[] column(SplittableRandom random, int n, boolean coarse) {
    double[] column = new double[n];
    for (int i = 0; i < n; i++) {
      column[i] =
          random.nextInt(8) == 0 ? 0 : coarse ? (1 + random.nextInt(4)) / 4.0 : random.nextDouble();
    }
    return column;
  }

  /** One campaign as an allocation problem: row 0 the budget, row 1 the return, where wanted. */
  static AllocationProblem oneCampaign(
      double[] gain, double[] worth, double[] cost, double budget, boolean budgeted, boolean ros) {
    AllocationProblem.Builder builder = new AllocationProblem.Builder();
    if (budgeted) {
      builder.row("budget", budget);
    }
    if (ros) {
      builder.row("ros", 0);
    }
    for (int i = 0; i < gain.length; i++) {
      builder.arrival().option(gain[i]);
      if (budgeted) {
        builder.takes(0, cost[i]);
      }
      if (ros) {
        builder.takes(budgeted ? 1 : 0, cost[i] - worth[i]);
      }
    }
    return builder.build();
  }

  /**
   * Several campaigns, each with a budget and, now and then, a second resource and a return on
   * spend; an arrival has options of some of them. Coarse numbers make ties, twins make campaigns
   * that want the same.
   */
  static AllocationProblem several(
      SplittableRandom random, int arrivals, int campaigns, boolean coarse, boolean twins) {
    AllocationProblem.Builder builder = new AllocationProblem.Builder();
    boolean[] stocked = new boolean[campaigns];
    boolean[] returning = new boolean[campaigns];
    int[] budgetRow = new int[campaigns];
    double share = 0.05 + 0.4 * random.nextDouble();
    for (int k = 0; k < campaigns; k++) {
      budgetRow[k] =
          builder.row(k + ".budget", share * arrivals / campaigns * (0.2 + random.nextDouble()));
      stocked[k] = random.nextInt(3) == 0;
      returning[k] = random.nextInt(3) == 0;
      if (stocked[k]) {
        builder.row(k + ".stock", 0.3 * arrivals / campaigns * random.nextDouble());
      }
      if (returning[k]) {
        builder.row(k + ".ros", 0);
      }
    }
    for (int t = 0; t < arrivals; t++) {
      builder.arrival();
      double price = level(random, coarse);
      double quality = level(random, coarse);
      for (int k = 0; k < campaigns; k++) {
        double cost = twins ? price : level(random, coarse);
        double reward = twins ? quality : level(random, coarse);
        if (!twins && random.nextInt(4) == 0) {
          continue;
        }
        builder.option(reward).takes(budgetRow[k], cost);
        if (stocked[k]) {
          builder.takes(budgetRow[k] + 1, level(random, coarse));
        }
        if (returning[k]) {
          builder.takes(budgetRow[k] + (stocked[k] ? 2 : 1), cost - 0.8 * reward);
        }
      }
    }
    return builder.build();
  }

  private static double level(SplittableRandom random, boolean coarse) {
    return coarse ? (1 + random.nextInt(5)) / 5.0 : 0.01 + random.nextDouble();
  }
}
