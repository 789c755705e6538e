package io.dualbid.simulator.simulation;

import io.dualbid.simulator.scenario.Policy;
import io.dualbid.simulator.scenario.Scenario;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What came of a simulation.
 *
 * @param scenario what was played
 * @param runs by horizon, seed and policy, in the order of the scenario
 * @param traces the course of each policy on the first seed of the longest stream
 */
public record SimulationResult(Scenario scenario, List<Run> runs, List<Trace> traces) {
  public SimulationResult {
    runs = List.copyOf(runs);
    traces = List.copyOf(traces);
  }

  /** A figure of a policy on streams of one length, over seeds. */
  public Interval over(Policy policy, int horizon, ToDoubleFunction<Run> figure) {
    return Interval.of(figures(policy, horizon, figure));
  }

  /** How the regret of a policy grows. */
  public Slope slope(Policy policy) {
    double[][] regrets = new double[scenario.horizons().size()][];
    for (int h = 0; h < regrets.length; h++) {
      regrets[h] = figures(policy, scenario.horizons().get(h), Run::regret);
    }
    return Slope.of(scenario.horizons(), regrets);
  }

  private double[] figures(Policy policy, int horizon, ToDoubleFunction<Run> figure) {
    return runs.stream()
        .filter(run -> run.horizon() == horizon && run.policy().equals(policy.name()))
        .mapToDouble(figure)
        .toArray();
  }
}
