package io.dualbid.simulator.matching;

/**
 * The stochastic benchmark: the value of the best policy that knows all edges and probabilities in
 * advance and sees each coin only after assigning, by dynamic programming over what is left of each
 * capacity,
 *
 * <pre>
 *   V_t(r) = max( V_{t+1}(r), max over u with r_u > 0 of
 *                 p_ut·(w_u + V_{t+1}(r - e_u)) + (1 - p_ut)·V_{t+1}(r) )
 * </pre>
 *
 * <p>Exact. Memory Π(c_u + 1) numbers, time that for each edge.
 *
 * @see "Goyal, Udwani: Online Matching with Stochastic Rewards: Optimal Competitive Ratio via Path
 *     Based Formulation, EC 2020 (the benchmark)"
 */
public final class OnlineOptimum {
  /** The most states. */
  public static final int MOST_STATES = 1 << 22;

  private OnlineOptimum() {}

  /** Whether an instance is small enough. */
  public static boolean fits(MatchingInstance instance) {
    return states(instance) <= MOST_STATES;
  }

  /** Number of states, or more than {@link #MOST_STATES} if there are more than that. */
  static long states(MatchingInstance instance) {
    long states = 1;
    for (int u = 0; u < instance.vertices() && states <= MOST_STATES; u++) {
      states *= Math.min(instance.capacity(u), MOST_STATES) + 1;
    }
    return states;
  }

  /**
   * The value.
   *
   * @throws IllegalArgumentException if there are more than {@link #MOST_STATES} states
   */
  public static double solve(MatchingInstance instance) {
    if (!fits(instance)) {
      throw new IllegalArgumentException(
          "the capacities have more than " + MOST_STATES + " states");
    }
    int[] stride = new int[instance.vertices() + 1];
    stride[0] = 1;
    for (int u = 0; u < instance.vertices(); u++) {
      stride[u + 1] = stride[u] * (int) (instance.capacity(u) + 1);
    }
    int states = stride[instance.vertices()];
    double[] value = new double[states];
    for (int t = instance.arrivals() - 1; t >= 0; t--) {
      // A state needs only itself and lower ones of the next time, so one array does, from above.
      for (int state = states - 1; state >= 0; state--) {
        double best = value[state];
        for (int e = instance.firstEdge(t); e < instance.firstEdge(t + 1); e++) {
          int u = instance.vertex(e);
          if (state / stride[u] % (stride[u + 1] / stride[u]) > 0) {
            double p = instance.probability(e);
            double success = instance.weight(u) + value[state - stride[u]];
            best = Math.max(best, p * success + (1 - p) * value[state]);
          }
        }
        value[state] = best;
      }
    }
    return value[states - 1];
  }
}
