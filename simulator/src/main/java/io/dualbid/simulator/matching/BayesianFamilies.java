package io.dualbid.simulator.matching;

import io.dualbid.core.matching.BayesianInstance;

/** Random Bayesian instances; every draw is a function of (seed, index). */
public final class BayesianFamilies {
  private static final int PROBABILITIES = 11;
  private static final int SHARES = 12;
  private static final int EDGES = 13;
  private static final int WEIGHTS = 14;

  private BayesianFamilies() {}

  /**
   * Types of uniform weights from 1 to 10, seen by a node with probability {@code degree / nodes};
   * their probabilities change from round to round and sum to between 0.7 and 1.
   */
  public static BayesianInstance changing(
      int nodes, int rounds, int types, double degree, long seed) {
    return instance(nodes, rounds, types, degree, seed, false);
  }

  /**
   * The same, but later rounds are rarer and worth more: what comes in round t has probability
   * {@code 1/(1 + t/nodes)} of the above and as much more weight, so who can't wait loses.
   */
  public static BayesianInstance rareLate(
      int nodes, int rounds, int types, double degree, long seed) {
    return instance(nodes, rounds, types, degree, seed, true);
  }

  private static BayesianInstance instance(
      int nodes, int rounds, int types, double degree, long seed, boolean rareLate) {
    BayesianInstance.Builder builder = new BayesianInstance.Builder(nodes);
    for (int t = 0; t < rounds; t++) {
      builder.round();
      double rarity = rareLate ? 1 + (double) t / nodes : 1;
      double total = 0.7 + 0.3 * RandomGraphs.uniform(seed, PROBABILITIES, t);
      double sum = 0;
      double[] share = new double[types];
      for (int j = 0; j < types; j++) {
        share[j] = 0.1 + RandomGraphs.uniform(seed, SHARES, (long) t * types + j);
        sum += share[j];
      }
      for (int j = 0; j < types; j++) {
        builder.type(total * share[j] / sum / rarity);
        for (int i = 0; i < nodes; i++) {
          long index = ((long) t * types + j) * nodes + i;
          if (RandomGraphs.uniform(seed, EDGES, index) < degree / nodes) {
            builder.weight(i, rarity * (1 + 9 * RandomGraphs.uniform(seed, WEIGHTS, index)));
          }
        }
      }
    }
    return builder.build();
  }
}
