package io.dualbid.core.matching;

import io.dualbid.core.model.Hash;
import java.util.List;

/** Uniform ranks of vertices, each a function of (seed, id), kept for a campaign's life. */
public final class Ranks {
  private Ranks() {}

  /** One rank in [0, 1) for each id, in their order; it depends on no other id. */
  public static double[] of(long seed, List<String> ids) {
    double[] ranks = new double[ids.size()];
    for (int v = 0; v < ranks.length; v++) {
      ranks[v] = of(seed, ids.get(v));
    }
    return ranks;
  }

  /** The rank of one id, in [0, 1). */
  public static double of(long seed, String id) {
    return Hash.unit(Hash.of(id, seed));
  }

  /** A copy, each checked to be in [0, 1]. */
  static double[] checked(double[] ranks) {
    for (double rank : ranks) {
      if (!(rank >= 0 && rank <= 1)) {
        throw new IllegalArgumentException("a rank must be in [0, 1]: " + rank);
      }
    }
    return ranks.clone();
  }
}
