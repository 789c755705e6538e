package io.dualbid.core.matching;

/**
 * Balances <em>realised</em> spend: takes the highest gain times {@code 1 - e^(spent/budget - 1)},
 * where spent is what was charged and what is reserved. An edge's amount is the price of a success;
 * it is eligible only if the whole of it is left.
 *
 * <p>1 - 1/e of the optimum as prices get small against budgets, with certain matches. With small
 * prices it agrees with {@link StochasticBalance}; with room for one success only expected load
 * moves before the end, so take that there.
 *
 * @see "Mehta, Saberi, Vazirani, Vazirani: AdWords and Generalized Online Matching, J. ACM 54(5),
 *     2007"
 */
public final class BudgetBalance extends KeyedPolicy {
  @Override
  public double discount(int vertex, MatchingView view) {
    double spent = view.consumed(vertex) + view.reserved(vertex);
    return 1 - StrictMath.exp(spent / view.capacity(vertex) - 1);
  }
}
