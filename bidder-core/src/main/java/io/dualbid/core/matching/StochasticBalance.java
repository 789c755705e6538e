package io.dualbid.core.matching;

/**
 * Balances <em>expected</em> consumption: takes the highest gain discounted by the vertex's load,
 * which counts failures and attempts under way too; of equal keys the least load.
 *
 * <p>With equal probabilities and weights every discount is the same rule, least load first.
 * Guarantees for vanishing probabilities: 0.611 of the best non-anticipating policy, 0.613 if they
 * are equal, 0.567 of the matching LP. None is claimed for large ones. With large capacities it
 * behaves as balance for fractional budgets, near 1 - 1/e.
 *
 * @see "Mehta, Panigrahi: Online Matching with Stochastic Rewards, FOCS 2012 (equal probabilities)"
 * @see "Huang, Zhang: Online Primal Dual Meets Online Matching with Stochastic Rewards, STOC 2020
 *     (unequal ones; their discount solves a differential equation, ours are two closed forms)"
 */
public final class StochasticBalance extends KeyedPolicy {
  private final Discount discount;

  /** With this discount. */
  public StochasticBalance(Discount discount) {
    this.discount = discount;
  }

  @Override
  public double discount(int vertex, MatchingView view) {
    return discount.of(view.load(vertex));
  }

  @Override
  public double key(Arrival arrival, int edge, MatchingView view) {
    return discount == Discount.BALANCE
        ? discount(arrival.vertex(edge), view)
        : super.key(arrival, edge, view);
  }

  @Override
  public double secondKey(Arrival arrival, int edge, MatchingView view) {
    return -view.load(arrival.vertex(edge));
  }
}
