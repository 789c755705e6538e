package io.dualbid.core.landscape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** How far estimates may be from the truth, by bounds that one run in a million exceeds. */
class ConvergenceTest {
  private static final double LOCATION = -6.5;
  private static final double SCALE = 0.8;
  private static final LogNormalLandscape TRUTH = new LogNormalLandscape(LOCATION, SCALE);

  /** F rises by 0.5 per unit of ln b at most, so by 0.01 within a tick. */
  private static final double TICK = 0.5 * 0.02;

  private static LandscapeConfig fine() {
    return new LandscapeConfig(
        LandscapeConfig.Method.STEPS,
        StepLandscape.UNKNOWN,
        0,
        Double.POSITIVE_INFINITY,
        20,
        4_096,
        0);
  }

  private static double dkw(double count) {
    return Math.sqrt(Math.log(2e6) / (2 * count));
  }

  @Test
  void findsTheDistributionOfKnownPrices() {
    int count = 100_000;
    SplittableRandom random = new SplittableRandom(1);
    LandscapeLearner learner = new LandscapeLearner(fine());
    for (int i = 0; i < count; i++) {
      learner.lost(0, Markets.draw(random, LOCATION, SCALE));
    }
    StepLandscape landscape = (StepLandscape) learner.landscape();
    assertThat(landscape.size()).isGreaterThan(200);
    for (int step = 0; step < landscape.size(); step++) {
      // At the edges of ticks a histogram is exact.
      assertThat(landscape.probability(step))
          .isCloseTo(TRUTH.winProbability(landscape.price(step)), within(dkw(count)));
    }
  }

  /**
   * With G the share of auctions bid at most x, the product limit is off by about the bound divided
   * by G(x): Bitouzé, Laurent, Massart, Annales IHP 35, 1999, whose constant is covered by a half
   * more.
   */
  @Test
  void findsTheDistributionWhereOnlyLosersSeeThePrice() {
    int count = 100_000;
    SplittableRandom random = new SplittableRandom(2);
    LandscapeLearner learner = new LandscapeLearner(fine());
    LogNormalLandscape bids = new LogNormalLandscape(LOCATION, 1);
    int censored = 0;
    for (int i = 0; i < count; i++) {
      double price = Markets.draw(random, LOCATION, SCALE);
      double bid = Markets.draw(random, bids.location(), bids.scale());
      if (bid >= price) {
        learner.won(bid, Double.NaN);
        censored++;
      } else {
        learner.lost(bid, price);
      }
    }
    assertThat(censored).isGreaterThan(count / 3);
    for (double x = -1; x <= 3; x += 0.05) {
      double bid = Math.exp(LOCATION + x * SCALE);
      assertThat(learner.landscape().winProbability(bid))
          .as("at %s", bid)
          .isCloseTo(
              TRUTH.winProbability(bid),
              within(1.5 * dkw(count) / bids.winProbability(bid) + TICK));
    }
  }

  /**
   * A group of n tries is off by √(ln(2·groups/δ)/2n) at most (Hoeffding), by half its width and by
   * the pull of the guess; pooling adds nothing.
   */
  @Test
  void findsTheDistributionWhereOnlyWinsAndLossesAreKnown() {
    int count = 400_000;
    int groups = 101;
    SplittableRandom random = new SplittableRandom(3);
    LandscapeLearner learner = new LandscapeLearner(fine());
    for (int i = 0; i < count; i++) {
      double price = Markets.draw(random, LOCATION, SCALE);
      double bid = Math.exp(LOCATION - 2 + 4 * random.nextDouble());
      if (bid >= price) {
        learner.won(bid, Double.NaN);
      } else {
        learner.lost(bid, Double.NaN);
      }
    }
    double tries = 0.9 * count / groups;
    double error = Math.sqrt(Math.log(2 * groups * 1e6) / (2 * tries)) + 2 * TICK + 20 / tries;
    assertThat(error).isLessThan(0.1);
    for (double x = -1.9; x < 1.9; x += 0.05) {
      double bid = Math.exp(LOCATION + x);
      assertThat(learner.landscape().winProbability(bid))
          .as("at %s", bid)
          .isCloseTo(TRUTH.winProbability(bid), within(error));
    }
  }

  /** No worse than the known third of the prices alone would be. */
  @Test
  void findsTheDistributionOfAMixture() {
    int count = 60_000;
    SplittableRandom random = new SplittableRandom(4);
    LandscapeLearner learner = new LandscapeLearner(fine());
    for (int i = 0; i < count; i++) {
      double price = Markets.draw(random, LOCATION, SCALE);
      double bid = Markets.draw(random, LOCATION, 1);
      double told = i % 3 == 0 ? price : Double.NaN;
      if (bid >= price) {
        learner.won(bid, told);
      } else {
        learner.lost(bid, told);
      }
    }
    for (double x = -2; x <= 3; x += 0.05) {
      double bid = Math.exp(LOCATION + x * SCALE);
      assertThat(learner.landscape().winProbability(bid))
          .isCloseTo(TRUTH.winProbability(bid), within(dkw(count / 3.0) + TICK));
    }
  }
}
