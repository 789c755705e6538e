package io.dualbid.core.matching;

/**
 * A policy that gives each available neighbour a key and takes the highest; equal keys are told
 * apart by a second key, then by the lower number of the vertex, whatever the order of the edges.
 *
 * <p>O(edges), no allocation.
 */
public abstract class KeyedPolicy implements MatchingPolicy {
  /** Lets subclasses be made. */
  protected KeyedPolicy() {}

  /**
   * What the policy makes of a vertex beyond its gain: the factor that the gain is multiplied with
   * where the key is such a product, else what the key is made of.
   */
  public abstract double discount(int vertex, MatchingView view);

  /** The key of an edge, higher is better; by default the discounted gain. */
  public double key(Arrival arrival, int edge, MatchingView view) {
    int vertex = arrival.vertex(edge);
    return arrival.gain(edge, view.weight(vertex)) * discount(vertex, view);
  }

  /** What decides among equal keys, higher is better. */
  public double secondKey(Arrival arrival, int edge, MatchingView view) {
    return 0;
  }

  /** Neighbours with no higher key than this are left alone. */
  protected double threshold() {
    return Double.NEGATIVE_INFINITY;
  }

  /** Called when an arrival has been decided, before {@link #assigned}. */
  protected void decided() {}

  @Override
  public final int choose(Arrival arrival, MatchingView view) {
    int best = NONE;
    double bestKey = threshold();
    double bestSecond = 0;
    for (int e = 0; e < arrival.size(); e++) {
      int vertex = arrival.vertex(e);
      if (!view.available(vertex, arrival.amount(e))) {
        continue;
      }
      double key = key(arrival, e, view);
      if (key < bestKey || (best == NONE && key == bestKey)) {
        continue;
      }
      double second = secondKey(arrival, e, view);
      if (key > bestKey || second > bestSecond || (second == bestSecond && vertex < best)) {
        best = vertex;
        bestKey = key;
        bestSecond = second;
      }
    }
    decided();
    return best;
  }
}
