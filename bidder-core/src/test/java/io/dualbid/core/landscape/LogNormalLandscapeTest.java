package io.dualbid.core.landscape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Scale;
import org.junit.jupiter.api.Test;

class LogNormalLandscapeTest {
  private static double gain(PriceLandscape landscape, double value, double bid) {
    return (value - bid) * landscape.winProbability(bid);
  }

  @Test
  void solvesTheConditionOfTheMaximum() {
    // With location 0, scale 1 and z = 0 the root is b = 1, v = 1 + √(π/2).
    LogNormalLandscape landscape = new LogNormalLandscape(0, 1);
    assertThat(landscape.bestBid(1 + Math.sqrt(Math.PI / 2))).isCloseTo(1, within(1e-12));
  }

  @Property(tries = 500)
  void gainsNoLessThanAnyBidOfAFineGrid(
      @ForAll @Scale(9) @DoubleRange(min = -10, max = 10) double location,
      @ForAll @Scale(9) @DoubleRange(min = 0.01, max = 4) double scale,
      @ForAll @Scale(9) @DoubleRange(min = -4, max = 8) double valueInScales) {
    LogNormalLandscape landscape = new LogNormalLandscape(location, scale);
    double value = Math.exp(location + valueInScales * scale);
    double bid = landscape.bestBid(value);
    double best = gain(landscape, value, bid);
    assertThat(bid).isBetween(0.0, value);
    for (int i = 1; i < 2_000; i++) {
      double other = value * i / 2_000;
      assertThat(gain(landscape, value, other))
          .as("bid %s against %s", other, bid)
          .isLessThanOrEqualTo(best * (1 + 1e-12));
    }
    // Near the bid the gain falls to both sides: it is the maximum, not just a good bid.
    assertThat(gain(landscape, value, bid * (1 - 1e-4))).isLessThan(best);
    assertThat(gain(landscape, value, Math.min(value, bid * (1 + 1e-4)))).isLessThan(best);
  }

  @Property(tries = 500)
  void bidsMoreForMoreAndFollowsTheCurrency(
      @ForAll @Scale(9) @DoubleRange(min = 0.001, max = 5) double scale,
      @ForAll @Scale(9) @DoubleRange(min = -10, max = 10) double logValue,
      @ForAll @Scale(9) @DoubleRange(min = -20, max = 20) double logRate) {
    LogNormalLandscape landscape = new LogNormalLandscape(0, scale);
    double value = Math.exp(logValue);
    double bid = landscape.bestBid(value);
    assertThat(landscape.bestBid(value * 1.001)).isGreaterThan(bid);
    double elsewhere = new LogNormalLandscape(logRate, scale).bestBid(Math.exp(logValue + logRate));
    assertThat(elsewhere).isCloseTo(bid * Math.exp(logRate), within(1e-11 * elsewhere));
  }

  @Property(tries = 1_000)
  void answersAnythingWithABidBetweenZeroAndTheValue(
      @ForAll double value,
      @ForAll double floor,
      @ForAll @Scale(9) @DoubleRange(min = 0, max = 100) double s) {
    double bid = new LogNormalLandscape(0, s).bestBid(value, floor);
    assertThat(bid).isBetween(0.0, Math.max(0, value));
    assertThat(bid == 0 || bid >= floor).isTrue();
  }

  @Test
  void staysFiniteAtItsLimits() {
    double[] values = {
      Double.MIN_VALUE, 1e-300, 1e-9, 1, 1e9, 1e300, Double.MAX_VALUE, Double.POSITIVE_INFINITY
    };
    for (double location : new double[] {-700, 0, 700}) {
      for (double scale : new double[] {0, 1e-300, 1e-9, 1e-8, 1e-4, 1, 100}) {
        LogNormalLandscape landscape = new LogNormalLandscape(location, scale);
        for (double value : values) {
          double bid = landscape.bestBid(value);
          assertThat(bid).as("%s for %s", landscape, value).isBetween(0.0, value);
          assertThat(landscape.winProbability(bid)).isBetween(0.0, 1.0);
        }
        assertThat(landscape.bestBid(Double.NaN)).isZero();
        assertThat(landscape.bestBid(-1)).isZero();
        assertThat(landscape.bestBid(0)).isZero();
        assertThat(landscape.winProbability(Double.NaN)).isZero();
        assertThat(landscape.winProbability(-1)).isZero();
        assertThat(landscape.winProbability(Double.POSITIVE_INFINITY)).isEqualTo(1);
      }
    }
  }

  @Test
  void bidsACertainPriceWhereThereIsNoSpread() {
    LogNormalLandscape certain = new LogNormalLandscape(0, 0);
    assertThat(certain.bestBid(3)).isEqualTo(1);
    assertThat(certain.bestBid(1)).isEqualTo(PriceLandscape.NO_BID);
    assertThat(certain.bestBid(3, 2)).isEqualTo(2);
    LogNormalLandscape nearly = new LogNormalLandscape(0, 1e-6);
    assertThat(nearly.bestBid(3)).isCloseTo(1, within(1e-5));
  }

  @Test
  void liftsTheBidToTheFloorWhereThatStillPays() {
    LogNormalLandscape landscape = new LogNormalLandscape(0, 1);
    double bid = landscape.bestBid(3);
    assertThat(landscape.bestBid(3, bid / 2)).isEqualTo(bid);
    assertThat(landscape.bestBid(3, 2.9)).isEqualTo(2.9);
    assertThat(landscape.bestBid(3, 3)).isEqualTo(PriceLandscape.NO_BID);
  }

  @Test
  void comesBackFromItsWrittenForm() throws IOException {
    LogNormalLandscape landscape = new LogNormalLandscape(-6.7, 0.83);
    assertThat(Written.again(landscape)).isEqualTo(landscape);
  }

  @Test
  void refusesParametersWithoutMeaning() {
    for (double bad : new double[] {-1, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThatThrownBy(() -> new LogNormalLandscape(0, bad))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> new LogNormalLandscape(Double.NaN, 1))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
