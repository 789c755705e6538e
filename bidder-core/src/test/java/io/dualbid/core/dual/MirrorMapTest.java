package io.dualbid.core.dual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class MirrorMapTest {
  private static final List<MirrorMap> MAPS =
      List.of(Euclidean.DEFAULT, Entropy.DEFAULT, new ShiftedEntropy(0.5, 1, MirrorMap.CEILING));

  /** The reference functions, as their classes state them. */
  private static double h(MirrorMap map, double m) {
    if (map instanceof Euclidean) {
      return m * m / 2;
    }
    double shifted = map instanceof ShiftedEntropy s ? m + s.shift() : m;
    return shifted * Math.log(shifted) - shifted;
  }

  private static double slope(MirrorMap map, double m) {
    if (map instanceof Euclidean) {
      return m;
    }
    return Math.log(map instanceof ShiftedEntropy s ? m + s.shift() : m);
  }

  /** Minimises a convex function by golden section. */
  private static double argmin(DoubleUnaryOperator f, double low, double high) {
    double ratio = (Math.sqrt(5) - 1) / 2;
    double a = low;
    double b = high;
    for (int i = 0; i < 200; i++) {
      double left = b - ratio * (b - a);
      double right = a + ratio * (b - a);
      if (f.applyAsDouble(left) <= f.applyAsDouble(right)) {
        b = right;
      } else {
        a = left;
      }
    }
    return (a + b) / 2;
  }

  /** The closed forms against the definition: argmin of move·m + V_h(m, μ) over m ≥ 0. */
  @Property(tries = 200)
  void stepsToTheMinimumOfTheDefinition(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    MirrorMap map = MAPS.get(random.nextInt(MAPS.size()));
    double mu = 0.01 + 3 * random.nextDouble();
    double move = 2 * random.nextDouble() - 1;
    double least =
        argmin(m -> move * m + h(map, m) - h(map, mu) - slope(map, mu) * (m - mu), 1e-15, 20);
    assertThat(map.step(mu, move)).isCloseTo(least, within(1e-6));
  }

  @Property(tries = 300)
  void staysWithinItsBoundsWhateverItIsGiven(@ForAll double mu, @ForAll double move) {
    for (MirrorMap map :
        List.of(new Euclidean(5), new Entropy(1, 0.1, 5), new ShiftedEntropy(1, 2, 5))) {
      double start = map.clamp(mu);
      double floor = map instanceof Entropy entropy ? entropy.floor() : 0;
      assertThat(map.step(start, move)).isBetween(floor, 5.0);
      assertThat(map.step(start, 1e300 * move)).isBetween(floor, 5.0);
    }
  }

  @Test
  void keepsTheMultiplierWhereTheGradientIsNotANumber() {
    for (MirrorMap map : MAPS) {
      assertThat(map.step(0.7, Double.NaN)).isEqualTo(0.7);
      DualVariable dual = new DualVariable(map, new StepSize.Constant(1), 0.7);
      dual.step(Double.NaN);
      assertThat(dual.multiplier()).isEqualTo(0.7);
      assertThat(dual.faults()).isEqualTo(1);
    }
  }

  @Test
  void movesByAFactorOfAtMostTheClip() {
    assertThat(Entropy.DEFAULT.step(2, -1e300)).isEqualTo(2 * Math.E, within(1e-12));
    assertThat(Entropy.DEFAULT.step(2, Double.POSITIVE_INFINITY))
        .isEqualTo(2 / Math.E, within(1e-12));
  }

  @Test
  void leavesZeroAgainWhereTheMapReachesIt() {
    assertThat(Euclidean.DEFAULT.step(Euclidean.DEFAULT.step(0.1, 1), -0.5)).isEqualTo(0.5);
    MirrorMap shifted = ShiftedEntropy.DEFAULT;
    assertThat(shifted.step(0.1, 1)).isZero();
    assertThat(shifted.step(0, -0.5)).isEqualTo(Math.exp(0.5) - 1, within(1e-12));
    assertThat(Entropy.DEFAULT.step(1e-12, 1)).isEqualTo(MirrorMap.ENTROPY_FLOOR);
  }
}
