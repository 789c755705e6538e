package io.dualbid.simulator.hindsight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.dualbid.simulator.hindsight.FixedMultipliers.Outcome;
import io.dualbid.simulator.hindsight.FixedMultipliers.Rules;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class FixedMultipliersTest {
  private static final double[] VALUE = {4, 2, 0, 3};
  private static final double[] PRICE = {2, 2, 1, 0};

  @Test
  void winsAtTheCompetingPriceOrAboveWhileMoneyLasts() {
    FixedMultipliers play = new FixedMultipliers(VALUE, PRICE, Rules.of(3));
    // 0.5 · 4 equals the price; then only 1 is left, too little for the second at any multiplier.
    Outcome half = play.at(0.5);
    assertThat(half.gain()).isEqualTo(7);
    assertThat(half.spend()).isEqualTo(2);
    assertThat(half.wins()).isEqualTo(2);
    assertThat(play.at(10).gain()).isEqualTo(7);
    assertThat(play.best().multiplier()).isCloseTo(0.5, within(1e-9));
  }

  @Test
  void paysTheBidAtFirstPrice() {
    Outcome outcome = new FixedMultipliers(VALUE, PRICE, Rules.of(100).atFirstPrice()).at(0.5);
    assertThat(outcome.gain()).isEqualTo(7);
    assertThat(outcome.spend()).isEqualTo(0.5 * (4 + 3));
    assertThat(new FixedMultipliers(VALUE, PRICE, Rules.of(100).forProfit()).at(1).gain())
        .isEqualTo(4 + 2 + 3 - 4);
  }

  @Test
  void setsTheMoneyBackAndKeepsToTheHighestBid() {
    double[] value = {2, 2, 2};
    double[] price = {1, 1, 2};
    Rules rules = Rules.of(1);
    assertThat(new FixedMultipliers(value, price, rules).at(1).gain()).isEqualTo(2);
    assertThat(new FixedMultipliers(value, price, rules.inEpisodesOf(1)).at(1).gain()).isEqualTo(4);
    assertThat(new FixedMultipliers(value, price, Rules.of(9).upTo(1.5)).at(1).gain()).isEqualTo(4);
  }

  @Test
  void admitsOnlyWhatMeetsTheTarget() {
    double[] value = {4, 1};
    double[] price = {2, 2};
    Rules rules = Rules.of(100);
    assertThat(new FixedMultipliers(value, price, rules).best().gain()).isEqualTo(5);
    // Both together return 5 / 4.
    assertThat(new FixedMultipliers(value, price, rules.returning(1.3)).best().gain()).isEqualTo(4);
    assertThat(new FixedMultipliers(value, price, rules.returning(3)).best().gain()).isZero();
  }

  @Test
  void takesWhatIsFreeAtAnyMultiplier() {
    Outcome best =
        new FixedMultipliers(new double[] {1, 2}, new double[] {0, 0}, Rules.of(0.5)).best();
    assertThat(best.gain()).isEqualTo(3);
    assertThat(new FixedMultipliers(new double[] {0}, new double[] {1}, Rules.of(1)).best().gain())
        .isZero();
  }

  /**
   * At k = 2, a dual multiplier of 0.5, two auctions of 0.25 leave 0.2 of 0.7: too little for 0.25
   * and 0.3, and as much as the last one costs.
   */
  @Test
  void spendsTheLastOfTheMoneyOnAPriceThatEqualsIt() {
    double[] value = {0.5, 0.5, 0.5, 0.5, 0.5, 0.9, 0.1};
    double[] price = {0.25, 0.25, 0.25, 0.25, 0.25, 0.3, 0.2};
    FixedMultipliers play = new FixedMultipliers(value, price, Rules.of(0.7));
    assertThat(play.at(0.5).gain()).isCloseTo(1.0, within(1e-9));
    assertThat(play.at(2).gain()).isCloseTo(1.1, within(1e-9));
    Outcome best = play.best();
    assertThat(best.gain()).isCloseTo(1.1, within(1e-9));
    assertThat(best.multiplier()).isEqualTo(2);
    assertThat(best.spend()).isCloseTo(0.7, within(1e-12)).isLessThanOrEqualTo(0.7);
  }

  /**
   * All in whole tenths, played in whole numbers at every ratio and between them: bids at the price
   * win, and so does the last of the money.
   */
  @Property(tries = 2_000)
  void findsWhatTryingAllInWholeNumbersFinds(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int n = 1 + random.nextInt(9);
    long[] value = new long[n];
    long[] price = new long[n];
    double[] values = new double[n];
    double[] prices = new double[n];
    for (int i = 0; i < n; i++) {
      value[i] = random.nextInt(7);
      price[i] = random.nextInt(6);
      values[i] = value[i] / 10.0;
      prices[i] = price[i] / 10.0;
    }
    long budget = random.nextInt(16);
    int episode = random.nextInt(3) == 0 ? 1 + random.nextInt(4) : 0;
    long maxBid = random.nextInt(3) == 0 ? 1 + random.nextInt(6) : 1_000;
    boolean profit = random.nextBoolean();
    Rules rules = new Rules(budget / 10.0, episode, maxBid / 10.0, 0, false, profit);
    long best = 0;
    // k = up / down, in steps finer than the difference of any two ratios.
    for (long up = 1; up <= 6 * 420 + 1; up++) {
      best = Math.max(best, gain(value, price, budget, episode, maxBid, profit, up, 420));
    }
    Outcome found = new FixedMultipliers(values, prices, rules).best();
    assertThat(found.gain()).isCloseTo(best / 10.0, within(1e-9));
    assertThat(found.spend()).isLessThanOrEqualTo(budget / 10.0 * (episode == 0 ? 1 : n) + 1e-12);
  }

  /** The gain in whole numbers of k = up / down at second price. */
  private static long gain(
      long[] value,
      long[] price,
      long budget,
      int episode,
      long maxBid,
      boolean profit,
      long up,
      long down) {
    long left = budget;
    long gain = 0;
    for (int i = 0; i < value.length; i++) {
      if (episode > 0 && i % episode == 0) {
        left = budget;
      }
      boolean reaches = value[i] > 0 && up * value[i] >= down * price[i] && price[i] <= maxBid;
      if (reaches && price[i] <= left && left > 0) {
        left -= price[i];
        gain += profit ? value[i] - price[i] : value[i];
      }
    }
    return gain;
  }

  /** A multiplier kept throughout is one feasible way to spend the budget: the LP is above. */
  @Property(tries = 200)
  void neverBeatsTheLinearProgram(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int n = 1 + random.nextInt(80);
    boolean coarse = random.nextBoolean();
    double[] value = RandomProblems.column(random, n, coarse);
    double[] price = RandomProblems.column(random, n, coarse);
    double budget = random.nextDouble() * n / 4;
    double target = 0.5 + random.nextDouble();
    FixedMultipliers play = new FixedMultipliers(value, price, Rules.of(budget));
    double lp =
        AllocationLp.solve(RandomProblems.oneCampaign(value, value, price, budget, true, false))
            .value();
    Outcome best = play.best();
    assertThat(best.gain()).isLessThanOrEqualTo(lp + 1e-6);
    assertThat(best.spend()).isLessThanOrEqualTo(budget + 1e-9);
    assertThat(play.at(3 * random.nextDouble()).gain()).isLessThanOrEqualTo(best.gain() + 1e-9);
    assertThat(new FixedMultipliers(value, price, Rules.of(budget).returning(target)).best().gain())
        .isLessThanOrEqualTo(Knapsack.solve(value, price, target, budget).value() + 1e-9);
  }

  /** On long logs the grid is what is tried: below the knapsack, and near it without ties. */
  @Test
  void comesNearTheKnapsackOnALongLog() {
    SplittableRandom random = new SplittableRandom(7);
    int n = FixedMultipliers.LONGEST_EXACT + 6_000;
    double[] value = new double[n];
    double[] price = new double[n];
    for (int i = 0; i < n; i++) {
      value[i] = 0.01 + random.nextDouble();
      price[i] = 0.01 + random.nextDouble();
    }
    double optimum = Knapsack.solve(value, price, 500).value();
    assertThat(new FixedMultipliers(value, price, Rules.of(500)).best().gain())
        .isBetween(0.99 * optimum, optimum);
  }
}
