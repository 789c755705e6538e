package io.dualbid.simulator.matching;

import io.dualbid.core.matching.BudgetBalance;
import io.dualbid.core.matching.Discount;
import io.dualbid.core.matching.DualMirrorDescent;
import io.dualbid.core.matching.Greedy;
import io.dualbid.core.matching.KeyedPolicy;
import io.dualbid.core.matching.PerturbedGreedy;
import io.dualbid.core.matching.Ranking;
import io.dualbid.core.matching.StochasticBalance;
import java.util.Arrays;
import java.util.List;

/** The policies by name. */
public final class MatchingPolicies {
  /** All names. */
  public static final List<String> NAMES =
      List.of(
          "greedy",
          "stochastic-balance",
          "stochastic-balance/msvv",
          "stochastic-balance/exp",
          "stochastic-balance/balance",
          "ranking",
          "perturbed-greedy",
          "msvv",
          "dmd");

  private MatchingPolicies() {}

  /**
   * A fresh policy.
   *
   * @param name one of {@link #NAMES}
   * @param ranks of the vertices, for those that need them
   * @param capacities of the vertices
   * @param horizon number of arrivals
   * @param step of dual mirror descent, above 0
   * @throws IllegalArgumentException if there is none of this name
   */
  public static KeyedPolicy named(
      String name, double[] ranks, long[] capacities, int horizon, double step) {
    double[] steps = new double[capacities.length];
    Arrays.fill(steps, step);
    return named(name, ranks, capacities, horizon, steps);
  }

  /**
   * A fresh policy.
   *
   * @param steps of dual mirror descent, one for each vertex, above 0
   * @throws IllegalArgumentException if there is none of this name
   */
  public static KeyedPolicy named(
      String name, double[] ranks, long[] capacities, int horizon, double[] steps) {
    return switch (name) {
      case "greedy" -> new Greedy();
      case "stochastic-balance/msvv" -> new StochasticBalance(Discount.MSVV);
      case "stochastic-balance", "stochastic-balance/exp" -> new StochasticBalance(Discount.EXP);
      case "stochastic-balance/balance" -> new StochasticBalance(Discount.BALANCE);
      case "ranking" -> new Ranking(ranks);
      case "perturbed-greedy" -> new PerturbedGreedy(ranks);
      case "msvv" -> new BudgetBalance();
      case "dmd" -> new DualMirrorDescent(capacities, Math.max(1, horizon), steps);
      default ->
          throw new IllegalArgumentException(
              "found the policy '" + name + "'; accepted: " + String.join(", ", NAMES));
    };
  }
}
