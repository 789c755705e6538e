package io.dualbid.simulator.hindsight;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class FallingOrderTest {
  @Test
  void leavesOutWhatIsBelowZeroOrNoNumber() {
    assertThat(
            FallingOrder.of(
                new double[] {1, -1, Double.POSITIVE_INFINITY, Double.NaN, 0, -0.0, 1, 1e-300}))
        .containsExactly(2, 0, 6, 7, 4, 5);
    assertThat(FallingOrder.of(new double[0])).isEmpty();
  }

  /** Equal to the comparison sort, ties by index: keys are drawn from few values and from many. */
  @Property(tries = 200)
  void sortsAsAStableComparisonSortDoes(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[] keys = new double[random.nextInt(3_000)];
    int kinds = 1 + random.nextInt(20);
    for (int i = 0; i < keys.length; i++) {
      keys[i] =
          random.nextBoolean()
              ? random.nextInt(kinds)
              : Math.exp(600 * (random.nextDouble() - 0.5));
    }
    int[] expected =
        IntStream.range(0, keys.length)
            .boxed()
            .sorted(Comparator.comparingDouble((Integer i) -> -keys[i]))
            .mapToInt(Integer::intValue)
            .toArray();
    assertThat(FallingOrder.of(keys)).isEqualTo(expected);
  }
}
