package io.dualbid.simulator.simulation;

import io.dualbid.core.model.Campaign.Objective;
import io.dualbid.core.model.Money;
import io.dualbid.simulator.hindsight.AllocationLp;
import io.dualbid.simulator.hindsight.AllocationOptimum;
import io.dualbid.simulator.hindsight.AllocationProblem;
import io.dualbid.simulator.hindsight.DualDescent;
import io.dualbid.simulator.hindsight.Knapsack;
import io.dualbid.simulator.market.Auctions;
import io.dualbid.simulator.market.Market;
import io.dualbid.simulator.scenario.Advertisers;
import io.dualbid.simulator.scenario.Policy;
import org.jspecify.annotations.Nullable;

/**
 * The best that could have been had of a stream, knowing all of it with its true values: under the
 * budget, and under budget and return on spend. Reckoned when it is asked for, once. Of several
 * campaigns each auction goes to at most one, at the competing price.
 *
 * <p>Of many campaigns the dual bound is told, which no allocation exceeds.
 */
final class Optima {
  /** Smallest multiplier that a policy starts from where the budget doesn't bind. */
  private static final double FREE = 1e-9;

  private final Market market;
  private final Auctions auctions;
  private final Advertisers advertisers;
  private final @Nullable Optimum[] known = new Optimum[2];

  /**
   * An optimum.
   *
   * @param gain the greatest gain
   * @param budgetPrice shadow price of the budget; of several campaigns NaN
   */
  record Optimum(double gain, double budgetPrice) {}

  Optima(Market market, Auctions auctions, Advertisers advertisers) {
    this.market = market;
    this.auctions = auctions;
    this.advertisers = advertisers;
  }

  /** The optimum under the constraints of a policy. */
  Optimum under(Policy policy) {
    int which = policy.keepsRos() ? 1 : 0;
    Optimum optimum = known[which];
    if (optimum == null) {
      optimum = advertisers.count() == 1 ? alone(policy.keepsRos()) : shared(policy.keepsRos());
      known[which] = optimum;
    }
    return optimum;
  }

  /** The multiplier of the optimum, as a policy may start from it. */
  double multiplier(Policy policy) {
    return policy.startsFromHindsight()
        ? Math.max(FREE, under(policy).budgetPrice())
        : advertisers.startMultiplier();
  }

  private Optimum alone(boolean returning) {
    double budget = Money.units(advertisers.budgetNanos(auctions.count()));
    double[] prices = auctions.prices();
    double[] gains = auctions.values();
    if (advertisers.objective() == Objective.PROFIT) {
      for (int i = 0; i < gains.length; i++) {
        gains[i] -= prices[i];
      }
    }
    Knapsack best =
        returning
            ? Knapsack.solve(gains, prices, advertisers.targetRos(), budget)
            : Knapsack.solve(gains, prices, budget);
    return new Optimum(best.value(), best.shadowPrice());
  }

  private Optimum shared(boolean returning) {
    int count = advertisers.count();
    AllocationProblem.Builder builder = new AllocationProblem.Builder();
    double budget = Money.units(advertisers.budgetNanos(auctions.count()));
    int[] money = new int[count];
    int[] slack = new int[count];
    for (int k = 0; k < count; k++) {
      money[k] = builder.row(Advertisers.id(k) + ".budget", budget);
      slack[k] = returning ? builder.row(Advertisers.id(k) + ".ros", 0) : -1;
    }
    boolean profit = advertisers.objective() == Objective.PROFIT;
    for (int i = 0; i < auctions.count(); i++) {
      builder.arrival();
      double price = auctions.price(i);
      for (int k = 0; k < count; k++) {
        int segment = Advertisers.segment(market, k);
        double value = advertisers.valueFactor(k) * auctions.value(i);
        double reward = profit ? value - price : value;
        if (reward > 0 && (segment < 0 || segment == auctions.segment(i))) {
          builder.option(reward).takes(money[k], price);
          if (slack[k] >= 0) {
            builder.takes(slack[k], price - value / advertisers.targetRos());
          }
        }
      }
    }
    AllocationProblem problem = builder.build();
    AllocationOptimum best =
        problem.options() <= AllocationLp.MOST_OPTIONS / 5
            ? AllocationLp.solve(problem)
            : DualDescent.solve(problem);
    return new Optimum(best.bound(), Double.NaN);
  }
}
