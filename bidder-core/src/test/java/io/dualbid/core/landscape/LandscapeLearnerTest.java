package io.dualbid.core.landscape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.dualbid.core.landscape.LandscapeConfig.Method;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class LandscapeLearnerTest {
  private static final double FOREVER = Double.POSITIVE_INFINITY;
  private static final LogNormalLandscape PRIOR = new LogNormalLandscape(-6, 1);
  private static final LandscapeConfig CONFIG = LandscapeConfig.of(PRIOR, 50, FOREVER);
  private static final LandscapeConfig FORGETFUL = LandscapeConfig.of(PRIOR, 50, 100);

  private static byte[] bytes(LandscapeLearner learner) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    learner.write(new DataOutputStream(bytes));
    return bytes.toByteArray();
  }

  @Test
  void bidsByItsPriorBeforeTheFirstOutcome() {
    assertThat(new LandscapeLearner(CONFIG).landscape()).isEqualTo(PRIOR);
    assertThat(new LandscapeLearner(LandscapeConfig.exact(10)).landscape())
        .isEqualTo(StepLandscape.UNKNOWN);
  }

  @Test
  void isExactWhileThereAreFewPrices() {
    LandscapeLearner learner = new LandscapeLearner(LandscapeConfig.exact(3));
    learner.lost(0, 0.3);
    learner.won(0.3, 0.1);
    learner.lost(0.1, 0.3);
    assertThat(learner.landscape())
        .isEqualTo(StepLandscape.of(new double[] {0.1, 0.3}, new double[] {1.0 / 3, 1}));
  }

  @Test
  void goesOnInTicksWhereThereAreMorePrices() {
    LandscapeLearner learner = new LandscapeLearner(LandscapeConfig.exact(3));
    for (int i = 1; i <= 4; i++) {
      learner.lost(0, i);
    }
    StepLandscape landscape = (StepLandscape) learner.landscape();
    assertThat(landscape.size()).isLessThanOrEqualTo(3);
    assertThat(landscape.price(landscape.size() - 1)).isBetween(4.0, 4.08);
    assertThat(landscape.probability(landscape.size() - 1)).isEqualTo(1);
  }

  @Test
  void keepsItsLandscapeUntilSomethingIsLearned() {
    LandscapeLearner learner = new LandscapeLearner(CONFIG);
    learner.won(0.01, Double.NaN);
    PriceLandscape landscape = learner.landscape();
    learner.won(0.01, 0.02);
    learner.lost(0, Double.NaN);
    assertThat(learner.landscape()).isSameAs(landscape);
    learner.lost(0.01, Double.NaN);
    assertThat(learner.landscape()).isNotSameAs(landscape);
  }

  @Test
  void learnsThatLessIsEnoughWhereItAlwaysWins() {
    LandscapeLearner learner = new LandscapeLearner(CONFIG);
    double value = 0.05;
    for (int i = 0; i < 5_000; i++) {
      double bid = learner.landscape().bestBid(value);
      learner.won(bid, Double.NaN);
    }
    assertThat(learner.landscape().bestBid(value)).isBetween(0.0, PRIOR.bestBid(value) / 2);
  }

  @Test
  void forgetsByHalfLivesAndReturnsToThePrior() {
    LandscapeLearner learner = new LandscapeLearner(FORGETFUL);
    for (int i = 0; i < 1_000; i++) {
      learner.lost(0, 1);
    }
    learner.advance(100);
    assertThat(learner.observations()).isCloseTo(500, within(1e-9));
    for (int i = 0; i < 1_000; i++) {
      learner.lost(0, 2);
    }
    StepLandscape landscape = (StepLandscape) learner.landscape();
    // 500 at 1, 1000 at 2, and 50 of the prior, all but a trace of them below 1.
    assertThat(landscape.winProbability(1.02)).isCloseTo(550 / 1550.0, within(1e-3));
    learner.advance(100_000);
    assertThat(learner.observations()).isZero();
    assertThat(learner.landscape()).isEqualTo(PRIOR);
  }

  @Test
  void countsTheSameHoweverTimePasses() {
    LandscapeLearner slow = new LandscapeLearner(FORGETFUL);
    LandscapeLearner quick = new LandscapeLearner(FORGETFUL);
    SplittableRandom random = new SplittableRandom(11);
    for (int i = 0; i < 200; i++) {
      double price = Markets.draw(random, -6, 1);
      slow.lost(0, price);
      quick.lost(0, price);
      // 40,000 ticks in all, or 400 half-lives, so that weights are rescaled on the way.
      for (int tick = 0; tick < 200; tick++) {
        slow.advance(1);
      }
      quick.advance(200);
    }
    slow.lost(0, 0.01);
    quick.lost(0, 0.01);
    assertThat(slow.observations()).isCloseTo(quick.observations(), within(1e-9));
    for (double bid = 1e-4; bid < 1; bid *= 1.5) {
      assertThat(slow.landscape().winProbability(bid))
          .isCloseTo(quick.landscape().winProbability(bid), within(1e-9));
    }
  }

  @Test
  void rejectsWhatContradictsItselfAndCountsIt() {
    LandscapeLearner learner = new LandscapeLearner(CONFIG);
    learner.won(Double.NaN, 1);
    learner.won(0, 0);
    learner.won(-1, Double.NaN);
    learner.won(FOREVER, 1);
    learner.won(1, 2);
    learner.won(1, -1);
    learner.lost(-1, 1);
    learner.lost(Double.NaN, 1);
    learner.lost(FOREVER, Double.NaN);
    learner.lost(2, 1);
    learner.lost(1, FOREVER);
    assertThat(learner.rejected()).isEqualTo(11);
    assertThat(learner.observations()).isZero();
    learner.advance(-5);
    learner.advance(0);
    assertThat(learner.landscape()).isEqualTo(PRIOR);
  }

  @Property(tries = 150)
  void answersAnythingWithALandscapeThatComesBackFromItsState(@ForAll long seed)
      throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    double[] odd = {
      0, -0.0, -1, 1e-300, 1e-9, 1, 1e9, 1e300, FOREVER, Double.NaN, Double.MIN_VALUE
    };
    LandscapeConfig config =
        switch (random.nextInt(4)) {
          case 0 -> CONFIG;
          case 1 -> FORGETFUL.with(Method.LOG_NORMAL);
          case 2 -> LandscapeConfig.exact(5);
          default -> LandscapeConfig.of(StepLandscape.UNKNOWN, 0, 3);
        };
    LandscapeLearner learner = new LandscapeLearner(config);
    for (int i = 0; i < 60; i++) {
      double bid = random.nextBoolean() ? random.nextDouble() : odd[random.nextInt(odd.length)];
      double price = random.nextBoolean() ? random.nextDouble() : odd[random.nextInt(odd.length)];
      switch (random.nextInt(3)) {
        case 0 -> learner.won(bid, price);
        case 1 -> learner.lost(bid, price);
        default -> learner.advance(random.nextLong(-2, 2_000));
      }
      if (i % 20 == 19) {
        LandscapeLearner again = LandscapeLearner.read(config, Written.in(bytes(learner)));
        check(learner.landscape());
        assertThat(again.landscape()).isEqualTo(learner.landscape());
        assertThat(again.rejected()).isEqualTo(learner.rejected());
        assertThat(bytes(again)).isEqualTo(bytes(learner));
        learner = again;
      }
    }
  }

  private static void check(PriceLandscape landscape) {
    double last = 0;
    for (double bid : new double[] {0, 1e-9, 1e-3, 0.1, 1, 1e3, 1e9, 1e300, FOREVER}) {
      double probability = landscape.winProbability(bid);
      assertThat(probability).isBetween(last, 1.0);
      last = probability;
      assertThat(landscape.bestBid(bid)).isBetween(0.0, bid);
    }
  }

  @Test
  void refusesStateOfAnotherVersion() throws IOException {
    byte[] state = bytes(new LandscapeLearner(CONFIG));
    state[0] = 9;
    assertThatThrownBy(() -> LandscapeLearner.read(CONFIG, Written.in(state)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("version 9");
  }

  @Test
  void learnsTheSameInBothHosts() {
    LandscapeLearner one = new LandscapeLearner(CONFIG);
    LandscapeLearner other = new LandscapeLearner(CONFIG);
    SplittableRandom random = new SplittableRandom(2);
    for (int i = 0; i < 2_000; i++) {
      double price = Markets.draw(random, -6, 1);
      double bid = Markets.draw(random, -6, 1);
      for (LandscapeLearner learner : new LandscapeLearner[] {one, other}) {
        if (bid >= price) {
          learner.won(bid, Double.NaN);
        } else {
          learner.lost(bid, i % 2 == 0 ? price : Double.NaN);
        }
      }
      // Asking in between must not change what comes out.
      if (i % 100 == 0) {
        assertThat(one.landscape()).isNotNull();
      }
    }
    assertThat(one.landscape()).isEqualTo(other.landscape());
  }
}
