package io.dualbid.simulator.hindsight;

import com.google.ortools.linearsolver.MPConstraint;
import com.google.ortools.linearsolver.MPObjective;
import com.google.ortools.linearsolver.MPSolver;
import com.google.ortools.linearsolver.MPVariable;

/**
 * Solves an {@link AllocationProblem} as the linear program that it is, exactly, by the simplex
 * method of OR-Tools (GLOP, tolerance about 10⁻⁷). The optimum may be had by several allocations
 * and, where it is degenerate, at several prices; value and bound are the same for all.
 *
 * <p>One variable for each option and one row for each capacity and for each arrival with more than
 * one option. Time grows faster than the size: {@value #MOST_OPTIONS} options are what is sensible;
 * beyond them {@link DualDescent}.
 */
public final class AllocationLp {
  /** Problems with more options than this are for {@link DualDescent}. */
  public static final int MOST_OPTIONS = 50_000;

  private static final double INFINITY = Double.POSITIVE_INFINITY;

  private AllocationLp() {}

  /**
   * The optimum. Where the simplex method does not end ({@link Glop}), the optimum to within {@link
   * DualDescent#GAP}, as {@link AllocationOptimum#gap} says.
   */
  public static AllocationOptimum solve(AllocationProblem problem) {
    try (Glop program = Glop.create()) {
      return solve(problem, program);
    }
  }

  private static AllocationOptimum solve(AllocationProblem problem, Glop program) {
    MPSolver solver = program.program();
    MPConstraint[] capacities = new MPConstraint[problem.capacity.length];
    for (int j = 0; j < capacities.length; j++) {
      capacities[j] = solver.makeConstraint(-INFINITY, problem.capacity[j]);
    }
    MPObjective objective = solver.objective();
    objective.setMaximization();
    MPVariable[] shares = new MPVariable[problem.options()];
    for (int a = 0; a < problem.arrivals(); a++) {
      int from = problem.firstOption[a];
      int to = problem.firstOption[a + 1];
      // One option alone is bounded by its variable; a row for it would only cost time.
      MPConstraint once = to - from > 1 ? solver.makeConstraint(-INFINITY, 1) : null;
      for (int o = from; o < to; o++) {
        MPVariable share = solver.makeNumVar(0, 1, "");
        shares[o] = share;
        objective.setCoefficient(share, problem.reward[o]);
        if (once != null) {
          once.setCoefficient(share, 1);
        }
        for (int e = problem.firstEntry[o]; e < problem.firstEntry[o + 1]; e++) {
          capacities[problem.row[e]].setCoefficient(share, problem.amount[e]);
        }
      }
    }
    // Taking nothing is feasible and nothing is taken more than once, so an optimum exists.
    if (!program.solve()) {
      return DualDescent.solve(problem);
    }
    double[] prices = new double[capacities.length];
    for (int j = 0; j < prices.length; j++) {
      prices[j] = Math.max(0, capacities[j].dualValue());
    }
    double[] consumption = new double[capacities.length];
    for (int o = 0; o < shares.length; o++) {
      double share = shares[o].solutionValue();
      for (int e = problem.firstEntry[o]; e < problem.firstEntry[o + 1]; e++) {
        consumption[problem.row[e]] += share * problem.amount[e];
      }
    }
    return new AllocationOptimum(objective.value(), problem.dualBound(prices), prices, consumption);
  }
}
