package io.dualbid.core.matching;

import java.util.Arrays;

/**
 * Arrivals of a known law: in each round at most one comes, of a type drawn independently of all
 * other rounds, and each type says what a certain match with each offline node is worth. Nodes are
 * used at most once.
 *
 * <p>Flat columns: the types of round {@code t} are {@code firstType(t)} up to {@code firstType(t +
 * 1)}, the edges of a type likewise; a type's edges are in falling order of weight, of equal ones
 * the lower node first. Read only once built.
 */
public final class BayesianInstance {
  private static final double TOLERANCE = 1e-9;

  private final int nodes;
  private final int[] firstType;
  private final double[] probability;
  private final int[] firstEdge;
  private final int[] node;
  private final double[] weight;

  private BayesianInstance(Builder builder) {
    nodes = builder.nodes;
    firstType = Arrays.copyOf(builder.firstType, builder.rounds + 1);
    firstType[builder.rounds] = builder.types;
    probability = Arrays.copyOf(builder.probability, builder.types);
    firstEdge = Arrays.copyOf(builder.firstEdge, builder.types + 1);
    firstEdge[builder.types] = builder.edges;
    node = Arrays.copyOf(builder.node, builder.edges);
    weight = Arrays.copyOf(builder.weight, builder.edges);
    for (int type = 0; type < builder.types; type++) {
      sort(firstEdge[type], firstEdge[type + 1]);
    }
    for (int t = 0; t < builder.rounds; t++) {
      double sum = 0;
      for (int type = firstType[t]; type < firstType[t + 1]; type++) {
        sum += probability[type];
      }
      if (sum > 1 + TOLERANCE) {
        throw new IllegalArgumentException(
            "the probabilities of a round may sum to 1 at most: round " + t + ", " + sum);
      }
    }
  }

  /** By insertion: types have few edges, and instances are built once. */
  private void sort(int from, int to) {
    for (int i = from + 1; i < to; i++) {
      int itsNode = node[i];
      double itsWeight = weight[i];
      int at = i;
      while (at > from
          && (weight[at - 1] < itsWeight
              || (weight[at - 1] == itsWeight && node[at - 1] > itsNode))) {
        node[at] = node[at - 1];
        weight[at] = weight[at - 1];
        at--;
      }
      node[at] = itsNode;
      weight[at] = itsWeight;
    }
  }

  /** Number of offline nodes. */
  public int nodes() {
    return nodes;
  }

  /** Number of rounds. */
  public int rounds() {
    return firstType.length - 1;
  }

  /** The first type of a round; types are numbered through all rounds. */
  public int firstType(int round) {
    return firstType[round];
  }

  /** Number of types of all rounds. */
  public int types() {
    return probability.length;
  }

  /** Number of edges of all types. */
  public int edges() {
    return node.length;
  }

  /** How likely a type is in its round. */
  public double probability(int type) {
    return probability[type];
  }

  /** The first edge of a type. */
  public int firstEdge(int type) {
    return firstEdge[type];
  }

  /** The node of an edge. */
  public int node(int edge) {
    return node[edge];
  }

  /** What a match along an edge is worth, at least 0. */
  public double weight(int edge) {
    return weight[edge];
  }

  /** The edge of a type to a node, or -1. */
  public int edge(int type, int itsNode) {
    for (int e = firstEdge[type]; e < firstEdge[type + 1]; e++) {
      if (node[e] == itsNode) {
        return e;
      }
    }
    return -1;
  }

  /** The type that a uniform number in [0, 1) draws in a round, or -1 if nobody comes. */
  public int draw(int round, double uniform) {
    double below = 0;
    for (int type = firstType[round]; type < firstType[round + 1]; type++) {
      below += probability[type];
      if (uniform < below) {
        return type;
      }
    }
    return -1;
  }

  /**
   * What is still to come: the rounds from one on, without the nodes that are gone. A type has the
   * number that it has here, less {@code firstType(round)}.
   *
   * @param left which nodes are left
   */
  public BayesianInstance rest(int round, boolean[] left) {
    Builder builder = new Builder(nodes);
    for (int t = round; t < rounds(); t++) {
      builder.round();
      for (int type = firstType(t); type < firstType(t + 1); type++) {
        builder.type(probability(type));
        for (int e = firstEdge(type); e < firstEdge(type + 1); e++) {
          if (left[node(e)]) {
            builder.weight(node(e), weight(e));
          }
        }
      }
    }
    return builder.build();
  }

  /** Collects an instance: each round, then its types, each followed by its weights. */
  public static final class Builder {
    private final int nodes;
    private int[] firstType = new int[16];
    private int rounds;
    private double[] probability = new double[16];
    private int[] firstEdge = new int[16];
    private int types;
    private int[] node = new int[64];
    private double[] weight = new double[64];
    private int edges;

    /** Of so many offline nodes. */
    public Builder(int nodes) {
      this.nodes = nodes;
    }

    /** Begins a round. */
    public Builder round() {
      if (rounds + 1 == firstType.length) {
        firstType = Arrays.copyOf(firstType, 2 * firstType.length);
      }
      firstType[rounds++] = types;
      return this;
    }

    /** Begins a type of the round. */
    public Builder type(double itsProbability) {
      if (rounds == 0 || !(itsProbability >= 0 && itsProbability <= 1)) {
        throw new IllegalArgumentException(
            "a round, and a probability in [0, 1]: " + itsProbability);
      }
      if (types + 1 == firstEdge.length) {
        firstEdge = Arrays.copyOf(firstEdge, 2 * firstEdge.length);
        probability = Arrays.copyOf(probability, 2 * probability.length);
      }
      probability[types] = itsProbability;
      firstEdge[types++] = edges;
      return this;
    }

    /** What a match of the type with a node is worth, each node once; 0 where it is not there. */
    public Builder weight(int itsNode, double itsWeight) {
      boolean inRange = itsNode >= 0 && itsNode < nodes && itsWeight >= 0;
      if (types == 0 || !inRange || Double.isInfinite(itsWeight)) {
        throw new IllegalArgumentException(
            "a type, a node and a finite weight >= 0: " + itsNode + ", " + itsWeight);
      }
      for (int e = firstEdge[types - 1]; e < edges; e++) {
        if (node[e] == itsNode) {
          throw new IllegalArgumentException("a node once for each type: " + itsNode);
        }
      }
      if (edges == node.length) {
        node = Arrays.copyOf(node, 2 * edges);
        weight = Arrays.copyOf(weight, 2 * edges);
      }
      node[edges] = itsNode;
      weight[edges++] = itsWeight;
      return this;
    }

    /** The instance. */
    public BayesianInstance build() {
      return new BayesianInstance(this);
    }
  }
}
