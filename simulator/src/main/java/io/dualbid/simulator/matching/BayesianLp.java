package io.dualbid.simulator.matching;

import com.google.ortools.linearsolver.MPConstraint;
import com.google.ortools.linearsolver.MPObjective;
import com.google.ortools.linearsolver.MPSolver;
import com.google.ortools.linearsolver.MPVariable;
import io.dualbid.core.matching.BayesianInstance;
import io.dualbid.simulator.hindsight.Glop;
import java.util.Arrays;

/**
 * Linear programs above Bayesian matching. With {@code Σ_i x_itj ≤ p_tj} in both,
 *
 * <pre>
 *   online    x_itj ≤ p_tj (1 - y_it),  y_it = Σ over s &lt; t of x_isj     bounds online policies
 *   offline   Σ_tj x_itj ≤ 1                                             bounds who knows all draws
 * </pre>
 *
 * <p>so {@code online optimum ≤ online ≤ offline}. Solved by the simplex method of OR-Tools (GLOP,
 * tolerance about 10⁻⁷). Optima need not be unique; values are.
 *
 * @param value the optimum
 * @param x one number for each edge of the instance, at least 0
 * @see "Papadimitriou, Pollner, Saberi, Wajc: Online Stochastic Max-Weight Bipartite Matching:
 *     Beyond Prophet Inequalities, EC 2021"
 */
@SuppressWarnings("ArrayRecordComponent")
public record BayesianLp(double value, double[] x) {
  private static final double INFINITY = Double.POSITIVE_INFINITY;

  /** Solves the program with the online constraint. */
  public static BayesianLp online(BayesianInstance instance) {
    return online(instance, once(instance));
  }

  /**
   * Solves the program with the online constraint for nodes that can be used several times: {@code
   * x_itj ≤ p_tj (c_i - y_it)}, the sum of the rows of their copies.
   *
   * @param capacity how often each node can be used
   */
  public static BayesianLp online(BayesianInstance instance, int[] capacity) {
    return solve(instance, capacity, true);
  }

  /** Solves the program without it. */
  public static BayesianLp offline(BayesianInstance instance) {
    return offline(instance, once(instance));
  }

  /** Solves the program without it, {@code Σ_tj x_itj ≤ c_i}. */
  public static BayesianLp offline(BayesianInstance instance, int[] capacity) {
    return solve(instance, capacity, false);
  }

  private static int[] once(BayesianInstance instance) {
    int[] ones = new int[instance.nodes()];
    Arrays.fill(ones, 1);
    return ones;
  }

  private static BayesianLp solve(BayesianInstance instance, int[] capacity, boolean online) {
    try (Glop program = Glop.create()) {
      MPVariable[] x =
          online
              ? withFreedom(instance, capacity, program.program())
              : withCapacity(instance, capacity, program.program());
      MPObjective objective = program.program().objective();
      objective.setMaximization();
      // Matching nobody is feasible and probabilities bound everything, so an optimum exists.
      program.solveOrThrow();
      double[] solution = new double[x.length];
      for (int e = 0; e < x.length; e++) {
        solution[e] = Math.max(0, x[e].solutionValue());
      }
      return new BayesianLp(objective.value(), solution);
    }
  }

  private static MPVariable[] withCapacity(
      BayesianInstance instance, int[] capacity, MPSolver solver) {
    MPConstraint[] once = new MPConstraint[instance.nodes()];
    for (int i = 0; i < once.length; i++) {
      once[i] = solver.makeConstraint(-INFINITY, capacity[i]);
    }
    MPVariable[] x = new MPVariable[instance.edges()];
    for (int type = 0; type < instance.types(); type++) {
      type(instance, type, solver, x);
      for (int e = instance.firstEdge(type); e < instance.firstEdge(type + 1); e++) {
        once[instance.node(e)].setCoefficient(x[e], 1);
      }
    }
    return x;
  }

  private static MPVariable[] withFreedom(
      BayesianInstance instance, int[] capacity, MPSolver solver) {
    // How free a node still is, as a variable of its own, keeps the rows sparse.
    MPVariable[] free = new MPVariable[instance.nodes()];
    for (int i = 0; i < free.length; i++) {
      free[i] = solver.makeNumVar(capacity[i], capacity[i], "");
    }
    MPVariable[] x = new MPVariable[instance.edges()];
    for (int t = 0; t < instance.rounds(); t++) {
      MPConstraint[] passes = new MPConstraint[free.length];
      MPVariable[] next = free.clone();
      for (int type = instance.firstType(t); type < instance.firstType(t + 1); type++) {
        type(instance, type, solver, x);
        for (int e = instance.firstEdge(type); e < instance.firstEdge(type + 1); e++) {
          int i = instance.node(e);
          MPConstraint bound = solver.makeConstraint(-INFINITY, 0);
          bound.setCoefficient(x[e], 1);
          bound.setCoefficient(free[i], -instance.probability(type));
          if (passes[i] == null) {
            passes[i] = solver.makeConstraint(0, 0);
            next[i] = solver.makeNumVar(0, capacity[i], "");
            passes[i].setCoefficient(free[i], 1);
            passes[i].setCoefficient(next[i], -1);
          }
          passes[i].setCoefficient(x[e], -1);
        }
      }
      free = next;
    }
    return x;
  }

  private static void type(BayesianInstance instance, int type, MPSolver solver, MPVariable[] x) {
    MPConstraint comes = solver.makeConstraint(-INFINITY, instance.probability(type));
    for (int e = instance.firstEdge(type); e < instance.firstEdge(type + 1); e++) {
      x[e] = solver.makeNumVar(0, INFINITY, "");
      comes.setCoefficient(x[e], 1);
      solver.objective().setCoefficient(x[e], instance.weight(e));
    }
  }
}
