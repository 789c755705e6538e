package io.dualbid.simulator.matching;

import io.dualbid.core.matching.Arrival;
import java.util.Arrays;

/**
 * Arrivals in their order, each with its edges, and the offline side: the whole of a problem of
 * matching with stochastic rewards, without the coins.
 *
 * <p>Flat columns: the edges of arrival {@code t} are {@code firstEdge(t)} up to {@code firstEdge(t
 * + 1)}. Read only once built.
 */
public final class MatchingInstance implements MatchingArrivals {
  private static final double PROPORTION = 1e-9;

  private final double[] weight;
  private final long[] capacity;
  private final int[] firstEdge;
  private final int[] vertex;
  private final double[] probability;
  private final long[] amount;
  private final double[] reward;

  private MatchingInstance(Builder builder) {
    weight = builder.weight;
    capacity = builder.capacity;
    firstEdge = Arrays.copyOf(builder.firstEdge, builder.arrivals + 1);
    firstEdge[builder.arrivals] = builder.edges;
    vertex = Arrays.copyOf(builder.vertex, builder.edges);
    probability = Arrays.copyOf(builder.probability, builder.edges);
    amount = Arrays.copyOf(builder.amount, builder.edges);
    reward = Arrays.copyOf(builder.reward, builder.edges);
  }

  /** Number of vertices. */
  public int vertices() {
    return weight.length;
  }

  @Override
  public double[] weights() {
    return weight.clone();
  }

  @Override
  public long[] capacities() {
    return capacity.clone();
  }

  double weight(int itsVertex) {
    return weight[itsVertex];
  }

  long capacity(int itsVertex) {
    return capacity[itsVertex];
  }

  @Override
  public int arrivals() {
    return firstEdge.length - 1;
  }

  /** Number of edges of all arrivals. */
  public int edges() {
    return vertex.length;
  }

  int firstEdge(int arrival) {
    return firstEdge[arrival];
  }

  int vertex(int edge) {
    return vertex[edge];
  }

  double probability(int edge) {
    return probability[edge];
  }

  /** What a success uses of its vertex's capacity. */
  long amount(int edge) {
    return amount[edge];
  }

  /** What a success brings. */
  double reward(int edge) {
    return reward[edge];
  }

  /** Whether each success brings its vertex's weight for each unit that it uses. */
  boolean isByWeight() {
    for (int e = 0; e < reward.length; e++) {
      double own = weight[vertex[e]] * amount[e];
      if (Math.abs(reward[e] - own) > PROPORTION * own) {
        return false;
      }
    }
    return true;
  }

  @Override
  public Arrival read(int arrival, Arrival into) {
    into.clear();
    for (int e = firstEdge[arrival]; e < firstEdge[arrival + 1]; e++) {
      into.edge(vertex[e], probability[e], amount[e], reward[e]);
    }
    return into;
  }

  /** Collects an instance: each arrival, followed by its edges. */
  public static final class Builder {
    private final double[] weight;
    private final long[] capacity;
    private int[] firstEdge = new int[64];
    private int arrivals;
    private int[] vertex = new int[64];
    private double[] probability = new double[64];
    private long[] amount = new long[64];
    private double[] reward = new double[64];
    private int edges;

    /** With this offline side; copied. */
    public Builder(double[] weight, long[] capacity) {
      if (weight.length != capacity.length) {
        throw new IllegalArgumentException(
            "as many weights as capacities: " + weight.length + ", " + capacity.length);
      }
      this.weight = weight.clone();
      this.capacity = capacity.clone();
    }

    /** With so many vertices of weight and capacity 1. */
    public static Builder unit(int vertices) {
      double[] ones = new double[vertices];
      Arrays.fill(ones, 1);
      long[] once = new long[vertices];
      Arrays.fill(once, 1);
      return new Builder(ones, once);
    }

    /** Begins an arrival. */
    public Builder arrival() {
      if (arrivals + 1 == firstEdge.length) {
        firstEdge = Arrays.copyOf(firstEdge, 2 * firstEdge.length);
      }
      firstEdge[arrivals++] = edges;
      return this;
    }

    /** Adds an edge of which a success uses one unit and brings the vertex's weight. */
    public Builder edge(int itsVertex, double itsProbability) {
      boolean inRange = itsVertex >= 0 && itsVertex < weight.length;
      return edge(itsVertex, itsProbability, 1, inRange ? weight[itsVertex] : 0);
    }

    /**
     * Adds an edge to the arrival; each vertex once.
     *
     * @param itsAmount what a success uses of the vertex's capacity, at least 1
     * @param itsReward what it brings, finite, at least 0
     */
    public Builder edge(int itsVertex, double itsProbability, long itsAmount, double itsReward) {
      if (arrivals == 0
          || itsVertex < 0
          || itsVertex >= weight.length
          || !(itsProbability > 0 && itsProbability <= 1)
          || itsAmount < 1
          || !(itsReward >= 0)) {
        throw new IllegalArgumentException(
            "an arrival, a vertex, 0 < probability <= 1, amount >= 1, reward >= 0: "
                + itsVertex
                + ", "
                + itsProbability
                + ", "
                + itsAmount
                + ", "
                + itsReward);
      }
      if (edges == vertex.length) {
        vertex = Arrays.copyOf(vertex, 2 * edges);
        probability = Arrays.copyOf(probability, 2 * edges);
        amount = Arrays.copyOf(amount, 2 * edges);
        reward = Arrays.copyOf(reward, 2 * edges);
      }
      vertex[edges] = itsVertex;
      probability[edges] = itsProbability;
      amount[edges] = itsAmount;
      reward[edges++] = itsReward;
      return this;
    }

    /** The instance. */
    public MatchingInstance build() {
      return new MatchingInstance(this);
    }
  }
}
