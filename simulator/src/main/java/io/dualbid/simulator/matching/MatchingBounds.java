package io.dualbid.simulator.matching;

import io.dualbid.simulator.hindsight.AllocationLp;
import io.dualbid.simulator.hindsight.AllocationOptimum;
import io.dualbid.simulator.hindsight.AllocationProblem;
import io.dualbid.simulator.hindsight.DualDescent;
import java.util.Arrays;
import java.util.function.IntToDoubleFunction;

/**
 * The matching LP: what fractions of the arrivals, each consuming as it is expected to, bring at
 * most,
 *
 * <pre>
 *   max Σ w_u·p_ut·x_ut   subject to   Σ_t p_ut·x_ut ≤ c_u,   Σ_u x_ut ≤ 1,   x ≥ 0
 * </pre>
 *
 * <p>No policy that doesn't know the coins has more in expectation. It is generous: with one vertex
 * and many unlikely arrivals it is 1, while nobody can have more than 1 - 1/e.
 */
public final class MatchingBounds {
  private MatchingBounds() {}

  /**
   * The optimum with its dual prices, one for each vertex; beyond {@link AllocationLp#MOST_OPTIONS}
   * edges nearly, with a {@linkplain AllocationOptimum#bound bound} that holds all the same.
   *
   * <p>Prices are for what the largest amount of a vertex is, which is 1 where successes count.
   */
  public static AllocationOptimum matchingLp(MatchingInstance instance) {
    return solve(instance, instance::probability);
  }

  /**
   * The same for whoever knows the coins: what fractions of the arrivals that will succeed bring.
   * No policy has more on these coins.
   */
  public static AllocationOptimum offline(MatchingInstance instance, Coins coins) {
    int[] arrival = new int[instance.edges()];
    for (int t = 0; t < instance.arrivals(); t++) {
      Arrays.fill(arrival, instance.firstEdge(t), instance.firstEdge(t + 1), t);
    }
    return solve(instance, e -> coins.succeeds(arrival[e], instance.probability(e)) ? 1 : 0);
  }

  private static AllocationOptimum solve(MatchingInstance instance, IntToDoubleFunction share) {
    double[] unit = new double[instance.vertices()];
    double[] most = new double[instance.vertices()];
    for (int e = 0; e < instance.edges(); e++) {
      int u = instance.vertex(e);
      unit[u] = Math.max(unit[u], (double) instance.amount(e));
      most[u] += (double) instance.amount(e);
    }
    AllocationProblem.Builder builder = new AllocationProblem.Builder();
    for (int u = 0; u < instance.vertices(); u++) {
      // Money is in nanos and some have no limit: numbers that no simplex likes.
      double capacity = Math.min((double) instance.capacity(u), Math.max(1, most[u]));
      builder.row(Integer.toString(u), capacity / Math.max(1, unit[u]));
    }
    for (int t = 0; t < instance.arrivals(); t++) {
      builder.arrival();
      for (int e = instance.firstEdge(t); e < instance.firstEdge(t + 1); e++) {
        double part = share.applyAsDouble(e);
        if (part > 0) {
          int u = instance.vertex(e);
          builder.option(instance.reward(e) * part);
          builder.takes(u, (double) instance.amount(e) / unit[u] * part);
        }
      }
    }
    AllocationProblem problem = builder.build();
    return problem.options() <= AllocationLp.MOST_OPTIONS
        ? AllocationLp.solve(problem)
        : DualDescent.solve(problem);
  }
}
