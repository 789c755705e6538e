package io.dualbid.core.placement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dualbid.core.landscape.Normal;
import io.dualbid.core.placement.value.Empirical;
import io.dualbid.core.placement.value.Exponential;
import io.dualbid.core.placement.value.Histogram;
import io.dualbid.core.placement.value.LogNormal;
import io.dualbid.core.placement.value.Uniform;
import io.dualbid.core.placement.value.ValueDistribution;
import java.util.Arrays;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** Virtual values, ironed, and their inverses. */
class ValueDistributionTest {
  @Property(tries = 3000)
  void risesAndInverts(@ForAll long seed) {
    Random random = new Random(seed);
    ValueDistribution law = RandomPlacements.law(random);
    double before = Double.NEGATIVE_INFINITY;
    for (int k = 0; k <= 60; k++) {
      double phi = law.virtualValue(k * 0.05);
      assertThat(phi).isGreaterThanOrEqualTo(before - 1e-9);
      before = phi;
    }
    double score = 4 * random.nextDouble() - 1;
    double least = law.inverse(score);
    if (least < Double.POSITIVE_INFINITY) {
      assertThat(law.virtualValue(least * (1 + 1e-9))).isGreaterThanOrEqualTo(score - 1e-6);
      if (least > 1e-6) {
        assertThat(law.virtualValue(least - 1e-6)).isLessThanOrEqualTo(score + 1e-6);
      }
    } else {
      assertThat(law.virtualValue(1e9)).isLessThanOrEqualTo(score);
    }
  }

  /** The price of a monopoly whose units cost something, found by trying prices. */
  @Property(tries = 500)
  void invertsToThePriceOfAMonopoly(@ForAll long seed) {
    Random random = new Random(seed);
    Histogram law = RandomPlacements.histogram(random);
    double cost = random.nextDouble();
    double price = law.inverse(cost);
    if (price < Double.POSITIVE_INFINITY) {
      double profit = (price - cost) * law.probabilityAbove(price);
      for (int k = 0; k <= 400; k++) {
        double other = k * 0.02;
        assertThat((other - cost) * law.probabilityAbove(other)).isLessThanOrEqualTo(profit + 1e-9);
      }
    }
  }

  @Test
  void ironsAFallFromDenseToThin() {
    Histogram law = new Histogram(new double[] {0, 1, 3}, new double[] {0.75, 0.25});
    assertThat(law.ironed()).hasSize(1);
    Histogram.Ironed ironed = law.ironed().get(0);
    // The common tangent of two parabolas in closed form.
    assertThat(ironed.from()).isCloseTo(0.7584183762, Offset.offset(1e-9));
    assertThat(ironed.to()).isCloseTo(1.5917517095, Offset.offset(1e-9));
    assertThat(ironed.score()).isCloseTo(0.1835034191, Offset.offset(1e-9));
    assertThat(law.virtualValue(1)).isEqualTo(law.virtualValue(1.5));
    assertThat(law.reserve()).isCloseTo(2 / 3.0, Offset.offset(1e-12));
    assertThat(law.virtualValue(-0.1)).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(law.virtualValue(7)).isEqualTo(3);
    assertThat(law.inverse(3.1)).isEqualTo(Double.POSITIVE_INFINITY);
  }

  @Test
  void knowsTheFormulasOfUniformAndExponential() {
    Uniform uniform = new Uniform(1, 3);
    assertThat(uniform.virtualValue(2)).isEqualTo(1);
    assertThat(uniform.virtualValue(9)).isEqualTo(3);
    assertThat(uniform.virtualValue(0.5)).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(uniform.reserve()).isEqualTo(1.5);
    assertThat(new Uniform(2, 3).reserve()).isEqualTo(2);
    Exponential exponential = new Exponential(4);
    assertThat(exponential.virtualValue(1)).isEqualTo(0.75);
    assertThat(exponential.reserve()).isEqualTo(0.25);
  }

  /**
   * Against the slope of a hull over 200,000 quantiles, for a spread that needs ironing and not.
   */
  @Test
  void agreesWithAHullOfQuantilesForLogNormal() {
    for (double sigma : new double[] {0.5, 1, 2, 3}) {
      LogNormal law = new LogNormal(0.3, sigma);
      double[] quantiles = quantiles(200_000, q -> quantile(law, q));
      Empirical hull = new Empirical(quantiles);
      for (double v : new double[] {0.5, 1, 1.5, 2, 3, 5}) {
        double phi = law.virtualValue(v);
        assertThat(hull.virtualValue(v))
            .as("sigma %s, value %s", sigma, v)
            .isCloseTo(phi, Offset.offset(0.01 * (1 + Math.abs(phi))));
      }
    }
  }

  @Test
  void ironsOnlyWideLogNormals() {
    assertThat(new LogNormal(0, 1).ironed()).isFalse();
    assertThat(new LogNormal(0, 2).ironed()).isTrue();
  }

  private static double[] quantiles(int count, DoubleUnaryOperator quantile) {
    double[] values = new double[count];
    for (int k = 0; k < count; k++) {
      values[k] = quantile.applyAsDouble((k + 0.5) / count);
    }
    return values;
  }

  /** By bisection on F. */
  private static double quantile(LogNormal law, double q) {
    double low = -10;
    double high = 10;
    for (int k = 0; k < 60; k++) {
      double middle = (low + high) / 2;
      if (Normal.cdf(middle) < q) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return Math.exp(law.mu() + law.sigma() * low);
  }

  /** Slopes of the hull of (k, k-th greatest times k), worked by hand. */
  @Test
  void ironsSamples() {
    // Greatest first: 10, 4, 3, 2; revenue 10, 8, 9, 8: hull 0-10, then 10-9 over two, then 9-8.
    Empirical law = new Empirical(new double[] {2, 10, 3, 4});
    assertThat(law.virtualValue(10)).isEqualTo(10);
    assertThat(law.virtualValue(4)).isEqualTo(-0.5);
    assertThat(law.virtualValue(3)).isEqualTo(-0.5);
    assertThat(law.virtualValue(2)).isEqualTo(-1);
    assertThat(law.virtualValue(9.9)).isEqualTo(-0.5);
    assertThat(law.virtualValue(1.9)).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(law.reserve()).isEqualTo(10);
    assertThat(law.inverse(-0.7)).isEqualTo(3);
    assertThat(law.inverse(11)).isEqualTo(Double.POSITIVE_INFINITY);
  }

  @Test
  void comesCloseToTheLawOfItsSamples() {
    Random random = new Random(7);
    double[] samples = new double[20_000];
    Arrays.setAll(samples, k -> 2 * random.nextDouble());
    // The reserve of uniform [0, 2] is 1; the monopoly's profit is flat around it, its square root
    // law of error gives 20,000^(-1/3), about 0.04.
    assertThat(new Empirical(samples).reserve()).isCloseTo(1, Offset.offset(0.12));
  }

  @Test
  void refusesWhatIsNoLaw() {
    assertThatThrownBy(() -> new Uniform(2, 2)).hasMessageContaining("low < high");
    assertThatThrownBy(() -> new Exponential(0)).hasMessageContaining("above 0");
    assertThatThrownBy(() -> new LogNormal(0, 0)).hasMessageContaining("sigma");
    assertThatThrownBy(() -> new Empirical(new double[0])).hasMessageContaining("sample");
    assertThatThrownBy(() -> new Histogram(new double[] {0, 1}, new double[] {0.5}))
        .hasMessageContaining("sum to 1");
    assertThatThrownBy(() -> new Histogram(new double[] {0, 1}, new double[] {0.5, 0.5}))
        .hasMessageContaining("one edge more");
  }
}
