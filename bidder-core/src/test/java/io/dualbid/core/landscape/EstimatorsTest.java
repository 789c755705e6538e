package io.dualbid.core.landscape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** Product limit, isotonic rates, self-consistency: by hand, and against slow twins. */
class EstimatorsTest {
  private static final TickWeights NONE = new TickWeights();

  @Test
  void readsTheProductLimitFromTheTop() {
    // Known 4, 3, 1; wins with bids 3.5 and 2. r(4) = 5, r(3) = 3 (3, 1 and the win at 2),
    // r(1) = 1. F(4) = 1, F(3) = 4/5, F(1) = 4/5 · 2/3, below it 0.
    PriceObservations seen = new PriceObservations();
    seen.price(4);
    seen.price(3);
    seen.price(1);
    seen.wonAt(3.5);
    seen.wonAt(2);
    StepLandscape landscape = ProductLimit.estimate(seen, NONE, 0);
    assertThat(landscape.size()).isEqualTo(3);
    assertThat(landscape.probability(2)).isEqualTo(1);
    assertThat(landscape.probability(1)).isCloseTo(0.8, within(1e-15));
    assertThat(landscape.probability(0)).isCloseTo(0.8 * 2 / 3, within(1e-15));
    assertThat(landscape.price(0)).isBetween(1.0, 1.02);
    assertThat(landscape.winProbability(0.97)).isZero();
  }

  @Test
  void claimsNothingBelowTheLowestBidThatEverWon() {
    PriceObservations seen = new PriceObservations();
    seen.price(2);
    seen.wonAt(1);
    StepLandscape landscape = ProductLimit.estimate(seen, NONE, 0);
    assertThat(landscape.size()).isEqualTo(2);
    assertThat(landscape.probability(0)).isEqualTo(0.5);
    assertThat(landscape.winProbability(0.97)).isZero();
  }

  @Property(tries = 100)
  void isTheEmpiricalDistributionWherePricesAreKnown(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    PriceObservations seen = new PriceObservations();
    double[] prices = new double[200];
    for (int i = 0; i < prices.length; i++) {
      prices[i] = Math.exp(6 * random.nextDouble() - 3);
      seen.price(prices[i]);
    }
    StepLandscape landscape = ProductLimit.estimate(seen, NONE, 0);
    for (int step = 0; step < landscape.size(); step++) {
      double bid = landscape.price(step);
      long below = Arrays.stream(prices).filter(p -> p <= bid).count();
      assertThat(landscape.probability(step)).isCloseTo(below / 200.0, within(1e-12));
    }
  }

  @Property(tries = 20)
  void isSelfConsistentWhereLosersSeeThePrice(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    PriceObservations seen = new PriceObservations();
    for (int i = 0; i < 300; i++) {
      double price = Math.exp(2 * random.nextDouble());
      double bid = Math.exp(2 * random.nextDouble());
      if (bid >= price) {
        seen.wonAt(bid);
      } else {
        seen.price(price);
      }
    }
    TickWeights guess = TickWeights.of(new LogNormalLandscape(1, 0.6));
    StepLandscape closed = ProductLimit.estimate(seen, guess, 20);
    StepLandscape iterated = SelfConsistent.estimate(seen, guess, 20, 20_000);
    for (int step = 0; step < closed.size(); step++) {
      assertThat(iterated.winProbability(closed.price(step)))
          .isCloseTo(closed.probability(step), within(1e-3));
    }
  }

  @Property(tries = 200)
  void poolsToTheMonotoneSequenceThatIsNearest(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int size = 1 + random.nextInt(30);
    double[] rates = random.doubles(size).toArray();
    double[] weights = random.doubles(size, 0.1, 5).toArray();
    double[] pooled = rates.clone();
    IsotonicRates.pool(pooled, weights.clone(), size);
    for (int i = 0; i < size; i++) {
      // The min-max formula: highest over starts of the lowest over ends of the mean in between.
      double expected = 0;
      for (int from = 0; from <= i; from++) {
        double lowest = 1;
        for (int to = i; to < size; to++) {
          lowest = Math.min(lowest, mean(rates, weights, from, to));
        }
        expected = Math.max(expected, lowest);
      }
      assertThat(pooled[i]).isCloseTo(expected, within(1e-12));
      if (i > 0) {
        assertThat(pooled[i]).isGreaterThanOrEqualTo(pooled[i - 1]);
      }
    }
  }

  private static double mean(double[] rates, double[] weights, int from, int to) {
    double sum = 0;
    double all = 0;
    for (int i = from; i <= to; i++) {
      sum += rates[i] * weights[i];
      all += weights[i];
    }
    return sum / all;
  }

  @Test
  void drawsWinRatesToTheGuess() {
    // So steep that the neighbours have no part in it.
    PriceLandscape guess = new LogNormalLandscape(0, 0.02);
    PriceObservations seen = new PriceObservations();
    double bid = PriceTicks.edge((PriceTicks.of(1) / 2) * 2);
    for (int i = 0; i < 30; i++) {
      if (i < 18) {
        seen.wonAt(bid);
      } else {
        seen.lostAt(bid);
      }
    }
    StepLandscape landscape = IsotonicRates.estimate(seen, guess, 10);
    double guessed = guess.winProbability(bid);
    assertThat(landscape.winProbability(bid)).isCloseTo((18 + 10 * guessed) / 40, within(1e-12));
    assertThat(landscape.winProbability(bid / 1.05)).isLessThan(0.1);
    assertThat(landscape.winProbability(bid * 1.05)).isGreaterThan(0.9);
  }

  /**
   * One bid b that won in a share w of n auctions and nothing else: then F(b) = w, to within the
   * weight of the guess.
   */
  @Test
  void sharesAuctionsOutSelfConsistently() {
    PriceObservations seen = new PriceObservations();
    for (int i = 0; i < 1_000; i++) {
      if (i < 300) {
        seen.wonAt(2);
      } else {
        seen.lostAt(2);
      }
    }
    TickWeights guess = TickWeights.of(new LogNormalLandscape(0, 1));
    StepLandscape landscape = SelfConsistent.estimate(seen, guess, 1, SelfConsistent.ROUNDS);
    assertThat(landscape.winProbability(2.04)).isCloseTo(0.3, within(0.002));
    assertThat(landscape.winProbability(1e6)).isCloseTo(1, within(1e-9));
  }
}
