package io.dualbid.simulator.matching;

import io.dualbid.simulator.hindsight.AllocationLp;
import io.dualbid.simulator.hindsight.AllocationOptimum;
import io.dualbid.simulator.hindsight.AllocationProblem;
import io.dualbid.simulator.hindsight.DualDescent;

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
   */
  public static AllocationOptimum matchingLp(MatchingInstance instance) {
    AllocationProblem.Builder builder = new AllocationProblem.Builder();
    for (int u = 0; u < instance.vertices(); u++) {
      builder.row(Integer.toString(u), (double) instance.capacity(u));
    }
    for (int t = 0; t < instance.arrivals(); t++) {
      builder.arrival();
      for (int e = instance.firstEdge(t); e < instance.firstEdge(t + 1); e++) {
        int u = instance.vertex(e);
        builder.option(instance.weight(u) * instance.probability(e));
        builder.takes(u, instance.probability(e));
      }
    }
    AllocationProblem problem = builder.build();
    return problem.options() <= AllocationLp.MOST_OPTIONS
        ? AllocationLp.solve(problem)
        : DualDescent.solve(problem);
  }
}
