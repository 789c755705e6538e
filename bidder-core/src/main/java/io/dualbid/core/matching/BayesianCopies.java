package io.dualbid.core.matching;

/**
 * Nodes that can be used several times, as that many nodes that can be used once: copies of node i
 * stand together, and a type sees each of them as it sees the node. A solution of the program for
 * the nodes, split evenly, is one for the copies, and by symmetry no worse than any other.
 */
public final class BayesianCopies {
  private final BayesianInstance nodes;
  private final BayesianInstance copies;
  private final int[] capacity;
  private final int[] node;

  /**
   * Copies of an instance's nodes.
   *
   * @param capacity how often each can be used, at least once
   */
  public BayesianCopies(BayesianInstance nodes, int[] capacity) {
    if (capacity.length != nodes.nodes()) {
      throw new IllegalArgumentException(
          "a capacity for each of " + nodes.nodes() + " nodes: " + capacity.length);
    }
    this.nodes = nodes;
    this.capacity = capacity.clone();
    int[] first = new int[capacity.length + 1];
    for (int i = 0; i < capacity.length; i++) {
      if (capacity[i] < 1) {
        throw new IllegalArgumentException("a capacity must be >= 1: " + i + ", " + capacity[i]);
      }
      first[i + 1] = Math.addExact(first[i], capacity[i]);
    }
    node = new int[first[capacity.length]];
    for (int i = 0; i < capacity.length; i++) {
      for (int copy = first[i]; copy < first[i + 1]; copy++) {
        node[copy] = i;
      }
    }
    copies = copies(nodes, first);
  }

  private static BayesianInstance copies(BayesianInstance nodes, int[] first) {
    BayesianInstance.Builder builder = new BayesianInstance.Builder(first[first.length - 1]);
    for (int t = 0; t < nodes.rounds(); t++) {
      builder.round();
      for (int type = nodes.firstType(t); type < nodes.firstType(t + 1); type++) {
        builder.type(nodes.probability(type));
        for (int e = nodes.firstEdge(type); e < nodes.firstEdge(type + 1); e++) {
          for (int copy = first[nodes.node(e)]; copy < first[nodes.node(e) + 1]; copy++) {
            builder.weight(copy, nodes.weight(e));
          }
        }
      }
    }
    return builder.build();
  }

  /** The instance of the copies; types are numbered as in that of the nodes. */
  public BayesianInstance instance() {
    return copies;
  }

  /** The node of a copy. */
  public int node(int copy) {
    return node[copy];
  }

  /**
   * Splits a solution for the nodes evenly over their copies.
   *
   * @param x one number for each edge of the instance of the nodes
   * @return one for each edge of that of the copies
   */
  public double[] split(double[] x) {
    double[] split = new double[copies.edges()];
    for (int type = 0; type < nodes.types(); type++) {
      for (int e = copies.firstEdge(type); e < copies.firstEdge(type + 1); e++) {
        int itsNode = node[copies.node(e)];
        split[e] = x[nodes.edge(type, itsNode)] / capacity[itsNode];
      }
    }
    return split;
  }
}
