package io.dualbid.simulator.matching;

import io.dualbid.simulator.simulation.Interval;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Every policy of a scenario on every instance. Instances are independent and played side by side;
 * results come in the order of sizes, seeds and policies, and follow from the scenario alone.
 */
public final class MatchingSimulation {
  private final MatchingScenario scenario;
  private final List<MatchingRun> runs;
  private final List<LoadTrace> traces;

  private MatchingSimulation(
      MatchingScenario scenario, List<MatchingRun> runs, List<LoadTrace> traces) {
    this.scenario = scenario;
    this.runs = runs;
    this.traces = traces;
  }

  /** Plays all of it. */
  public static MatchingSimulation play(MatchingScenario scenario) {
    List<MatchingRun> runs = new ArrayList<>();
    List<LoadTrace> traces = new ArrayList<>();
    for (int k = 0; k < scenario.sizes().size(); k++) {
      int size = scenario.sizes().get(k);
      boolean tracing = k == scenario.sizes().size() - 1 && !scenario.family().bayesian();
      List<List<MatchingRun>> played =
          IntStream.range(0, scenario.seeds())
              .parallel()
              .mapToObj(
                  s -> {
                    long seed = scenario.firstSeed() + s;
                    if (scenario.family().bayesian()) {
                      return new BayesianContest(scenario, size, seed).play();
                    }
                    MatchingContest contest = new MatchingContest(scenario, size, seed);
                    List<MatchingRun> result = contest.play(tracing && s == 0);
                    synchronized (traces) {
                      traces.addAll(contest.traces());
                    }
                    return result;
                  })
              .toList();
      played.forEach(runs::addAll);
    }
    return new MatchingSimulation(scenario, List.copyOf(runs), traces);
  }

  MatchingScenario scenario() {
    return scenario;
  }

  /** By size, seed and policy, in the order of the scenario. */
  public List<MatchingRun> runs() {
    return runs;
  }

  List<LoadTrace> traces() {
    return traces;
  }

  /** The benchmarks that any instance has. */
  Set<String> benchmarks() {
    Set<String> names = new LinkedHashSet<>();
    runs.forEach(run -> names.addAll(run.benchmarks().keySet()));
    return names;
  }

  /** Mean share of a benchmark over instances of a size that have it, with its interval. */
  public Interval ratio(String policy, int size, String benchmark) {
    return Interval.of(
        runs.stream()
            .filter(run -> run.size() == size && run.policy().equals(policy))
            .mapToDouble(run -> run.ratio(benchmark))
            .filter(Double::isFinite)
            .toArray());
  }

  /** The least share of a benchmark over instances of a size; NaN where none has it. */
  public double leastRatio(String policy, int size, String benchmark) {
    return runs.stream()
        .filter(run -> run.size() == size && run.policy().equals(policy))
        .mapToDouble(run -> run.ratio(benchmark))
        .filter(Double::isFinite)
        .min()
        .orElse(Double.NaN);
  }
}
