package io.dualbid.simulator.matching;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The set of arrivals of one vertex that is worth most beyond their prices,
 *
 * <pre>
 *   max over S of  w · min(c, Σ over S of q_t) - Σ over S of price_t,   q_t = p_t · amount_t
 * </pre>
 *
 * <p>A knapsack that may overflow, solved by branch and bound: arrivals in falling order of q per
 * price, each taken or left, and what follows is bounded by filling up in fractions. No arrival
 * priced above {@code w · q} is in a best set. Exact unless it takes more than {@value #MOST_NODES}
 * branches; then the bound says how much better a set might be.
 */
final class BestConfiguration {
  private static final int MOST_NODES = 200_000;
  private static final double TOLERANCE = 1e-12;

  private final double weight;
  private final double capacity;
  private final int[] arrival;
  private final double[] use;
  private final Integer[] order;
  private double[] price = new double[0];
  private int size;
  private int nodes;
  private final boolean[] taken;
  private final boolean[] best;
  private double gain;
  private double bound;

  /** Of a vertex, whose weight holds for all its edges. */
  BestConfiguration(MatchingInstance instance, int vertex) {
    int[] edges =
        IntStream.range(0, instance.edges()).filter(e -> instance.vertex(e) == vertex).toArray();
    arrival = new int[edges.length];
    use = new double[edges.length];
    int t = 0;
    for (int k = 0; k < edges.length; k++) {
      while (instance.firstEdge(t + 1) <= edges[k]) {
        t++;
      }
      arrival[k] = t;
      use[k] = instance.probability(edges[k]) * instance.amount(edges[k]);
    }
    weight = instance.weight(vertex);
    capacity = instance.capacity(vertex);
    order = new Integer[edges.length];
    taken = new boolean[edges.length];
    best = new boolean[edges.length];
  }

  /**
   * Looks for it.
   *
   * @param prices one for each arrival of the instance, at least 0
   */
  void find(double[] prices) {
    price = prices;
    size = 0;
    for (int k = 0; k < use.length; k++) {
      if (weight * use[k] > prices[arrival[k]]) {
        order[size++] = k;
      }
    }
    // The most use for its price first, by cross products, as a price may be 0.
    Arrays.sort(
        order,
        0,
        size,
        (a, b) -> Double.compare(use[b] * prices[arrival[a]], use[a] * prices[arrival[b]]));
    Arrays.fill(taken, false);
    Arrays.fill(best, false);
    gain = 0;
    nodes = 0;
    double root = filled(0, 0, 0);
    branch(0, 0, 0);
    bound = nodes > MOST_NODES ? root : gain;
  }

  private void branch(int at, double used, double paid) {
    double own = weight * Math.min(capacity, used) - paid;
    if (own > gain + TOLERANCE * weight * capacity) {
      gain = own;
      System.arraycopy(taken, 0, best, 0, taken.length);
    }
    if (at == size
        || used >= capacity
        || ++nodes > MOST_NODES
        || filled(at, used, paid) <= gain + TOLERANCE * weight * capacity) {
      return;
    }
    int k = order[at];
    taken[k] = true;
    branch(at + 1, used + use[k], paid + price[arrival[k]]);
    taken[k] = false;
    branch(at + 1, used, paid);
  }

  /** At most so much is had from here on: the rest in order, the last of it in part. */
  private double filled(int from, double used, double paid) {
    double sum = used;
    double cost = paid;
    for (int i = from; i < size && sum < capacity; i++) {
      int k = order[i];
      double part = Math.min(1, (capacity - sum) / use[k]);
      sum += part * use[k];
      cost += part * price[arrival[k]];
    }
    return weight * Math.min(capacity, sum) - cost;
  }

  /** What the set is worth beyond its prices, at least 0. */
  double gain() {
    return gain;
  }

  /** What no set exceeds. */
  double bound() {
    return Math.max(gain, bound);
  }

  /** What the set is worth. */
  double worth() {
    double used = 0;
    for (int k = 0; k < best.length; k++) {
      used += best[k] ? use[k] : 0;
    }
    return weight * Math.min(capacity, used);
  }

  /** The arrivals of the set. */
  int[] arrivals() {
    return IntStream.range(0, best.length).filter(k -> best[k]).map(k -> arrival[k]).toArray();
  }
}
