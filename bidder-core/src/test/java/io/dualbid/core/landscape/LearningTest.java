package io.dualbid.core.landscape;

import static org.assertj.core.api.Assertions.assertThat;

import io.dualbid.core.landscape.LandscapeConfig.Method;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Learning to bid in a log-normal market from each kind of feedback, bidding by what was learned so
 * far, from a prior that thinks prices half of what they are.
 */
class LearningTest {
  private static final double LOCATION = -6.5;
  private static final double SCALE = 0.8;
  private static final LogNormalLandscape TRUTH = new LogNormalLandscape(LOCATION, SCALE);

  /** Values are mostly above the prices, as where a multiplier has chosen the auctions. */
  private static final double VALUE_LOCATION = LOCATION + 0.8;

  private static final double VALUE_SCALE = 0.7;

  private static final LandscapeConfig CONFIG =
      LandscapeConfig.of(
          new LogNormalLandscape(LOCATION - Math.log(2), SCALE), 50, Double.POSITIVE_INFINITY);

  private static LandscapeLearner play(String told, LandscapeConfig config, int rounds) {
    SplittableRandom random = new SplittableRandom(20_260_101);
    LandscapeLearner learner = new LandscapeLearner(config);
    PriceLandscape landscape = learner.landscape();
    for (int t = 1; t <= rounds; t++) {
      double value = Markets.draw(random, VALUE_LOCATION, VALUE_SCALE);
      double price = Markets.draw(random, LOCATION, SCALE);
      double bid = landscape.bestBid(value);
      boolean tell =
          switch (told) {
            case "all" -> true;
            case "losers" -> bid < price;
            case "some" -> random.nextInt(10) == 0;
            default -> false;
          };
      if (bid >= price) {
        learner.won(bid, tell ? price : Double.NaN);
      } else {
        learner.lost(bid, tell ? price : Double.NaN);
      }
      // As a host does: a new landscape now and then.
      if (t % 100 == 0 && (t < 5_000 || t % 5_000 == 0)) {
        landscape = learner.landscape();
      }
    }
    return learner;
  }

  /**
   * Bidding by an F that is off by ε at most loses at most ε·((v - best) + (v - bid)), below 2·ε·v;
   * what is known only to a tick of 2 % costs at most 2 % of what is spent. ε is the bound of
   * Dvoretzky, Kiefer, Wolfowitz and Massart, exceeded once in a million runs.
   */
  @Test
  void losesNoMoreThanTheErrorOfTheEmpiricalDistributionAllows() {
    int rounds = 1_000_000;
    LandscapeConfig fine =
        new LandscapeConfig(
            Method.STEPS, StepLandscape.UNKNOWN, 0, Double.POSITIVE_INFINITY, 1, 4_096, 0);
    SplittableRandom random = new SplittableRandom(20_260_102);
    LandscapeLearner learner = new LandscapeLearner(fine);
    for (int t = 0; t < rounds; t++) {
      learner.lost(0, Markets.draw(random, LOCATION, SCALE));
    }
    double values = 0;
    double costs = 0;
    double gains = 0;
    SplittableRandom draws = new SplittableRandom(99);
    for (int i = 0; i < 5_000; i++) {
      double value = Markets.draw(draws, VALUE_LOCATION, VALUE_SCALE);
      values += value;
      costs += TRUTH.expectedCost(TRUTH.bestBid(value));
      gains += Markets.gain(TRUTH, TRUTH, value);
    }
    double error = Math.sqrt(Math.log(2e6) / (2.0 * rounds));
    double allowed = 2 * error * values / gains + (PriceTicks.GROWTH - 1) * costs / gains;
    assertThat(allowed).isLessThan(0.04);
    assertThat(Markets.share(TRUTH, learner.landscape(), VALUE_LOCATION, VALUE_SCALE))
        .isBetween(1 - allowed, 1.0);
  }

  /**
   * The loss is of second order in the error of F, so it falls much faster than the bound above:
   * measured after 10,000 rounds are 0.9994, 0.9992, 0.9978 and 0.9934 with steps and 0.9997 or
   * more with fits; the prior alone reaches 0.914. What is asked leaves three times the loss.
   */
  @ParameterizedTest
  @CsvSource({
    "all, STEPS, 0.995",
    "losers, STEPS, 0.995",
    "some, STEPS, 0.99",
    "none, STEPS, 0.98",
    "all, LOG_NORMAL, 0.999",
    "losers, LOG_NORMAL, 0.999",
    "some, LOG_NORMAL, 0.999",
    "none, LOG_NORMAL, 0.999"
  })
  void bidsNearlyAsWellAsOneWhoKnowsTheMarket(String told, Method method, double least) {
    PriceLandscape learned = play(told, CONFIG.with(method), 10_000).landscape();
    assertThat(Markets.share(TRUTH, CONFIG.prior(), VALUE_LOCATION, VALUE_SCALE)).isLessThan(0.93);
    assertThat(Markets.share(TRUTH, learned, VALUE_LOCATION, VALUE_SCALE)).isBetween(least, 1.0);
    if (method == Method.STEPS) {
      assertThat(((StepLandscape) learned).size()).isLessThanOrEqualTo(64);
    }
  }

  @Test
  void findsTheNewMarketAfterPricesHaveDoubled() {
    LandscapeConfig forgetful = LandscapeConfig.of(TRUTH, 20, 1_000);
    LandscapeLearner learner = new LandscapeLearner(forgetful);
    LandscapeLearner stubborn = new LandscapeLearner(CONFIG);
    LogNormalLandscape dearer = new LogNormalLandscape(LOCATION + Math.log(2), SCALE);
    SplittableRandom random = new SplittableRandom(3);
    for (int t = 0; t < 20_000; t++) {
      double price = Markets.draw(random, t < 10_000 ? LOCATION : dearer.location(), SCALE);
      learner.lost(0, price);
      stubborn.lost(0, price);
      learner.advance(1);
      stubborn.advance(1);
    }
    double found = Markets.share(dearer, learner.landscape(), VALUE_LOCATION, VALUE_SCALE);
    double missed = Markets.share(dearer, stubborn.landscape(), VALUE_LOCATION, VALUE_SCALE);
    assertThat(found).isGreaterThan(0.98).isGreaterThan(missed + 0.005);
  }
}
