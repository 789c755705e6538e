package io.dualbid.simulator.hindsight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ThresholdKnapsackTest {
  /** Whole numbers of few values, so that ratios tie, and anything else besides. */
  @Property(tries = 150)
  void findsWhatSortingFinds(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 60) int rows, @ForAll boolean tied) {
    SplittableRandom random = new SplittableRandom(seed);
    double[] value = new double[rows];
    double[] price = new double[rows];
    double all = 0;
    for (int i = 0; i < rows; i++) {
      value[i] = tied ? random.nextInt(4) : Math.exp(3 * random.nextGaussian());
      price[i] = tied ? random.nextInt(4) : Math.exp(3 * random.nextGaussian());
      all += price[i];
    }
    double target = random.nextInt(3);
    double budget = random.nextInt(5) == 0 ? Double.POSITIVE_INFINITY : all * random.nextDouble();
    AuctionPasses auctions = AuctionPasses.of(value, price);
    KnapsackOptimum sorted = KnapsackOptimum.of(auctions, target, budget);
    KnapsackOptimum found = ThresholdKnapsack.solve(auctions, target, budget);
    assertThat(found.value()).isCloseTo(sorted.value(), within(1e-9 * (1 + sorted.value())));
    assertThat(found.spend()).isCloseTo(sorted.spend(), within(1e-9 * (1 + sorted.spend())));
    assertThat(found.binding()).isEqualTo(sorted.binding());
    assertThat(found.marginalRatio()).isEqualTo(sorted.marginalRatio());
    assertThat(found.tieShare()).isCloseTo(sorted.tieShare(), within(1e-9));
  }

  @Test
  void takesTheFirstOfEqualAuctionsAndAPartOfTheLast() {
    AuctionPasses auctions = AuctionPasses.of(new double[] {2, 6, 2, 2}, new double[] {2, 2, 2, 2});
    KnapsackOptimum optimum = ThresholdKnapsack.solve(auctions, 0, 5);
    assertThat(optimum.value()).isEqualTo(6 + 2 + 1);
    assertThat(optimum.spend()).isEqualTo(5);
    assertThat(optimum.shadowPrice()).isEqualTo(1);
    assertThat(optimum.binding()).isEqualTo(Knapsack.Binding.BUDGET);
  }
}
