package io.dualbid.simulator.matching;

import com.google.ortools.linearsolver.MPConstraint;
import com.google.ortools.linearsolver.MPSolver;
import com.google.ortools.linearsolver.MPVariable;
import io.dualbid.simulator.hindsight.Glop;
import java.util.ArrayList;
import java.util.List;

/**
 * The configuration LP: a variable for "exactly these arrivals are assigned to this vertex", worth
 * {@code w_u · min(c_u, Σ p·b)} with b what a success uses; a vertex uses at most one such set in
 * total mass, an arrival lies in at most mass 1 of them. Never above the matching LP. A bound for
 * policies whose assignments don't depend on their coins; one that adapts may have more, since its
 * sets and its luck go together.
 *
 * <p>Sets are generated as they are needed: the program over those known gives each arrival a
 * price, and {@link BestConfiguration} finds each vertex the set that is worth most beyond its
 * price. What these sets are worth at most also bounds the optimum from above ({@code Σ prices + Σ
 * best}), so that a search that is cut short still gives a bound.
 *
 * @see "Huang, Zhang: Online Primal Dual Meets Online Matching with Stochastic Rewards, STOC 2020"
 */
public final class ConfigurationLp {
  /** The most edges. */
  public static final int MOST_EDGES = 600;

  private static final int MOST_STEPS = 400;
  private static final double TOLERANCE = 1e-9;
  private static final double INFINITY = Double.POSITIVE_INFINITY;

  private final List<BestConfiguration> searches = new ArrayList<>();
  private final Glop program;
  private final MPSolver solver;
  private final MPConstraint[] once;
  private final MPConstraint[] mass;

  private ConfigurationLp(MatchingInstance instance, Glop program) {
    this.program = program;
    this.solver = program.program();
    once = new MPConstraint[instance.arrivals()];
    for (int t = 0; t < once.length; t++) {
      once[t] = solver.makeConstraint(-INFINITY, 1);
    }
    mass = new MPConstraint[instance.vertices()];
    for (int u = 0; u < mass.length; u++) {
      mass[u] = solver.makeConstraint(-INFINITY, 1);
      searches.add(new BestConfiguration(instance, u));
    }
  }

  /**
   * Whether an instance is small enough, and a success brings its vertex's weight for each unit, as
   * the program wants it.
   */
  public static boolean fits(MatchingInstance instance) {
    return instance.edges() <= MOST_EDGES && instance.isByWeight();
  }

  /**
   * The optimum to within a billionth of itself; where that takes more than {@value #MOST_STEPS}
   * steps or a step does not end, the least bound that was found.
   *
   * @throws IllegalArgumentException if the instance doesn't fit
   */
  public static double solve(MatchingInstance instance) {
    if (!fits(instance)) {
      throw new IllegalArgumentException(
          "at most " + MOST_EDGES + " edges, each by its vertex's weight: " + instance.edges());
    }
    try (Glop program = Glop.create()) {
      return new ConfigurationLp(instance, program).solve();
    }
  }

  private double solve() {
    solver.objective().setMaximization();
    double bound = INFINITY;
    double[] price = new double[once.length];
    double[] share = new double[mass.length];
    for (int step = 0; step < MOST_STEPS; step++) {
      // Nothing is feasible and every variable is bounded by its row, so an optimum exists. Before
      // the first bound there is no answer without it; after that a bound is one.
      if (step == 0) {
        program.solveOrThrow();
      } else if (!program.solve()) {
        return bound;
      }
      double value = solver.objective().value();
      double above = 0;
      for (int t = 0; t < once.length; t++) {
        price[t] = Math.max(0, once[t].dualValue());
        above += price[t];
      }
      // All duals before the first set is added, as the solution is gone then.
      for (int u = 0; u < mass.length; u++) {
        share[u] = Math.max(0, mass[u].dualValue());
      }
      boolean more = false;
      for (int u = 0; u < mass.length; u++) {
        BestConfiguration best = searches.get(u);
        best.find(price);
        above += best.bound();
        if (best.gain() > share[u] + TOLERANCE * (1 + value)) {
          add(u, best);
          more = true;
        }
      }
      bound = Math.min(bound, above);
      if (bound - value <= TOLERANCE * value) {
        return value;
      }
      if (!more) {
        return bound;
      }
    }
    return bound;
  }

  private void add(int vertex, BestConfiguration best) {
    MPVariable variable = solver.makeNumVar(0, INFINITY, "");
    mass[vertex].setCoefficient(variable, 1);
    for (int arrival : best.arrivals()) {
      once[arrival].setCoefficient(variable, 1);
    }
    solver.objective().setCoefficient(variable, best.worth());
  }
}
