package io.dualbid.simulator.matching;

import io.dualbid.core.matching.BayesianInstance;
import java.util.Arrays;

/**
 * Best values of a Bayesian instance, exactly: of who decides online, by dynamic programming over
 * the sets of nodes that are left, and of who knows all draws, by going through all of them.
 */
public final class BayesianOptimum {
  /** The most nodes: there are 2 to this many sets. */
  public static final int MOST_NODES = 18;

  private BayesianOptimum() {}

  /** Whether the online optimum can be reckoned. */
  public static boolean fits(BayesianInstance instance) {
    return instance.nodes() <= MOST_NODES;
  }

  /**
   * The value of the best online policy, {@code V_t(F) = Σ_j p_tj·max(V_{t+1}(F), max over i in F
   * of w_ij + V_{t+1}(F - i)) + (1 - Σ p)·V_{t+1}(F)}.
   *
   * @throws IllegalArgumentException if there are more than {@link #MOST_NODES} nodes
   */
  public static double online(BayesianInstance instance) {
    if (!fits(instance)) {
      throw new IllegalArgumentException("at most " + MOST_NODES + " nodes: " + instance.nodes());
    }
    int sets = 1 << instance.nodes();
    double[] next = new double[sets];
    double[] now = new double[sets];
    for (int t = instance.rounds() - 1; t >= 0; t--) {
      for (int set = 0; set < sets; set++) {
        double value = next[set];
        for (int type = instance.firstType(t); type < instance.firstType(t + 1); type++) {
          double most = next[set];
          for (int e = instance.firstEdge(type); e < instance.firstEdge(type + 1); e++) {
            int bit = 1 << instance.node(e);
            if ((set & bit) != 0) {
              most = Math.max(most, instance.weight(e) + next[set - bit]);
            }
          }
          value += instance.probability(type) * (most - next[set]);
        }
        now[set] = value;
      }
      double[] spare = next;
      next = now;
      now = spare;
    }
    return next[sets - 1];
  }

  /** The expected value of the best matching of who knows all draws; exponential in the rounds. */
  public static double prophet(BayesianInstance instance) {
    return EveryOutcome.expectation(
        chance -> {
          int[] types = new int[instance.rounds()];
          for (int t = 0; t < types.length; t++) {
            types[t] = draw(instance, t, chance);
          }
          return bestMatching(instance, types);
        });
  }

  /** The type drawn in a round, or -1. */
  static int draw(BayesianInstance instance, int round, EveryOutcome chance) {
    int first = instance.firstType(round);
    double[] probabilities = new double[instance.firstType(round + 1) - first];
    for (int k = 0; k < probabilities.length; k++) {
      probabilities[k] = instance.probability(first + k);
    }
    int which = chance.which(probabilities);
    return which < 0 ? -1 : first + which;
  }

  private static double bestMatching(BayesianInstance instance, int[] types) {
    double[] best = new double[1 << instance.nodes()];
    Arrays.fill(best, Double.NEGATIVE_INFINITY);
    best[0] = 0;
    for (int type : types) {
      // Sets grow by one node a round, so going down uses each draw once.
      for (int set = best.length - 1; set > 0 && type >= 0; set--) {
        for (int e = instance.firstEdge(type); e < instance.firstEdge(type + 1); e++) {
          int bit = 1 << instance.node(e);
          if ((set & bit) != 0) {
            best[set] = Math.max(best[set], best[set - bit] + instance.weight(e));
          }
        }
      }
    }
    return Arrays.stream(best).max().orElseThrow();
  }
}
