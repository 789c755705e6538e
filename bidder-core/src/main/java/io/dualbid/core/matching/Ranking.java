package io.dualbid.core.matching;

/**
 * Takes the neighbour of the lowest rank; ranks are drawn once. Weights and probabilities are not
 * looked at. With certain matches and equal weights 1 - 1/e in expectation, the best possible.
 *
 * @see "Karp, Vazirani, Vazirani: An Optimal Algorithm for On-line Bipartite Matching, STOC 1990"
 */
public final class Ranking extends KeyedPolicy {
  private final double[] ranks;

  /**
   * With these ranks.
   *
   * @param ranks one in [0, 1] for each vertex, see {@link Ranks}; copied
   */
  public Ranking(double[] ranks) {
    this.ranks = Ranks.checked(ranks);
  }

  @Override
  public double discount(int vertex, MatchingView view) {
    return -ranks[vertex];
  }

  @Override
  public double key(Arrival arrival, int edge, MatchingView view) {
    return discount(arrival.vertex(edge), view);
  }
}
