package io.dualbid.simulator.matching;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.ortools.linearsolver.MPConstraint;
import com.google.ortools.linearsolver.MPSolver;
import com.google.ortools.linearsolver.MPVariable;
import io.dualbid.simulator.hindsight.Glop;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

/** Benchmarks against their slow twins. */
class ConfigurationLpTest {
  private static MatchingInstance instance(long seed) {
    // Unequal probabilities and amounts; some capacities are passed by many sets, some by none.
    MatchingInstance.Builder builder =
        new MatchingInstance.Builder(new double[] {1, 2.5, 0.7}, new long[] {2, 1 + seed % 3, 4});
    double[] weight = {1, 2.5, 0.7};
    for (int t = 0; t < 8; t++) {
      builder.arrival();
      for (int u = 0; u < 3; u++) {
        if (RandomGraphs.uniform(seed, 21, t * 3L + u) < 0.7) {
          long amount = 1 + (long) (2 * RandomGraphs.uniform(seed, 22, t * 3L + u));
          double p = 0.1 + 0.9 * RandomGraphs.uniform(seed, 23, t * 3L + u);
          builder.edge(u, p, amount, weight[u] * amount);
        }
      }
    }
    return builder.build();
  }

  @Property(tries = 40)
  void findsWithGeneratedSetsWhatAllSetsGive(
      @ForAll @LongRange(min = 1, max = 1_000_000) long seed) {
    MatchingInstance instance = instance(seed);
    double whole = enumerated(instance);
    assertThat(ConfigurationLp.solve(instance)).isCloseTo(whole, within(1e-6));
    assertThat(whole).isLessThanOrEqualTo(MatchingBounds.matchingLp(instance).bound() + 1e-6);
  }

  /** The program over all sets. */
  private static double enumerated(MatchingInstance instance) {
    try (Glop program = Glop.create()) {
      MPSolver solver = program.program();
      MPConstraint[] once = new MPConstraint[instance.arrivals()];
      for (int t = 0; t < once.length; t++) {
        once[t] = solver.makeConstraint(-MPSolver.infinity(), 1);
      }
      for (int u = 0; u < instance.vertices(); u++) {
        int vertex = u;
        MPConstraint mass = solver.makeConstraint(-MPSolver.infinity(), 1);
        int[] arrivals =
            IntStream.range(0, instance.arrivals())
                .filter(t -> edge(instance, t, vertex) >= 0)
                .toArray();
        for (int set = 1; set < 1 << arrivals.length; set++) {
          MPVariable variable = solver.makeNumVar(0, MPSolver.infinity(), "");
          mass.setCoefficient(variable, 1);
          double use = 0;
          for (int k = 0; k < arrivals.length; k++) {
            if ((set >> k & 1) == 1) {
              int e = edge(instance, arrivals[k], u);
              once[arrivals[k]].setCoefficient(variable, 1);
              use += instance.probability(e) * instance.amount(e);
            }
          }
          solver
              .objective()
              .setCoefficient(
                  variable, instance.weight(u) * Math.min((double) instance.capacity(u), use));
        }
      }
      solver.objective().setMaximization();
      assertThat(program.solve()).isTrue();
      return solver.objective().value();
    }
  }

  private static int edge(MatchingInstance instance, int arrival, int vertex) {
    for (int e = instance.firstEdge(arrival); e < instance.firstEdge(arrival + 1); e++) {
      if (instance.vertex(e) == vertex) {
        return e;
      }
    }
    return -1;
  }

  /** Below the matching LP where no set fills a vertex exactly: 3 sure arrivals for 2.5 of room. */
  @Test
  void knowsThatSetsAreWhole() {
    MatchingInstance.Builder builder =
        new MatchingInstance.Builder(new double[] {1, 1}, new long[] {5, 5});
    for (int t = 0; t < 5; t++) {
      builder.arrival().edge(0, 1, 2, 2).edge(1, 1, 2, 2);
    }
    MatchingInstance instance = builder.build();
    // Each vertex: half of a set of three (worth 5) and half of one of two (worth 4).
    assertThat(ConfigurationLp.solve(instance)).isCloseTo(9, within(1e-9));
    assertThat(MatchingBounds.matchingLp(instance).value()).isCloseTo(10, within(1e-6));
  }

  @Test
  void goesBeyondWhatCouldBeEnumerated() {
    MatchingInstance instance = RandomGraphs.bipartite(6, 90, 6, 0.05, false, 1, 1, 3);
    assertThat(instance.edges()).isGreaterThan(400);
    assertThat(ConfigurationLp.solve(instance))
        .isLessThanOrEqualTo(MatchingBounds.matchingLp(instance).bound() + 1e-6)
        .isGreaterThan(0.9 * MatchingBounds.matchingLp(instance).bound());
  }

  /** Amounts that share a factor, capacities that are no multiple of it, rewards of their own. */
  @Property(tries = 40)
  void knowsTheOnlineOptimumOfAmounts(@ForAll @LongRange(min = 1, max = 1_000_000) long seed) {
    MatchingInstance.Builder builder =
        new MatchingInstance.Builder(new double[] {1, 1}, new long[] {70, 50 + 10 * (seed % 3)});
    for (int t = 0; t < 6; t++) {
      builder.arrival();
      for (int u = 0; u < 2; u++) {
        long amount = 20 * (1 + (long) (2 * RandomGraphs.uniform(seed, 31, t * 2L + u)));
        double p = 0.2 + 0.8 * RandomGraphs.uniform(seed, 32, t * 2L + u);
        builder.edge(u, p, amount, RandomGraphs.uniform(seed, 33, t * 2L + u));
      }
    }
    MatchingInstance instance = builder.build();
    double slow = best(instance, 0, instance.capacity(0), instance.capacity(1), new HashMap<>());
    assertThat(OnlineOptimum.solve(instance)).isCloseTo(slow, within(1e-12));
    assertThat(slow).isLessThanOrEqualTo(MatchingBounds.matchingLp(instance).bound() + 1e-6);
  }

  private static double best(
      MatchingInstance instance, int t, long one, long other, Map<String, Double> known) {
    if (t == instance.arrivals()) {
      return 0;
    }
    String state = t + " " + one + " " + other;
    Double value = known.get(state);
    if (value == null) {
      double failed = best(instance, t + 1, one, other, known);
      value = failed;
      for (int e = instance.firstEdge(t); e < instance.firstEdge(t + 1); e++) {
        boolean first = instance.vertex(e) == 0;
        long amount = instance.amount(e);
        if ((first ? one : other) >= amount) {
          double next =
              best(
                  instance, t + 1, one - (first ? amount : 0), other - (first ? 0 : amount), known);
          double p = instance.probability(e);
          value = Math.max(value, p * (instance.reward(e) + next) + (1 - p) * failed);
        }
      }
      known.put(state, value);
    }
    return value;
  }
}
