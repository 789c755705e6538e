package io.dualbid.core.matching;

import java.util.ArrayList;
import java.util.List;

/**
 * What a policy made of one vertex for one arrival, for those who ask why.
 *
 * @param vertex its number
 * @param probability of success; 0 without an edge
 * @param load expected consumption so far as a share of the capacity
 * @param discount as {@link KeyedPolicy#discount} has it
 * @param key higher is better
 * @param standing whether it took part, or why not
 */
public record Neighbour(
    int vertex, double probability, double load, double discount, double key, Standing standing) {
  /** Whether a vertex took part. */
  public enum Standing {
    AVAILABLE,
    /** Successes have used what there was. */
    CAPACITY,
    /** There would be room but for attempts under way. */
    RESERVED,
    /** In Bayesian matching: matched or discarded before. */
    NOT_FREE,
    /** The arrival shows no edge to it. */
    NO_EDGE
  }

  /**
   * Every vertex that was asked for, in that order, as it is before the arrival is decided; nothing
   * changes. Allocates; not for the decision path.
   */
  public static List<Neighbour> explain(
      KeyedPolicy policy, Arrival arrival, MatchingView view, int... vertices) {
    List<Neighbour> neighbours = new ArrayList<>();
    for (int vertex : vertices) {
      int edge = arrival.edgeTo(vertex);
      double load = view.load(vertex);
      double discount = policy.discount(vertex, view);
      neighbours.add(
          edge < 0
              ? new Neighbour(vertex, 0, load, discount, Double.NaN, Standing.NO_EDGE)
              : new Neighbour(
                  vertex,
                  arrival.probability(edge),
                  load,
                  discount,
                  policy.key(arrival, edge, view),
                  standing(view, vertex, arrival.amount(edge))));
    }
    return neighbours;
  }

  private static Standing standing(MatchingView view, int vertex, long amount) {
    if (view.available(vertex, amount)) {
      return Standing.AVAILABLE;
    }
    return view.capacity(vertex) - view.consumed(vertex) < amount
        ? Standing.CAPACITY
        : Standing.RESERVED;
  }
}
