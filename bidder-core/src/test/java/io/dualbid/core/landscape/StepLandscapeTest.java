package io.dualbid.core.landscape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.dualbid.core.bidding.BiddingRule;
import io.dualbid.core.model.Campaign.Objective;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Scale;
import org.junit.jupiter.api.Test;

class StepLandscapeTest {
  private static final StepLandscape THREE =
      StepLandscape.of(
          List.of(new PricePoint(1, 0.2), new PricePoint(2, 0.6), new PricePoint(4, 1)));

  /** Any landscape: up to 64 steps, some flat, some with a step at zero. */
  static StepLandscape random(SplittableRandom random) {
    int size = 1 + random.nextInt(64);
    double[] prices = random.doubles(size, 0, 5).sorted().distinct().toArray();
    if (random.nextBoolean()) {
      prices[0] = 0;
    }
    double[] probabilities = new double[prices.length];
    double sum = 0;
    for (int i = 0; i < prices.length; i++) {
      sum += random.nextInt(3) == 0 ? 0 : random.nextDouble();
      probabilities[i] = sum;
    }
    double most = sum == 0 ? 1 : sum * (1 + random.nextDouble());
    for (int i = 0; i < prices.length; i++) {
      probabilities[i] /= most;
    }
    return StepLandscape.of(prices, probabilities);
  }

  /** The smallest bid with the highest gain among all steps and a fine grid; 0 for none. */
  private static double bruteForce(
      StepLandscape landscape, DoubleUnaryOperator gain, double floor) {
    double[] bids = new double[5_000 + landscape.size() + 1];
    for (int i = 0; i < 5_000; i++) {
      bids[i] = i * 0.001;
    }
    for (int i = 0; i < landscape.size(); i++) {
      bids[5_000 + i] = landscape.price(i);
    }
    bids[bids.length - 1] = floor;
    Arrays.sort(bids);
    double best = 0;
    double bid = 0;
    for (double b : bids) {
      if (b >= floor && gain.applyAsDouble(b) > best) {
        best = gain.applyAsDouble(b);
        bid = b;
      }
    }
    return bid;
  }

  @Test
  void bidsThePriceAtWhichGainTimesProbabilityIsHighest() {
    // Value 3: (3-1)·0.2 = 0.4, (3-2)·0.6 = 0.6, 4 is above it. Value 10: 1.8, 4.8, 6.
    assertThat(THREE.bestBid(3)).isEqualTo(2);
    assertThat(THREE.bestBid(10)).isEqualTo(4);
    assertThat(THREE.bestBid(1.4)).isEqualTo(1);
    assertThat(THREE.expectedCost(2)).isEqualTo(1.2);
  }

  @Test
  void bidsTheSmallestOfEqualMaximisers() {
    // (3-1)·0.25 = (3-2)·0.5, all exact in binary.
    StepLandscape even = StepLandscape.of(new double[] {1, 2}, new double[] {0.25, 0.5});
    assertThat(even.bestBid(3)).isEqualTo(1);
    StepLandscape flat = StepLandscape.of(new double[] {1, 2}, new double[] {0.5, 0.5});
    assertThat(flat.bestBid(100)).isEqualTo(1);
  }

  @Test
  void doesNotBidWhereNothingIsGained() {
    assertThat(THREE.bestBid(1)).isEqualTo(PriceLandscape.NO_BID);
    assertThat(THREE.bestBid(-5)).isEqualTo(PriceLandscape.NO_BID);
    assertThat(THREE.bestBid(Double.NaN)).isEqualTo(PriceLandscape.NO_BID);
    assertThat(StepLandscape.UNKNOWN.bestBid(100)).isEqualTo(PriceLandscape.NO_BID);
    StepLandscape never = StepLandscape.of(new double[] {1}, new double[] {0});
    assertThat(never.bestBid(100)).isEqualTo(PriceLandscape.NO_BID);
  }

  @Test
  void bidsTheFloorWhereTheBestBidLiesBelowIt() {
    assertThat(THREE.bestBid(3, 2.5)).isEqualTo(2.5);
    assertThat(THREE.bestBid(3, 2)).isEqualTo(2);
    assertThat(THREE.bestBid(10, 2.5)).isEqualTo(4);
    assertThat(THREE.bestBid(3, 3)).isEqualTo(PriceLandscape.NO_BID);
    assertThat(THREE.bestBid(3, Double.NaN)).isEqualTo(2);
  }

  @Test
  void answersTheGreatestValueWithTheSurestPrice() {
    assertThat(THREE.bestBid(Double.POSITIVE_INFINITY)).isEqualTo(4);
    assertThat(THREE.bestBid(Double.MAX_VALUE)).isEqualTo(4);
    assertThat(THREE.winProbability(Double.POSITIVE_INFINITY)).isEqualTo(1);
    assertThat(THREE.winProbability(Double.NaN)).isZero();
    assertThat(THREE.winProbability(-1)).isZero();
  }

  @Property(tries = 300)
  void findsWhatBruteForceFinds(
      @ForAll long seed,
      @ForAll @Scale(9) @DoubleRange(min = 0, max = 6) double value,
      @ForAll @Scale(9) @DoubleRange(min = 0, max = 3) double floor) {
    StepLandscape landscape = random(new SplittableRandom(seed));
    DoubleUnaryOperator gain = b -> (value - b) * landscape.winProbability(b);
    assertThat(landscape.bestBid(value)).isEqualTo(bruteForce(landscape, gain, 0));
    assertThat(landscape.bestBid(value, floor)).isEqualTo(bruteForce(landscape, gain, floor));
  }

  @Property(tries = 300)
  void servesEveryObjectiveWithTheBidOfATruthfulAuction(
      @ForAll long seed,
      @ForAll @Scale(9) @DoubleRange(min = 0.01, max = 3) double value,
      @ForAll @Scale(9) @DoubleRange(min = 0.1, max = 5) double multiplier) {
    StepLandscape landscape = random(new SplittableRandom(seed));
    DoubleUnaryOperator utility = b -> (value - (1 + multiplier) * b) * landscape.winProbability(b);
    DoubleUnaryOperator won = b -> (value - multiplier * b) * landscape.winProbability(b);
    sameGain(
        landscape.bestBid(BiddingRule.of(Objective.PROFIT).bid(value, multiplier)),
        bruteForce(landscape, utility, 0),
        utility);
    sameGain(
        landscape.bestBid(BiddingRule.of(Objective.VALUE).bid(value, multiplier)),
        bruteForce(landscape, won, 0),
        won);
  }

  private static void sameGain(double bid, double best, DoubleUnaryOperator gain) {
    assertThat(gain.applyAsDouble(bid)).isCloseTo(gain.applyAsDouble(best), within(1e-12));
  }

  @Property(tries = 300)
  void bidsMoreForMoreAndNeverAboveTheValue(
      @ForAll long seed,
      @ForAll @Scale(9) @DoubleRange(min = 0, max = 6) double value,
      @ForAll @Scale(9) @DoubleRange(min = 0.001, max = 3) double more) {
    StepLandscape landscape = random(new SplittableRandom(seed));
    double bid = landscape.bestBid(value);
    assertThat(bid).isBetween(0.0, value);
    assertThat(landscape.bestBid(value + more)).isGreaterThanOrEqualTo(bid);
  }

  @Property(tries = 200)
  void followsTheCurrency(
      @ForAll long seed,
      @ForAll @Scale(9) @DoubleRange(min = 0, max = 6) double value,
      @ForAll @Scale(9) @DoubleRange(min = 1e-6, max = 1e6) double rate) {
    StepLandscape landscape = random(new SplittableRandom(seed));
    double[] prices = new double[landscape.size()];
    double[] probabilities = new double[landscape.size()];
    for (int i = 0; i < prices.length; i++) {
      prices[i] = landscape.price(i) * rate;
      probabilities[i] = landscape.probability(i);
    }
    double bid = StepLandscape.of(prices, probabilities).bestBid(value * rate);
    assertThat(bid).isCloseTo(landscape.bestBid(value) * rate, within(1e-12 * rate));
  }

  @Property(tries = 200)
  void keepsExactPointsWhenThinned(@ForAll long seed) {
    StepLandscape landscape = random(new SplittableRandom(seed));
    for (int most : new int[] {2, 7, 32, 64}) {
      StepLandscape thin = landscape.thinned(most);
      assertThat(thin.size()).isBetween(1, most);
      assertThat(landscape.points()).containsAll(thin.points());
      assertThat(thin.price(0)).isEqualTo(landscape.price(0));
      assertThat(thin.price(thin.size() - 1)).isEqualTo(landscape.price(landscape.size() - 1));
    }
  }

  @Test
  void keepsTheCheapestStepOfAJumpWhenThinned() {
    double[] prices = new double[1_000];
    double[] probabilities = new double[1_000];
    for (int i = 0; i < 1_000; i++) {
      prices[i] = 1 + i * 0.001;
      probabilities[i] = (i < 400 ? 0.1 : 0.9) + i * 1e-5;
    }
    StepLandscape thin = StepLandscape.of(prices, probabilities).thinned(16);
    assertThat(thin.points()).contains(new PricePoint(prices[400], probabilities[400]));
  }

  @Test
  void losesLittleByThinning() {
    PriceLandscape truth = new LogNormalLandscape(0, 0.8);
    double[] prices = new double[1_000];
    double[] probabilities = new double[1_000];
    for (int i = 0; i < 1_000; i++) {
      prices[i] = Math.exp((i - 500) * 0.01);
      probabilities[i] = truth.winProbability(prices[i]);
    }
    StepLandscape thin = StepLandscape.of(prices, probabilities).thinned(64);
    for (double value = 0.25; value < 30; value *= 1.1) {
      double best = truth.bestBid(value);
      double bid = thin.bestBid(value);
      assertThat((value - bid) * truth.winProbability(bid))
          .as("value %s", value)
          .isGreaterThan(0.97 * (value - best) * truth.winProbability(best));
    }
  }

  @Test
  void refusesStepsThatAreNone() {
    assertThatThrownBy(() -> StepLandscape.of(new double[] {1, 1}, new double[] {0.1, 0.2}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("prices[1]=1.0");
    for (double bad : new double[] {-1, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThatThrownBy(() -> StepLandscape.of(new double[] {bad}, new double[] {0.1}))
          .isInstanceOf(IllegalArgumentException.class);
    }
    for (double bad : new double[] {-0.1, Double.NaN, 1.1, 0.1}) {
      assertThatThrownBy(() -> StepLandscape.of(new double[] {1, 2}, new double[] {0.5, bad}))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("probabilities[1]");
    }
    assertThatThrownBy(() -> StepLandscape.of(new double[1], new double[2]))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Property(tries = 100)
  void comesBackFromItsWrittenForm(@ForAll long seed) throws IOException {
    StepLandscape landscape = random(new SplittableRandom(seed));
    assertThat(Written.again(landscape)).isEqualTo(landscape);
    assertThat(StepLandscape.of(landscape.points())).isEqualTo(landscape);
  }

  @Test
  void refusesToReadAnythingElse() {
    byte[][] wrong = {
      {9}, {1, -1, -1, -1, -1}, {1, 0, 0, 0, 1, 0, 0}, {2, 127, -1, 0, 0, 0, 0, 0, 0, 0}
    };
    for (byte[] bytes : wrong) {
      assertThatThrownBy(
              () -> PriceLandscape.read(new DataInputStream(new ByteArrayInputStream(bytes))))
          .isInstanceOf(IOException.class);
    }
  }
}
