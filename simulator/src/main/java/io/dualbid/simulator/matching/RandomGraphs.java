package io.dualbid.simulator.matching;

import io.dualbid.core.model.Hash;

/** Random instances in memory; every draw is a function of (seed, purpose, index). */
public final class RandomGraphs {
  private static final double LEAST_FACTOR = 0.2;
  private static final int PROBABILITIES = 1;
  private static final int EDGES = 2;
  private static final int QUALITIES = 3;
  private static final int WEIGHTS = 4;
  private static final int TYPES = 5;

  private RandomGraphs() {}

  /**
   * Each arrival sees each vertex with probability {@code degree / vertices}.
   *
   * @param decomposable whether an edge succeeds with {@code p_u·q_t}, both uniform from 0.2 to 1,
   *     instead of with {@code probability}
   * @param weightSpread weights are uniform from 1 to 1 more than this
   */
  public static MatchingInstance bipartite(
      int vertices,
      int arrivals,
      double degree,
      double probability,
      boolean decomposable,
      double weightSpread,
      long capacity,
      long seed) {
    MatchingInstance.Builder builder = builder(vertices, weightSpread, capacity, seed);
    for (int t = 0; t < arrivals; t++) {
      builder.arrival();
      double quality = factor(seed, QUALITIES, t);
      for (int u = 0; u < vertices; u++) {
        if (uniform(seed, EDGES, (long) t * vertices + u) < degree / vertices) {
          builder.edge(u, decomposable ? factor(seed, PROBABILITIES, u) * quality : probability);
        }
      }
    }
    return builder.build();
  }

  /** Arrivals drawn independently, all equally likely, from this many random types. */
  public static MatchingInstance independent(
      int vertices,
      int arrivals,
      int types,
      double degree,
      double probability,
      double weightSpread,
      long capacity,
      long seed) {
    MatchingInstance.Builder builder = builder(vertices, weightSpread, capacity, seed);
    for (int t = 0; t < arrivals; t++) {
      builder.arrival();
      int type = (int) (uniform(seed, TYPES, t) * types);
      for (int u = 0; u < vertices; u++) {
        if (uniform(seed, EDGES, (long) type * vertices + u) < degree / vertices) {
          builder.edge(u, probability);
        }
      }
    }
    return builder.build();
  }

  private static MatchingInstance.Builder builder(
      int vertices, double weightSpread, long capacity, long seed) {
    double[] weight = new double[vertices];
    long[] capacities = new long[vertices];
    for (int u = 0; u < vertices; u++) {
      weight[u] = 1 + weightSpread * uniform(seed, WEIGHTS, u);
      capacities[u] = capacity;
    }
    return new MatchingInstance.Builder(weight, capacities);
  }

  private static double factor(long seed, int purpose, long index) {
    return LEAST_FACTOR + (1 - LEAST_FACTOR) * uniform(seed, purpose, index);
  }

  static double uniform(long seed, int purpose, long index) {
    long stream = Hash.mix(Hash.mix(seed) + purpose);
    return Hash.unit(Hash.mix(stream + (index + 1) * Hash.GOLDEN_GAMMA));
  }
}
