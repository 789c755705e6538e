package io.dualbid.simulator.matching;

import io.dualbid.core.matching.Matcher;
import io.dualbid.core.matching.MatchingPolicy;
import io.dualbid.core.matching.Ranks;
import io.dualbid.core.model.Hash;
import io.dualbid.simulator.replay.Deliveries;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** All policies of a scenario on one instance, on the same coins, with its benchmarks. */
final class MatchingContest {
  /** An optimum that takes longer than this many steps is left out. */
  private static final double MOST_STEPS = 3e8;

  private static final long RANKS = 0x52414e4b;

  private final MatchingScenario scenario;
  private final int size;
  private final long seed;
  private final List<LoadTrace> traces = new ArrayList<>();

  MatchingContest(MatchingScenario scenario, int size, long seed) {
    this.scenario = scenario;
    this.size = size;
    this.seed = seed;
  }

  /** Plays all policies; with {@code tracing} it follows loads. */
  List<MatchingRun> play(boolean tracing) {
    MatchingArrivals arrivals = arrivals();
    Map<String, Double> benchmarks = benchmarks(arrivals);
    // η = 1/√T in units of the mean weight is what theory asks for up to a constant.
    double step = 1 / Math.sqrt(Math.max(1, arrivals.arrivals()));
    List<MatchingRun> runs = new ArrayList<>();
    for (String name : scenario.policies()) {
      double value = 0;
      double wasted = 0;
      for (int draw = 0; draw < scenario.world().draws(); draw++) {
        long run = Hash.mix(seed + Hash.mix(draw + 1L));
        MatchingPolicy policy =
            MatchingPolicies.named(
                name, ranks(run), arrivals.capacities(), arrivals.arrivals(), step);
        MatchingPlay.Observer observer = (arrival, vertex, success, matcher) -> {};
        if (tracing && draw == 0) {
          LoadTrace trace = new LoadTrace(name, arrivals.arrivals(), size);
          traces.add(trace);
          observer = trace;
        }
        Matcher matcher =
            MatchingPlay.play(arrivals, policy, Coins.of(run), feedback(run), observer);
        value += matcher.value();
        wasted += matcher.wasted();
      }
      runs.add(
          new MatchingRun(
              name,
              size,
              seed,
              arrivals.arrivals(),
              value / scenario.world().draws(),
              wasted / scenario.world().draws(),
              benchmarks));
    }
    return runs;
  }

  private Feedback feedback(long run) {
    return new Feedback(
        scenario.world().feedbackDelay(),
        new Deliveries(scenario.world().feedbackLoss(), 0, run),
        scenario.world().window());
  }

  private double[] ranks(long run) {
    return Ranks.of(
        Hash.mix(run ^ RANKS), IntStream.range(0, size).mapToObj(Integer::toString).toList());
  }

  /** The courses of the policies, where they were followed. */
  List<LoadTrace> traces() {
    return traces;
  }

  private MatchingArrivals arrivals() {
    MatchingScenario.World world = scenario.world();
    double p = world.probability();
    int count = (int) Math.max(1, Math.rint(world.arrivalsPerVertex() * size));
    return switch (scenario.family()) {
      case UPPER_TRIANGULAR -> UpperTriangular.hidden(size, p, world.group(), seed);
      case GREEDY_TRAP -> UpperTriangular.trap(size, p, world.group());
      case UNEQUAL -> UpperTriangular.unequal(size, p, world.group(), seed);
      case RANDOM, DECOMPOSABLE ->
          RandomGraphs.bipartite(
              size,
              count,
              world.degree(),
              p,
              scenario.family() == MatchingScenario.Family.DECOMPOSABLE,
              world.weightSpread(),
              world.capacity(),
              seed);
      case INDEPENDENT ->
          RandomGraphs.independent(
              size,
              count,
              world.types(),
              world.degree(),
              p,
              world.weightSpread(),
              world.capacity(),
              seed);
      case BAYESIAN, BAYESIAN_LATE ->
          throw new IllegalStateException(scenario.family() + " has another contest");
    };
  }

  private Map<String, Double> benchmarks(MatchingArrivals arrivals) {
    Map<String, Double> benchmarks = new LinkedHashMap<>();
    if (arrivals instanceof UpperTriangular triangular) {
      benchmarks.put("matching-lp", triangular.matchingLp());
    } else if (arrivals instanceof MatchingInstance instance) {
      benchmarks.put("matching-lp", MatchingBounds.matchingLp(instance).bound());
      if (ConfigurationLp.fits(instance)) {
        benchmarks.put("configuration-lp", ConfigurationLp.solve(instance));
      }
      if (OnlineOptimum.steps(instance) <= MOST_STEPS) {
        benchmarks.put("online-optimum", OnlineOptimum.solve(instance));
      }
    }
    if (scenario.family() == MatchingScenario.Family.UPPER_TRIANGULAR
        && scenario.world().feedbackDelay() == 0
        && scenario.world().feedbackLoss() == 0) {
      int copies = scenario.world().group();
      double p = scenario.world().probability();
      benchmarks.put(
          "exact-expectation",
          TriangularLimit.ratio(size, p, copies) * size * Math.min(1, p * copies));
    }
    return benchmarks;
  }
}
