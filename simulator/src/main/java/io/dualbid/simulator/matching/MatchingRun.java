package io.dualbid.simulator.matching;

import java.util.Map;

/**
 * What came of one policy on one instance.
 *
 * @param policy its name
 * @param size number of offline vertices
 * @param seed the instance's
 * @param arrivals number of arrivals, or of rounds
 * @param value what it brought; of several runs the mean
 * @param wasted arrivals that no neighbour could take; NaN where matches are certain
 * @param benchmarks the instance's, by name, as far as they can be had
 */
public record MatchingRun(
    String policy,
    int size,
    long seed,
    int arrivals,
    double value,
    double wasted,
    Map<String, Double> benchmarks) {
  /** Share of a benchmark; 1 where that is 0, NaN where there is none. */
  public double ratio(String benchmark) {
    double best = benchmarks.getOrDefault(benchmark, Double.NaN);
    return best == 0 ? 1 : value / best;
  }
}
