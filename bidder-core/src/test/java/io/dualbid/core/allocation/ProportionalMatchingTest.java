package io.dualbid.core.allocation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.dualbid.core.dual.Euclidean;
import io.dualbid.core.dual.StepSize;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class ProportionalMatchingTest {
  private static ProportionalMatching matching(
      Horizon horizon, Gradient gradient, double start, double... capacity) {
    return new ProportionalMatching(
        capacity,
        horizon,
        ShadowPrices.plain(
            Instance.duals(capacity.length, Euclidean.DEFAULT, new StepSize.Constant(0.3), start)),
        gradient,
        new Softmax(0.5, true));
  }

  @Test
  void splitsByRewardNetOfPriceAndCutsOffAtTheCapacity() {
    ProportionalMatching matching = matching(Horizon.of(10), Gradient.TENTATIVE, 1, 10, 0.1);
    matching.match(new double[] {1, 2}, new double[] {1, 2});
    // Both scores are 0, as the null action's.
    assertThat(matching.share(0)).isCloseTo(1.0 / 3, within(1e-15));
    assertThat(matching.taken(0)).isEqualTo(matching.share(0));
    assertThat(matching.taken(1)).isCloseTo(0.05, within(1e-15));
    assertThat(matching.left(1)).isZero();
    assertThat(matching.reward()).isCloseTo(1.0 / 3 + 0.1, within(1e-15));
    assertThat(matching.prices().multiplier(1))
        .isCloseTo(1 - 0.3 * (0.01 - 2.0 / 3), within(1e-15));
  }

  @Test
  void stepsByWhatWasTakenWhereTheGradientIsRealised() {
    ProportionalMatching matching = matching(Horizon.of(10), Gradient.REALISED, 1, 10, 0.1);
    matching.match(new double[] {1, 2}, new double[] {1, 2});
    assertThat(matching.prices().multiplier(1)).isCloseTo(1 - 0.3 * (0.01 - 0.1), within(1e-15));
  }

  @Property(tries = 200)
  void neverExceedsACapacityWhateverComes(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[] capacity = {3 * random.nextDouble(), 0, 100 * random.nextDouble()};
    ProportionalMatching matching =
        matching(
            Horizon.of(100),
            random.nextBoolean() ? Gradient.TENTATIVE : Gradient.REALISED,
            random.nextDouble(),
            capacity);
    double[] used = new double[3];
    for (int t = 0; t < 120; t++) {
      double[] reward = new double[3];
      double[] cost = new double[3];
      for (int j = 0; j < 3; j++) {
        reward[j] =
            switch (random.nextInt(12)) {
              case 0 -> Double.NaN;
              case 1 -> Double.POSITIVE_INFINITY;
              case 2 -> -1e300;
              default -> random.nextDouble();
            };
        cost[j] =
            random.nextInt(6) == 0 ? 0 : random.nextInt(20) == 0 ? 1e308 : random.nextDouble();
      }
      matching.match(reward, cost);
      for (int j = 0; j < 3; j++) {
        assertThat(matching.taken(j)).isBetween(0.0, matching.share(j));
        used[j] += matching.taken(j) * cost[j];
        assertThat(used[j]).isLessThanOrEqualTo(capacity[j] * (1 + 1e-12));
        assertThat(matching.left(j)).isBetween(0.0, capacity[j]);
        assertThat(matching.prices().multiplier(j)).isBetween(0.0, 1e12);
      }
      assertThat(matching.reward()).isFinite();
      assertThat(matching.share(0) == 0 || t < 100).isTrue();
    }
  }

  @Test
  void drawsResourcesAsOftenAsTheirSharesSay() {
    ProportionalMatching matching = matching(Horizon.of(10), Gradient.TENTATIVE, 0, 10, 10);
    matching.match(new double[] {0.4, 0.1}, new double[] {1, 1});
    int[] drawn = new int[3];
    for (int k = 0; k < 1_000; k++) {
      drawn[matching.draw((k + 0.5) / 1_000) + 1]++;
    }
    assertThat(drawn[1] / 1_000.0).isCloseTo(matching.taken(0), within(0.001));
    assertThat(drawn[2] / 1_000.0).isCloseTo(matching.taken(1), within(0.001));
    assertThat(drawn[0]).isPositive();
  }

  @Test
  void followsCapacityAndHorizonAsTheyChange() {
    ProportionalMatching matching = matching(Horizon.of(10), Gradient.TENTATIVE, 0, 5);
    matching.match(new double[] {1}, new double[] {1});
    double used = 5 - matching.left(0);
    matching.setHorizon(5);
    assertThat(matching.prices().target(0)).isCloseTo((5 - used) / 4, within(1e-15));
    matching.setCapacity(0, used / 2);
    assertThat(matching.left(0)).isZero();
    matching.match(new double[] {1}, new double[] {1});
    assertThat(matching.taken(0)).isZero();
    matching.setCapacity(0, 8);
    assertThat(matching.left(0)).isCloseTo(8 - used, within(1e-15));
  }

  @Test
  void refusesCostsThatAreNone() {
    ProportionalMatching matching = matching(Horizon.of(10), Gradient.TENTATIVE, 0, 5);
    for (double cost : new double[] {-1, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThatThrownBy(() -> matching.match(new double[] {1}, new double[] {cost}))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThat(matching.left(0)).isEqualTo(5);
  }
}
