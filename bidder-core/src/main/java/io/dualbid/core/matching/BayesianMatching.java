package io.dualbid.core.matching;

import java.util.Arrays;

/**
 * Online Bayesian matching by pivotal sampling, given a solution x of the linear program with the
 * online constraint {@code x_itj ≤ p_tj (1 - y_it)}, y_it what x gives to node i before round t.
 *
 * <p>In a round of type j each free node proposes with {@code r_i = x_itj / (p_tj (1 - y_it))},
 * drawn together by {@link PivotalSampling} in falling order of weight; the best proposer is
 * matched, and all proposers are discarded, matched or not. Discarding keeps marginals from
 * drifting: a node is free before round t with probability 1 - y_it exactly. In expectation at
 * least 0.678 of the program, so of the best online policy, against which 1 - 1/e is what
 * independent proposals give.
 *
 * <p><b>Recycling</b> keeps discarded nodes that were not matched as spares; a round that ends
 * without a match takes the best of them that is worth something. Free nodes and proposals are as
 * without it, so no path loses by it.
 *
 * <p>O(edges of the type) a round, no allocation. Not thread safe.
 *
 * @see "the program and the philosopher benchmark: Papadimitriou, Pollner, Saberi, Wajc: Online
 *     Stochastic Max-Weight Bipartite Matching: Beyond Prophet Inequalities, EC 2021; recycling is
 *     a choice"
 */
public final class BayesianMatching {
  /** No node. */
  public static final int NONE = -1;

  private static final double LEAST_DENOMINATOR = 1e-12;
  private static final double TOLERANCE = 1e-6;

  private static final byte FREE = 0;
  private static final byte SPARE = 1;
  private static final byte GONE = 2;

  private final BayesianInstance instance;
  private final boolean recycling;
  private final double[] proposal;
  private final byte[] standing;
  private final double[] meeting;
  private final int[] met;
  private final int[] selected;
  private int proposers;

  /**
   * All nodes free.
   *
   * @param x one number for each edge of the instance, feasible but for rounding; not kept
   * @throws IllegalArgumentException if x is not feasible
   */
  public BayesianMatching(BayesianInstance instance, double[] x, boolean recycling) {
    this.instance = instance;
    this.recycling = recycling;
    proposal = proposals(instance, x);
    standing = new byte[instance.nodes()];
    int most = 0;
    for (int type = 0; type < instance.types(); type++) {
      most = Math.max(most, instance.firstEdge(type + 1) - instance.firstEdge(type));
    }
    meeting = new double[most];
    met = new int[most];
    selected = new int[most];
  }

  private static double[] proposals(BayesianInstance instance, double[] x) {
    if (x.length != instance.edges()) {
      throw new IllegalArgumentException(
          "a number for each of " + instance.edges() + " edges: " + x.length);
    }
    double[] proposal = new double[x.length];
    double[] given = new double[instance.nodes()];
    for (int t = 0; t < instance.rounds(); t++) {
      int from = instance.firstEdge(instance.firstType(t));
      int to = instance.firstEdge(instance.firstType(t + 1));
      for (int type = instance.firstType(t); type < instance.firstType(t + 1); type++) {
        double sum = 0;
        for (int e = instance.firstEdge(type); e < instance.firstEdge(type + 1); e++) {
          double most = instance.probability(type) * (1 - given[instance.node(e)]);
          sum += x[e];
          if (!(x[e] >= -TOLERANCE && x[e] <= most + TOLERANCE)
              || sum > instance.probability(type) + TOLERANCE) {
            throw new IllegalArgumentException(
                "x is not feasible: round " + t + ", node " + instance.node(e) + ", " + x[e]);
          }
          proposal[e] = most <= LEAST_DENOMINATOR ? 0 : Math.min(1, Math.max(0, x[e]) / most);
        }
      }
      for (int e = from; e < to; e++) {
        given[instance.node(e)] += Math.max(0, x[e]);
      }
    }
    return proposal;
  }

  /** Begins anew with all nodes free. */
  public void reset() {
    Arrays.fill(standing, FREE);
    proposers = 0;
  }

  /** Takes a node away, as if it had been matched. */
  public void remove(int node) {
    standing[node] = GONE;
  }

  /**
   * Plays a round.
   *
   * @param type as numbered by the instance, or -1 if nobody came
   * @return the node that is matched, or {@link #NONE}
   */
  public int arrive(int type, Chance chance) {
    proposers = 0;
    if (type < 0) {
      return NONE;
    }
    int size = 0;
    for (int e = instance.firstEdge(type); e < instance.firstEdge(type + 1); e++) {
      if (standing[instance.node(e)] == FREE && instance.weight(e) > 0) {
        meeting[size] = proposal[e];
        met[size++] = instance.node(e);
      }
    }
    proposers = PivotalSampling.select(meeting, size, chance, selected);
    if (proposers == 0) {
      return recycling ? spare(type) : NONE;
    }
    for (int k = 0; k < proposers; k++) {
      standing[proposer(k)] = SPARE;
    }
    standing[proposer(0)] = GONE;
    return proposer(0);
  }

  private int spare(int type) {
    for (int e = instance.firstEdge(type); e < instance.firstEdge(type + 1); e++) {
      int node = instance.node(e);
      if (standing[node] == SPARE && instance.weight(e) > 0) {
        standing[node] = GONE;
        return node;
      }
    }
    return NONE;
  }

  /** How many nodes proposed in the last round; all are discarded. */
  public int proposers() {
    return proposers;
  }

  /** A node that proposed in the last round, best first. */
  public int proposer(int k) {
    return met[selected[k]];
  }

  /** Whether a node was neither matched nor discarded. */
  public boolean isFree(int node) {
    return standing[node] == FREE;
  }

  /** Whether a node was not matched; it may have been discarded. */
  public boolean isUnmatched(int node) {
    return standing[node] != GONE;
  }
}
