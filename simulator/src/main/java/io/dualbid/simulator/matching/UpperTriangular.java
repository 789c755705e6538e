package io.dualbid.simulator.matching;

import io.dualbid.core.matching.Arrival;
import io.dualbid.core.model.Hash;
import java.util.Arrays;

/**
 * The upper-triangular family: n vertices of weight and capacity 1 in a hidden order, and as many
 * groups of identical arrivals; group g sees all but the first g. With certain matches it is the
 * classical instance against which nobody has more than 1 - 1/e.
 *
 * <p>Made up as it is read, O(n) an arrival and O(n) memory.
 */
public final class UpperTriangular implements MatchingArrivals {
  private final int[] order;
  private final double probability;
  private final double later;
  private final int copies;

  private UpperTriangular(int[] order, double probability, double later, int copies) {
    if (order.length < 1 || copies < 1 || (long) copies * order.length > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "vertices and copies >= 1, 2^31 - 1 arrivals at most: " + order.length + ", " + copies);
    }
    this.order = order;
    this.probability = probability;
    this.later = later;
    this.copies = copies;
  }

  /** In a uniformly random order, a function of the seed. */
  public static UpperTriangular hidden(int vertices, double probability, int copies, long seed) {
    return new UpperTriangular(order(vertices, seed), probability, probability, copies);
  }

  /**
   * In a random order, and vertices that will be shown again succeed with the root of the
   * probability: greedy fills them too early.
   *
   * @throws IllegalArgumentException if a group can't fill a vertex, as the optimum is then another
   */
  public static UpperTriangular unequal(int vertices, double probability, int copies, long seed) {
    if (copies * probability < 1 - 1e-9) {
      throw new IllegalArgumentException(
          "found "
              + copies
              + " copies of probability "
              + probability
              + "; accepted: 1/probability");
    }
    return new UpperTriangular(order(vertices, seed), probability, Math.sqrt(probability), copies);
  }

  private static int[] order(int vertices, long seed) {
    int[] order = new int[vertices];
    for (int i = 0; i < vertices; i++) {
      // The inside-out shuffle.
      int j = (int) (Hash.unit(Hash.mix(Hash.mix(seed) + i * Hash.GOLDEN_GAMMA)) * (i + 1));
      order[i] = order[j];
      order[j] = i;
    }
    return order;
  }

  /**
   * In the order that is worst for greedy: among equals the lowest vertex is taken, and here that
   * is the one that would have been shown longest.
   */
  public static UpperTriangular trap(int vertices, double probability, int copies) {
    int[] order = new int[vertices];
    for (int i = 0; i < vertices; i++) {
      order[i] = vertices - 1 - i;
    }
    return new UpperTriangular(order, probability, probability, copies);
  }

  /**
   * The optimum of the matching LP: each group fills the vertex that is shown no more after it.
   * With unequal probabilities and groups too small for that, what this brings, which may be less.
   */
  public double matchingLp() {
    return order.length * Math.min(1, probability * copies);
  }

  @Override
  public int arrivals() {
    return order.length * copies;
  }

  @Override
  public double[] weights() {
    double[] ones = new double[order.length];
    Arrays.fill(ones, 1);
    return ones;
  }

  @Override
  public long[] capacities() {
    long[] ones = new long[order.length];
    Arrays.fill(ones, 1);
    return ones;
  }

  @Override
  public Arrival read(int arrival, Arrival into) {
    into.clear();
    int group = arrival / copies;
    into.edge(order[group], probability);
    for (int i = group + 1; i < order.length; i++) {
      into.edge(order[i], later);
    }
    return into;
  }
}
