package io.dualbid.core.joint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dualbid.core.joint.EpisodeLearner.Prices;
import io.dualbid.core.joint.EpisodeLearner.Settings;
import io.dualbid.core.rlb.Objective;
import io.dualbid.core.rlb.PriceDistribution;
import io.dualbid.core.rlb.StateBid;
import io.dualbid.core.rlb.ValueTable;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EpisodeLearnerTest {
  private static final int AUCTIONS = 200;
  private static final int BUDGET = 1_000;
  private static final int MAX_BID = 60;
  private static final double MEAN = 0.01;

  private static long[] training() {
    long[] counts = new long[MAX_BID + 1];
    for (int price = 5; price <= MAX_BID; price++) {
      counts[price] = 100;
    }
    return counts;
  }

  private static EpisodeLearner learner(Prices prices) {
    return new EpisodeLearner(
        new Settings(prices, 30, 1_000, 4), training(), MEAN, AUCTIONS, BUDGET, MAX_BID);
  }

  /** Half of the requests are three times as good as the others, and dearer by half. */
  private static double play(EpisodeLearner learner, int episodes, boolean alternating) {
    StateBid rlb =
        new StateBid(
            ValueTable.solve(
                PriceDistribution.of(training(), 1),
                Objective.clicks(MEAN),
                AUCTIONS,
                BUDGET,
                MAX_BID));
    SplittableRandom random = new SplittableRandom(3);
    double lead = 0;
    for (int episode = 0; episode < episodes; episode++) {
      learner.begin();
      int left = BUDGET;
      int leftOfRlb = BUDGET;
      double level = alternating ? (episode % 2 == 0 ? 0.5 : 1.5) : 1;
      for (int n = AUCTIONS; n >= 1; n--) {
        boolean good = random.nextBoolean();
        double rate = (good ? 0.015 : 0.005) * (0.8 + 0.4 * random.nextDouble());
        int price = (int) ((good ? 12 : 8) * level + random.nextInt(30));
        int bid = learner.bid(n, left, rate);
        assertThat(bid).isBetween(0, left);
        if (bid >= price) {
          left -= price;
          lead += rate;
        }
        learner.saw(rate, bid, price);
        if (rlb.bid(n, leftOfRlb, rate) >= price) {
          leftOfRlb -= price;
          lead -= rate;
        }
      }
    }
    return lead / episodes;
  }

  @ParameterizedTest
  @EnumSource(Prices.class)
  void buysMoreThanRlbOnceItHasSeenTheMarket(Prices prices) {
    // RLB wins about 0.5 clicks an episode here.
    assertThat(play(learner(prices), 40, false)).isGreaterThan(0.01);
  }

  @Test
  void findsOutThatMarketsAlternate() {
    double aware = play(learner(Prices.ALL), 60, true);
    EpisodeLearner unaware =
        new EpisodeLearner(
            new Settings(Prices.ALL, 30, 1_000, 1), training(), MEAN, AUCTIONS, BUDGET, MAX_BID);
    assertThat(aware).isGreaterThan(play(unaware, 60, true));
  }

  @Test
  void looksAtNoPriceThatItIsNotTold() {
    EpisodeLearner one = learner(Prices.WON);
    EpisodeLearner other = learner(Prices.WON);
    SplittableRandom random = new SplittableRandom(1);
    for (int episode = 0; episode < 3; episode++) {
      one.begin();
      other.begin();
      for (int n = AUCTIONS; n >= 1; n--) {
        double rate = 0.02 * random.nextDouble();
        int bid = one.bid(n, BUDGET, rate);
        assertThat(other.bid(n, BUDGET, rate)).isEqualTo(bid);
        int price = random.nextInt(MAX_BID);
        one.saw(rate, bid, price);
        other.saw(rate, bid, price > bid ? MAX_BID : price);
      }
    }
  }

  @Test
  void learnsNothingOfTheEpisodeThatItIsIn() {
    EpisodeLearner learner = learner(Prices.ALL);
    learner.begin();
    int before = learner.bid(100, 500, MEAN);
    for (int i = 0; i < 100; i++) {
      learner.saw(MEAN, 0, 50);
    }
    assertThat(learner.bid(100, 500, MEAN)).isEqualTo(before);
    learner.begin();
    assertThat(learner.bid(100, 500, MEAN)).isNotEqualTo(before);
  }

  @Test
  void refusesWhatMakesNoSense() {
    assertThatThrownBy(() -> learner(Prices.ALL).saw(MEAN, 0, 1))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("before the first episode");
    assertThatThrownBy(() -> new Settings(Prices.ALL, 0, 1, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("episodes >= 1");
  }

  @Test
  void bidsInEpisodesLongerThanItsTable() {
    EpisodeLearner learner =
        new EpisodeLearner(Settings.DEFAULT, training(), MEAN, 5_000, 25_000, MAX_BID);
    learner.begin();
    int bid = learner.bid(5_000, 25_000, MEAN);
    assertThat(bid).isPositive();
    assertThat(learner.bid(2_500, 12_500, MEAN)).isEqualTo(bid);
    assertThat(learner.bid(5_000, 3, MEAN)).isLessThanOrEqualTo(3);
  }
}
