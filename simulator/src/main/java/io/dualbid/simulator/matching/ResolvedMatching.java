package io.dualbid.simulator.matching;

import io.dualbid.core.matching.BayesianInstance;
import io.dualbid.core.matching.BayesianMatching;
import io.dualbid.core.matching.SeededChance;
import java.util.Arrays;

/**
 * Bayesian matching whose program is solved anew at the begin of each period, for the rounds to
 * come and the nodes that are really left, discarded ones among them: what luck and errors of the
 * forecast did before is then taken into account. In each period the guarantee holds against the
 * program of what was left at its begin.
 *
 * <p>The first period's program is solved once for all runs.
 */
public final class ResolvedMatching {
  private final BayesianInstance instance;
  private final int length;
  private final BayesianMatching first;

  /**
   * For an instance.
   *
   * @param x a solution of its program
   * @param periods how many, at least 1
   */
  public ResolvedMatching(BayesianInstance instance, double[] x, int periods) {
    if (periods < 1) {
      throw new IllegalArgumentException("periods must be >= 1: " + periods);
    }
    this.instance = instance;
    this.length = Math.max(1, (instance.rounds() + periods - 1) / periods);
    this.first = new BayesianMatching(instance, x, true);
  }

  /** The value of one run, a function of the seed; draws are those of {@link BayesianValue}. */
  public double sample(long seed) {
    boolean[] left = new boolean[instance.nodes()];
    Arrays.fill(left, true);
    SeededChance chance = new SeededChance(seed, 0);
    BayesianMatching matching = first;
    matching.reset();
    int begin = 0;
    double sum = 0;
    for (int t = 0; t < instance.rounds(); t++) {
      if (t > 0 && t % length == 0) {
        begin = t;
        BayesianInstance rest = instance.rest(t, left);
        matching = new BayesianMatching(rest, BayesianLp.online(rest).x(), true);
      }
      chance.restart(seed, t);
      int type = instance.draw(t, chance.uniform());
      int node = matching.arrive(type < 0 ? type : type - instance.firstType(begin), chance);
      if (node != BayesianMatching.NONE) {
        left[node] = false;
        sum += instance.weight(instance.edge(type, node));
      }
    }
    return sum;
  }
}
