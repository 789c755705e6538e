package io.dualbid.core.landscape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogNormalFitTest {
  private static final TickWeights NONE = new TickWeights();

  private static final double LOCATION = -6.5;
  private static final double SCALE = 0.8;

  /** What an exchange tells: all prices, only the losers', none, or each at random. */
  static PriceObservations auctions(String told, int count, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    PriceObservations seen = new PriceObservations();
    for (int i = 0; i < count; i++) {
      double price = Markets.draw(random, LOCATION, SCALE);
      double bid = Markets.draw(random, LOCATION + 0.3, 1);
      boolean known =
          switch (told) {
            case "all" -> true;
            case "losers" -> bid < price;
            case "some" -> random.nextInt(3) == 0;
            default -> false;
          };
      if (known) {
        seen.price(price);
      } else if (bid >= price) {
        seen.wonAt(bid);
      } else {
        seen.lostAt(bid);
      }
    }
    return seen;
  }

  @ParameterizedTest
  @ValueSource(strings = {"all", "losers", "some", "none"})
  void recoversTheMarketWithinItsStandardErrors(String told) {
    LogNormalFit fit = LogNormalFit.of(auctions(told, 20_000, 7), NONE, 0);
    // Four standard errors (one run in 16,000 is outside) and half a tick of rounding.
    assertThat(fit.landscape().location())
        .isCloseTo(LOCATION, within(4 * fit.locationError() + 0.01));
    assertThat(fit.landscape().scale()).isCloseTo(SCALE, within(4 * fit.scaleError() + 0.01));
    assertThat(fit.locationError()).isBetween(0.005, 0.015);
    assertThat(fit.scaleError()).isBetween(0.003, 0.02);
  }

  @Test
  void knowsItsStandardErrorsInClosedFormWhereAllIsKnown() {
    LogNormalFit fit = LogNormalFit.of(auctions("all", 10_000, 3), NONE, 0);
    double scale = fit.landscape().scale();
    assertThat(fit.locationError()).isCloseTo(scale / 100, within(1e-4));
    assertThat(fit.scaleError()).isCloseTo(scale / Math.sqrt(20_000), within(1e-4));
  }

  @Test
  void isTheSampleMeanAndDeviationWhereAllIsKnown() {
    PriceObservations seen = new PriceObservations();
    double sum = 0;
    double squares = 0;
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 5_000; i++) {
      double price = Markets.draw(random, 1, 0.5);
      seen.price(price);
      sum += Math.log(price);
      squares += Math.log(price) * Math.log(price);
    }
    double mean = sum / 5_000;
    LogNormalFit fit = LogNormalFit.of(seen, NONE, 0);
    assertThat(fit.landscape().location()).isCloseTo(mean, within(2e-3));
    assertThat(fit.landscape().scale())
        .isCloseTo(Math.sqrt(squares / 5_000 - mean * mean), within(2e-3));
  }

  @Test
  void isHeldByThePriorWhereLittleIsSeen() {
    TickWeights prior = TickWeights.of(new LogNormalLandscape(-7, 0.6));
    LogNormalFit before = LogNormalFit.of(new PriceObservations(), prior, 50);
    assertThat(before.landscape().location()).isCloseTo(-7, within(0.01));
    assertThat(before.landscape().scale()).isCloseTo(0.6, within(0.01));
    PriceObservations one = new PriceObservations();
    one.lostAt(0.1);
    LogNormalFit after = LogNormalFit.of(one, prior, 50);
    assertThat(after.landscape().location()).isBetween(-7.0, -6.5);
  }

  @Test
  void existsWhateverWasSeen() {
    for (int kind = 0; kind < 4; kind++) {
      PriceObservations seen = new PriceObservations();
      for (int i = 0; i < 100_000; i++) {
        switch (kind) {
          case 0 -> seen.price(0.002);
          case 1 -> seen.wonAt(0.002);
          case 2 -> seen.lostAt(0.002);
          default -> {
            // Every bid of 2 wins and every bid of 1 loses: the likelihood alone has no maximum.
            seen.wonAt(2);
            seen.lostAt(1);
          }
        }
      }
      LogNormalFit fit = LogNormalFit.of(seen, NONE, 0);
      assertThat(fit.landscape().location()).as("kind %d", kind).isBetween(-20.0, 20.0);
      assertThat(fit.landscape().scale()).as("kind %d", kind).isBetween(1e-4, 20.0);
      assertThat(fit.locationError()).isFinite();
      assertThat(fit.scaleError()).isFinite();
    }
  }

  @Test
  void followsTheCurrencyByWholeTicks() {
    double rate = Math.pow(PriceTicks.GROWTH, 300);
    PriceObservations here = new PriceObservations();
    PriceObservations elsewhere = new PriceObservations();
    SplittableRandom random = new SplittableRandom(5);
    for (int i = 0; i < 2_000; i++) {
      double bid = Markets.draw(random, LOCATION, 1) * 1.0001;
      if (random.nextBoolean()) {
        here.wonAt(bid);
        elsewhere.wonAt(bid * rate);
      } else {
        here.lostAt(bid);
        elsewhere.lostAt(bid * rate);
      }
    }
    LogNormalLandscape a = LogNormalFit.of(here, NONE, 0).landscape();
    LogNormalLandscape b = LogNormalFit.of(elsewhere, NONE, 0).landscape();
    assertThat(b.location()).isCloseTo(a.location() + Math.log(rate), within(1e-5));
    assertThat(b.scale()).isCloseTo(a.scale(), within(1e-5));
  }
}
