package io.dualbid.simulator.matching;

import io.dualbid.core.matching.Arrival;
import java.util.Arrays;

/**
 * Arrivals in their order, each with its edges, and the offline side: the whole of a problem of
 * matching with stochastic rewards, without the coins. A success uses one unit of capacity.
 *
 * <p>Flat columns: the edges of arrival {@code t} are {@code firstEdge(t)} up to {@code firstEdge(t
 * + 1)}. Read only once built.
 */
public final class MatchingInstance implements MatchingArrivals {
  private final double[] weight;
  private final long[] capacity;
  private final int[] firstEdge;
  private final int[] vertex;
  private final double[] probability;

  private MatchingInstance(Builder builder) {
    weight = builder.weight;
    capacity = builder.capacity;
    firstEdge = Arrays.copyOf(builder.firstEdge, builder.arrivals + 1);
    firstEdge[builder.arrivals] = builder.edges;
    vertex = Arrays.copyOf(builder.vertex, builder.edges);
    probability = Arrays.copyOf(builder.probability, builder.edges);
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

  @Override
  public Arrival read(int arrival, Arrival into) {
    into.clear();
    for (int e = firstEdge[arrival]; e < firstEdge[arrival + 1]; e++) {
      into.edge(vertex[e], probability[e]);
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

    /** Adds an edge to the arrival; each vertex once. */
    public Builder edge(int itsVertex, double itsProbability) {
      if (arrivals == 0
          || itsVertex < 0
          || itsVertex >= weight.length
          || !(itsProbability > 0 && itsProbability <= 1)) {
        throw new IllegalArgumentException(
            "an arrival, a vertex and 0 < probability <= 1: " + itsVertex + ", " + itsProbability);
      }
      if (edges == vertex.length) {
        vertex = Arrays.copyOf(vertex, 2 * edges);
        probability = Arrays.copyOf(probability, 2 * edges);
      }
      vertex[edges] = itsVertex;
      probability[edges++] = itsProbability;
      return this;
    }

    /** The instance. */
    public MatchingInstance build() {
      return new MatchingInstance(this);
    }
  }
}
