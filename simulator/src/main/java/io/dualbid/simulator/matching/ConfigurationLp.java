package io.dualbid.simulator.matching;

import com.google.ortools.linearsolver.MPConstraint;
import com.google.ortools.linearsolver.MPObjective;
import com.google.ortools.linearsolver.MPSolver;
import com.google.ortools.linearsolver.MPVariable;
import io.dualbid.simulator.hindsight.AllocationLp;
import java.util.stream.IntStream;

/**
 * The configuration LP: a variable for "exactly these arrivals are assigned to this vertex", worth
 * {@code w_u · min(c_u, Σ p)}; a vertex uses at most one such set in total mass, an arrival lies in
 * at most mass 1 of them. Never above the matching LP. A bound for policies whose assignments don't
 * depend on their coins; one that adapts may have more, since its sets and its luck go together.
 *
 * <p>All sets are there, so it is for instances in which no vertex has more than {@value
 * #MOST_NEIGHBOURS} arrivals.
 *
 * @see "Huang, Zhang: Online Primal Dual Meets Online Matching with Stochastic Rewards, STOC 2020"
 */
public final class ConfigurationLp {
  /** The most arrivals that a vertex may have. */
  public static final int MOST_NEIGHBOURS = 15;

  private ConfigurationLp() {}

  /** Whether an instance is small enough. */
  public static boolean fits(MatchingInstance instance) {
    for (int u = 0; u < instance.vertices(); u++) {
      if (neighbours(instance, u).length > MOST_NEIGHBOURS) {
        return false;
      }
    }
    return true;
  }

  /** How many sets there are to choose from in all. */
  static double configurations(MatchingInstance instance) {
    double sum = 0;
    for (int u = 0; u < instance.vertices(); u++) {
      sum += Math.scalb(1.0, neighbours(instance, u).length);
    }
    return sum;
  }

  /**
   * The optimum.
   *
   * @throws IllegalArgumentException if a vertex has too many arrivals
   */
  public static double solve(MatchingInstance instance) {
    if (!fits(instance)) {
      throw new IllegalArgumentException(
          "a vertex may have " + MOST_NEIGHBOURS + " arrivals at most");
    }
    MPSolver solver = AllocationLp.solver();
    try {
      return solve(instance, solver);
    } finally {
      solver.delete();
    }
  }

  private static double solve(MatchingInstance instance, MPSolver solver) {
    double infinity = Double.POSITIVE_INFINITY;
    MPConstraint[] once = new MPConstraint[instance.arrivals()];
    for (int t = 0; t < once.length; t++) {
      once[t] = solver.makeConstraint(-infinity, 1);
    }
    MPObjective objective = solver.objective();
    objective.setMaximization();
    for (int u = 0; u < instance.vertices(); u++) {
      int[] arrivals = neighbours(instance, u);
      MPConstraint mass = solver.makeConstraint(-infinity, 1);
      for (int set = 1; set < 1 << arrivals.length; set++) {
        MPVariable variable = solver.makeNumVar(0, infinity, "");
        mass.setCoefficient(variable, 1);
        double sum = 0;
        for (int k = 0; k < arrivals.length; k++) {
          if ((set >> k & 1) == 1) {
            once[arrivals[k]].setCoefficient(variable, 1);
            sum += probability(instance, arrivals[k], u);
          }
        }
        objective.setCoefficient(
            variable, instance.weight(u) * Math.min((double) instance.capacity(u), sum));
      }
    }
    MPSolver.ResultStatus status = solver.solve();
    // Nothing is feasible and every variable is bounded by its row, so an optimum exists.
    if (status != MPSolver.ResultStatus.OPTIMAL) {
      throw new IllegalStateException("the configuration LP ended as " + status);
    }
    return objective.value();
  }

  private static int[] neighbours(MatchingInstance instance, int vertex) {
    return IntStream.range(0, instance.arrivals())
        .filter(t -> probability(instance, t, vertex) > 0)
        .toArray();
  }

  private static double probability(MatchingInstance instance, int arrival, int vertex) {
    for (int e = instance.firstEdge(arrival); e < instance.firstEdge(arrival + 1); e++) {
      if (instance.vertex(e) == vertex) {
        return instance.probability(e);
      }
    }
    return 0;
  }
}
