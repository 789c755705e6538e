package io.dualbid.core.allocation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class SoftmaxTest {
  private static double[] split(double temperature, boolean nullEntropy, double... score) {
    double[] share = new double[score.length];
    new Softmax(temperature, nullEntropy).split(score, share);
    return share;
  }

  private static double sum(double[] share) {
    double sum = 0;
    for (double each : share) {
      sum += each;
    }
    return sum;
  }

  /** What {@link Softmax} says it maximises. */
  private static double objective(
      double temperature, boolean nullEntropy, double[] score, double[] share) {
    double objective = 0;
    for (int j = 0; j < score.length; j++) {
      objective += share[j] * score[j] - temperature * entropy(share[j]);
    }
    return nullEntropy ? objective - temperature * entropy(1 - sum(share)) : objective;
  }

  private static double entropy(double x) {
    return x > 0 ? x * Math.log(x) : 0;
  }

  /** No other split of the request does better: random ones, and small shifts of the answer. */
  @Property(tries = 200)
  void maximisesScoreAndEntropy(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int n = 1 + random.nextInt(4);
    double temperature = 0.05 + random.nextDouble();
    double[] score = new double[n];
    for (int j = 0; j < n; j++) {
      score[j] = 3 * random.nextDouble() - 1.5;
    }
    for (boolean nullEntropy : new boolean[] {true, false}) {
      double[] share = split(temperature, nullEntropy, score);
      assertThat(sum(share)).isLessThanOrEqualTo(1 + 1e-12);
      double best = objective(temperature, nullEntropy, score, share);
      for (int k = 0; k < 40; k++) {
        double[] other = new double[n];
        double weight = k < 20 ? 1 : 1e-3;
        double left = 1;
        for (int j = 0; j < n; j++) {
          double drawn = left * random.nextDouble();
          left -= drawn;
          other[j] = (1 - weight) * share[j] + weight * drawn;
        }
        assertThat(objective(temperature, nullEntropy, score, other))
            .isLessThanOrEqualTo(best + 1e-12);
      }
    }
  }

  @Test
  void countsTheNullActionAsAResourceOfScoreZero() {
    assertThat(split(0.5, true, 0, 0, 0)).containsExactly(0.25, 0.25, 0.25);
    assertThat(split(1, true, Math.log(3))[0]).isCloseTo(0.75, within(1e-15));
  }

  @Test
  void leavesTheRestUnusedWithoutTheNullsEntropyAndNothingWhereThereIsDemand() {
    assertThat(split(1, false, 0)[0]).isCloseTo(Math.exp(-1), within(1e-15));
    assertThat(sum(split(1, false, 2, 2))).isCloseTo(1, within(1e-15));
    assertThat(split(1, false, 2, 2)[0]).isCloseTo(0.5, within(1e-15));
  }

  @Test
  void becomesTheArgmaxAsTheTemperatureFalls() {
    for (double temperature : new double[] {1e-4, 1e-100, Double.MIN_VALUE}) {
      assertThat(split(temperature, true, 0.3, 0.7, 0.5)).containsExactly(0, 1, 0);
      assertThat(split(temperature, false, 0.3, 0.7, 0.5)).containsExactly(0, 1, 0);
      assertThat(split(temperature, true, -0.3, -0.7)).containsExactly(0, 0);
      assertThat(split(temperature, false, -0.3, -0.7)).containsExactly(0, 0);
      assertThat(split(temperature, true, 0.7, 0.7)).containsExactly(0.5, 0.5);
    }
  }

  @Property(tries = 300)
  void overflowsForNoScore(
      @ForAll double a, @ForAll double b, @ForAll double c, @ForAll boolean nullEntropy) {
    for (double temperature : new double[] {1e-300, 0.2, 1e300}) {
      for (double[] score :
          new double[][] {
            {a, b, c},
            {a, 1e308, -1e308},
            {Double.NaN, Double.POSITIVE_INFINITY, b},
            {Double.NEGATIVE_INFINITY, Double.NaN, c}
          }) {
        double[] share = split(temperature, nullEntropy, score);
        for (int j = 0; j < 3; j++) {
          assertThat(share[j]).isBetween(0.0, 1.0);
          if (Double.isNaN(score[j])) {
            assertThat(share[j]).isZero();
          }
        }
        assertThat(sum(share)).isBetween(0.0, 1 + 1e-12);
      }
    }
  }

  @Test
  void refusesATemperatureThatIsNone() {
    assertThatThrownBy(() -> new Softmax(0, true)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Softmax(Double.NaN, true))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
