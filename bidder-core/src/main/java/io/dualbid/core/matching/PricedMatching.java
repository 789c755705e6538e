package io.dualbid.core.matching;

/**
 * Experimental: the matching by posted prices. Each buyer is shown a price for each node that is
 * left, made before the buyer's type is known, and takes what is best for it, {@code max w -
 * price}, or leaves; so no buyer gains by pretending.
 *
 * <p>A node's price is what its loss costs later, {@code V(F) - V(F - i)}, at least 0, with V the
 * value of {@link BayesianMatching} from the next round on, estimated by playing it on sampled
 * futures. Both values are played on the same futures, which are a function of (seed, round,
 * sample), so prices replay exactly. With exact values it is one step of policy improvement on the
 * matching it starts from; sampling costs its own error.
 *
 * <p>Prices of a round cost O(samples · nodes left · edges of the rounds to come). Not thread safe.
 */
public final class PricedMatching {
  private final BayesianInstance instance;
  private final BayesianMatching future;
  private final SeededChance chance = new SeededChance(0, 0);
  private final long seed;
  private final int samples;

  /**
   * Prices of an instance.
   *
   * @param x as for {@link BayesianMatching}
   * @param samples futures for each price, at least 1
   */
  public PricedMatching(BayesianInstance instance, double[] x, long seed, int samples) {
    if (samples < 1) {
      throw new IllegalArgumentException("samples must be >= 1: " + samples);
    }
    this.instance = instance;
    this.future = new BayesianMatching(instance, x, true);
    this.seed = seed;
    this.samples = samples;
  }

  /**
   * The menu of a round.
   *
   * @param left which nodes are not matched yet
   * @param prices receives a price, at least 0, for each of them, and infinity for the others
   */
  public void prices(int round, boolean[] left, double[] prices) {
    double whole = value(round, left, -1);
    for (int i = 0; i < left.length; i++) {
      prices[i] = left[i] ? Math.max(0, whole - value(round, left, i)) : Double.POSITIVE_INFINITY;
    }
  }

  private double value(int round, boolean[] left, int without) {
    double sum = 0;
    for (int sample = 0; sample < samples; sample++) {
      future.reset();
      for (int i = 0; i < left.length; i++) {
        if (!left[i] || i == without) {
          future.remove(i);
        }
      }
      for (int t = round + 1; t < instance.rounds(); t++) {
        chance.restart(seed + sample, ((long) round << 32) + t);
        int type = instance.draw(t, chance.uniform());
        int node = future.arrive(type, chance);
        if (node != BayesianMatching.NONE) {
          sum += instance.weight(instance.edge(type, node));
        }
      }
    }
    return sum / samples;
  }

  /**
   * What a buyer takes: the node of the highest weight less price, the lower one of equals.
   *
   * @param type of the buyer, or -1 if nobody came
   * @return a node that leaves the buyer more than nothing, or {@link BayesianMatching#NONE}
   */
  public int choice(int type, double[] prices) {
    int best = BayesianMatching.NONE;
    double most = 0;
    if (type < 0) {
      return best;
    }
    for (int e = instance.firstEdge(type); e < instance.firstEdge(type + 1); e++) {
      int node = instance.node(e);
      double gain = instance.weight(e) - prices[node];
      if (gain > most || (gain == most && best != BayesianMatching.NONE && node < best)) {
        best = node;
        most = gain;
      }
    }
    return best;
  }
}
