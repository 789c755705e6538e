package io.dualbid.simulator.matching;

import static org.assertj.core.api.Assertions.assertThat;

import io.dualbid.core.matching.Arrival;
import io.dualbid.core.matching.MatchingPolicy;
import io.dualbid.core.matching.Ranks;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** What was possible at best, and what policies have of it. */
class MatchingOptimaTest {
  private static final double TOLERANCE = 1e-6;

  private static MatchingPolicy policy(String name, MatchingInstance instance, double[] ranks) {
    return MatchingPolicies.named(name, ranks, instance.capacities(), instance.arrivals(), 0.2);
  }

  @Property(tries = 40)
  void liesBetweenThePoliciesAndThePrograms(
      @ForAll @LongRange(min = 1, max = 1_000_000) long seed) {
    MatchingInstance instance = RandomGraphs.bipartite(3, 7, 2, 0.5, true, 1.5, 1 + seed % 2, seed);
    double online = OnlineOptimum.solve(instance);
    double configurations = ConfigurationLp.solve(instance);
    double matching = MatchingBounds.matchingLp(instance).value();
    // A policy that adapts to its coins may have more than the configuration LP: no assertion
    // there.
    assertThat(online).isLessThanOrEqualTo(matching + TOLERANCE);
    assertThat(configurations).isLessThanOrEqualTo(matching + TOLERANCE);
    double[] ranks = Ranks.of(seed, List.of("a", "b", "c"));
    for (String name : MatchingPolicies.NAMES) {
      double value = MatchingPlay.expectedValue(instance, () -> policy(name, instance, ranks));
      assertThat(value).as(name).isLessThanOrEqualTo(online + TOLERANCE);
    }
    // Any greedy rule has half of the best non-anticipating policy.
    assertThat(MatchingPlay.expectedValue(instance, () -> policy("greedy", instance, ranks)))
        .isGreaterThanOrEqualTo(0.5 * online - TOLERANCE);
  }

  /** One vertex, ten tries of a tenth: the program says 1, nobody has more than 1 - 0.9^10. */
  @Test
  void mixesBadLuckWithBadDecisionsInTheMatchingProgram() {
    MatchingInstance.Builder builder = MatchingInstance.Builder.unit(1);
    for (int t = 0; t < 10; t++) {
      builder.arrival().edge(0, 0.1);
    }
    MatchingInstance instance = builder.build();
    assertThat(MatchingBounds.matchingLp(instance).value()).isCloseTo(1, Offset.offset(TOLERANCE));
    assertThat(OnlineOptimum.solve(instance))
        .isCloseTo(1 - Math.pow(0.9, 10), Offset.offset(1e-12));
  }

  /** Exactly the chain: every order of two vertices, every pattern of coins. */
  @Test
  void followsTheChainOfTheTriangularFamily() {
    double sum = 0;
    int orders = 0;
    boolean[] seen = new boolean[2];
    for (long seed = 0; orders < 2; seed++) {
      UpperTriangular instance = UpperTriangular.hidden(2, 0.25, 4, seed);
      int last = instance.read(7, new Arrival()).vertex(0);
      if (!seen[last]) {
        seen[last] = true;
        orders++;
        sum +=
            MatchingPlay.expectedValue(
                instance,
                () ->
                    MatchingPolicies.named(
                        "stochastic-balance/exp", new double[2], new long[] {1, 1}, 8, 0.1));
      }
    }
    assertThat(sum / 2 / 2).isCloseTo(TriangularLimit.ratio(2, 0.25, 4), Offset.offset(1e-12));
  }

  /**
   * By the thousand on small triangles: standard error at most 0.5·√(1/n)/√1000, since a run's
   * share is a mean of n numbers in [0, 1] that are not positively correlated; five of them.
   */
  @Test
  void hasTheExactShareOfTheTriangularFamily() {
    int runs = 1_000;
    for (int n : new int[] {1, 2, 3, 4, 10}) {
      double sum = 0;
      for (int seed = 1; seed <= runs; seed++) {
        UpperTriangular instance = UpperTriangular.hidden(n, 0.01, 100, seed);
        MatchingPolicy policy =
            MatchingPolicies.named(
                "stochastic-balance/exp",
                new double[n],
                instance.capacities(),
                instance.arrivals(),
                0.1);
        sum += MatchingPlay.play(instance, policy, Coins.of(seed)).value() / n;
      }
      double tolerance = 5 * 0.5 / Math.sqrt((double) n * runs);
      assertThat(sum / runs)
          .as("n = %d", n)
          .isCloseTo(TriangularLimit.ratio(n, 0.01, 100), Offset.offset(tolerance));
    }
  }

  @Test
  void nearsTheLimitAsProbabilitiesVanish() {
    for (int n : new int[] {1, 3, 20}) {
      double limit = TriangularLimit.ratio(n);
      double coarse = Math.abs(TriangularLimit.ratio(n, 0.1, 10) - limit);
      double fine = Math.abs(TriangularLimit.ratio(n, 0.001, 1000) - limit);
      assertThat(fine).isLessThan(coarse).isLessThan(5e-4);
    }
  }

  @Test
  void fallsIntoTheTrapWithGreedyAlone() {
    UpperTriangular trap = UpperTriangular.trap(100, 0.02, 50);
    double greedy = 0;
    double balance = 0;
    for (int seed = 1; seed <= 20; seed++) {
      greedy += share(trap, "greedy", seed) / 20;
      balance += share(trap, "stochastic-balance/exp", seed) / 20;
    }
    // A run's standard deviation is at most 0.5/√100; of 20 runs five standard errors are 0.056.
    assertThat(greedy).isBetween(0.5 - 0.056, 0.5 + 0.056);
    assertThat(balance).isGreaterThan(0.632 - 0.056);
  }

  private static double share(UpperTriangular instance, String name, long seed) {
    MatchingPolicy policy =
        MatchingPolicies.named(
            name, new double[100], instance.capacities(), instance.arrivals(), 0.1);
    return MatchingPlay.play(instance, policy, Coins.of(seed)).value() / instance.matchingLp();
  }
}
