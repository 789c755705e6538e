package io.dualbid.simulator.play;

import static org.assertj.core.api.Assertions.assertThat;

import io.dualbid.core.model.Campaign;
import io.dualbid.core.model.Campaign.Mirror;
import io.dualbid.core.model.Campaign.Objective;
import io.dualbid.core.model.Multipliers;
import io.dualbid.core.model.Strategy;
import io.dualbid.core.model.Strategy.Constraint;
import org.junit.jupiter.api.Test;

/** A campaign with a budget of 10 and a highest bid of 0.03. */
class BindingTest {
  private static final Campaign CAMPAIGN =
      GeneratedCampaigns.of(1, 10, 1, 0, 60_000).get(0).withBudget(10_000_000_000L);

  private static String binds(
      Strategy strategy, double spent, double value, double meanBid, double mu, double lambda) {
    return Binding.of(
        CAMPAIGN.with(strategy),
        (long) (spent * 1e9),
        value,
        meanBid * 1e9,
        new Multipliers(mu, lambda, 1));
  }

  @Test
  void isTheBudgetWhereThatIsUsedUp() {
    assertThat(binds(Strategy.value(1), 9.8, 20, 0.002, 1, 0)).isEqualTo("budget");
  }

  @Test
  void isTheReturnWhereHardlyMoreIsEarnedThanItAsksFor() {
    Strategy both = Strategy.value(1).keeping(Constraint.BOTH, 2, false);
    assertThat(binds(both, 5, 10.4, 0.002, 0.01, 0.3)).isEqualTo("return");
    assertThat(binds(both, 5, 14, 0.002, 0.5, 0.3)).isEqualTo("pacing");
  }

  @Test
  void isTheValueWhereAProfitMaximiserBidsAllOfIt() {
    Strategy profit = Strategy.budget(Objective.PROFIT, Mirror.EUCLIDEAN, 0.5);
    assertThat(binds(profit, 3, 10, 0.002, 0, 0)).isEqualTo("value");
    assertThat(binds(profit, 3, 10, 0.002, 0.7, 0)).isEqualTo("pacing");
    assertThat(binds(Strategy.value(1), 3, 10, 0.002, 0.01, 0)).isEqualTo("pacing");
  }

  @Test
  void isTheHighestBidWhereBidsAreAtIt() {
    assertThat(binds(Strategy.value(1), 3, 10, 0.029, 0.01, 0)).isEqualTo("max-bid");
  }
}
