package io.dualbid.simulator.matching;

import org.apache.commons.math3.util.ArithmeticUtils;

/**
 * The stochastic benchmark: the value of the best policy that knows all edges and probabilities in
 * advance and sees each coin only after assigning, by dynamic programming over what is left of each
 * capacity,
 *
 * <pre>
 *   V_t(r) = max( V_{t+1}(r), max over u with r_u ≥ b_ut of
 *                 p_ut·(w_ut + V_{t+1}(r - b_ut·e_u)) + (1 - p_ut)·V_{t+1}(r) )
 * </pre>
 *
 * <p>with w what a success brings and b what it uses, which may both be 1. Exact. Memory Π(c_u + 1)
 * numbers, time that for each edge; capacities are counted in what their amounts have in common.
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

  /** How many steps it takes; infinity for an instance that doesn't fit. */
  public static double steps(MatchingInstance instance) {
    long states = states(instance);
    return states <= MOST_STATES ? (double) states * instance.edges() : Double.POSITIVE_INFINITY;
  }

  /** Number of states, or more than {@link #MOST_STATES} if there are more than that. */
  static long states(MatchingInstance instance) {
    long[] levels = levels(instance, units(instance));
    long states = 1;
    for (int u = 0; u < levels.length && states <= MOST_STATES; u++) {
      states *= Math.min(levels[u], MOST_STATES) + 1;
    }
    return states;
  }

  /** What all amounts of a vertex are multiples of, so of what is used of it; 0 without an edge. */
  private static long[] units(MatchingInstance instance) {
    long[] unit = new long[instance.vertices()];
    for (int e = 0; e < instance.edges(); e++) {
      int u = instance.vertex(e);
      unit[u] = ArithmeticUtils.gcd(unit[u], instance.amount(e));
    }
    return unit;
  }

  /** How many units each vertex has; no more than all its edges could use. */
  private static long[] levels(MatchingInstance instance, long[] unit) {
    double[] most = new double[unit.length];
    for (int e = 0; e < instance.edges(); e++) {
      most[instance.vertex(e)] += (double) instance.amount(e);
    }
    long[] levels = new long[unit.length];
    for (int u = 0; u < unit.length; u++) {
      levels[u] =
          unit[u] == 0 ? 0 : (long) Math.min((double) instance.capacity(u), most[u]) / unit[u];
    }
    return levels;
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
    long[] unit = units(instance);
    long[] levels = levels(instance, unit);
    int[] stride = new int[instance.vertices() + 1];
    stride[0] = 1;
    for (int u = 0; u < instance.vertices(); u++) {
      stride[u + 1] = stride[u] * (int) (levels[u] + 1);
    }
    int states = stride[instance.vertices()];
    double[] value = new double[states];
    for (int t = instance.arrivals() - 1; t >= 0; t--) {
      // A state needs only itself and lower ones of the next time, so one array does, from above.
      for (int state = states - 1; state >= 0; state--) {
        double best = value[state];
        for (int e = instance.firstEdge(t); e < instance.firstEdge(t + 1); e++) {
          int u = instance.vertex(e);
          long takes = instance.amount(e) / unit[u];
          if (state / stride[u] % (stride[u + 1] / stride[u]) >= takes) {
            double p = instance.probability(e);
            double success = instance.reward(e) + value[state - (int) takes * stride[u]];
            best = Math.max(best, p * success + (1 - p) * value[state]);
          }
        }
        value[state] = best;
      }
    }
    return value[states - 1];
  }
}
