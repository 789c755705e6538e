package io.dualbid.core.matching;

import java.util.Arrays;

/**
 * An arrival and what it shows: the vertices that may take it, how likely each is to succeed, and
 * how much of its capacity a success would use.
 *
 * <p>A buffer that its owner fills anew for each arrival; it grows and never shrinks, so in the
 * steady state nothing is allocated. Not thread safe.
 */
public final class Arrival {
  private static final int FIRST_SIZE = 16;

  private int[] vertex = new int[FIRST_SIZE];
  private double[] probability = new double[FIRST_SIZE];
  private long[] amount = new long[FIRST_SIZE];
  private double[] reward = new double[FIRST_SIZE];
  private int size;

  /** Forgets all edges. */
  public Arrival clear() {
    size = 0;
    return this;
  }

  /** Adds an edge of which a success uses one unit of capacity. */
  public Arrival edge(int itsVertex, double itsProbability) {
    return edge(itsVertex, itsProbability, 1);
  }

  /**
   * Adds an edge of which a success brings the weight of the vertex for each unit it uses.
   *
   * @param itsVertex number of the vertex, at least 0
   * @param itsProbability of success, above 0, at most 1
   * @param itsAmount what a success uses of the vertex's capacity, in its units (one success, or
   *     nanos of its budget), at least 1
   * @throws IllegalArgumentException if a number is out of its range
   */
  public Arrival edge(int itsVertex, double itsProbability, long itsAmount) {
    return add(itsVertex, itsProbability, itsAmount, Double.NaN);
  }

  /**
   * Adds an edge, in any order; each vertex at most once.
   *
   * @param itsReward what a success brings, whatever it uses; finite, at least 0
   * @throws IllegalArgumentException if a number is out of its range
   */
  public Arrival edge(int itsVertex, double itsProbability, long itsAmount, double itsReward) {
    if (!(itsReward >= 0) || Double.isInfinite(itsReward)) {
      throw new IllegalArgumentException(
          "an edge needs a finite reward >= 0: " + itsVertex + ", " + itsReward);
    }
    return add(itsVertex, itsProbability, itsAmount, itsReward);
  }

  private Arrival add(int itsVertex, double itsProbability, long itsAmount, double itsReward) {
    if (itsVertex < 0 || !(itsProbability > 0 && itsProbability <= 1) || itsAmount < 1) {
      throw new IllegalArgumentException(
          "an edge needs a vertex >= 0, 0 < probability <= 1, amount >= 1: "
              + itsVertex
              + ", "
              + itsProbability
              + ", "
              + itsAmount);
    }
    if (size == vertex.length) {
      vertex = Arrays.copyOf(vertex, 2 * size);
      probability = Arrays.copyOf(probability, 2 * size);
      amount = Arrays.copyOf(amount, 2 * size);
      reward = Arrays.copyOf(reward, 2 * size);
    }
    vertex[size] = itsVertex;
    probability[size] = itsProbability;
    amount[size] = itsAmount;
    reward[size++] = itsReward;
    return this;
  }

  /** Number of edges. */
  public int size() {
    return size;
  }

  /** The vertex of an edge. */
  public int vertex(int edge) {
    return vertex[edge];
  }

  /** How likely an edge is to succeed. */
  public double probability(int edge) {
    return probability[edge];
  }

  /** What a success on an edge uses of the vertex's capacity, in its units. */
  public long amount(int edge) {
    return amount[edge];
  }

  /** What a success on an edge brings; NaN where that is the vertex's weight times the amount. */
  public double reward(int edge) {
    return reward[edge];
  }

  /** What a success on an edge brings, of a vertex of this weight. */
  double rewardAt(int edge, double weight) {
    return Double.isNaN(reward[edge]) ? weight * amount[edge] : reward[edge];
  }

  /** What an assignment along an edge is expected to bring, of a vertex of this weight. */
  double gain(int edge, double weight) {
    return Double.isNaN(reward[edge])
        ? weight * expectedAmount(edge)
        : reward[edge] * probability[edge];
  }

  /** What an assignment along an edge is expected to use, in units of the vertex's capacity. */
  public double expectedAmount(int edge) {
    return probability[edge] * amount[edge];
  }

  /** The edge to a vertex, or -1. */
  public int edgeTo(int itsVertex) {
    for (int e = 0; e < size; e++) {
      if (vertex[e] == itsVertex) {
        return e;
      }
    }
    return -1;
  }
}
