package io.dualbid.core.matching;

/**
 * Greedy on gains that are perturbed once for each vertex: {@code gain · (1 - e^(rank - 1))}.
 *
 * <p>In expectation 1 - 1/e of the best non-anticipating policy where probabilities decompose into
 * a factor of the vertex and one of the arrival; with certain matches it is vertex-weighted
 * Ranking.
 *
 * @see "Goyal, Udwani: Online Matching with Stochastic Rewards: Optimal Competitive Ratio via Path
 *     Based Formulation, EC 2020"
 * @see "Aggarwal, Goel, Karande, Mehta: Online Vertex-Weighted Bipartite Matching, SODA 2011"
 */
public final class PerturbedGreedy extends KeyedPolicy {
  private final double[] factor;

  /**
   * With these ranks.
   *
   * @param ranks one in [0, 1] for each vertex, see {@link Ranks}; copied
   */
  public PerturbedGreedy(double[] ranks) {
    factor = Ranks.checked(ranks);
    for (int v = 0; v < factor.length; v++) {
      factor[v] = 1 - StrictMath.exp(factor[v] - 1);
    }
  }

  @Override
  public double discount(int vertex, MatchingView view) {
    return factor[vertex];
  }
}
