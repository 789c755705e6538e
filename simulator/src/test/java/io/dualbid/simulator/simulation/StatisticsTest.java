package io.dualbid.simulator.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class StatisticsTest {
  /** Mean 3; squares 10; error sqrt(10/4/5) = 0.70711; t(0.975; 4) = 2.77645. */
  @Test
  void tellsStudentsInterval() {
    Interval interval = Interval.of(new double[] {1, 2, 3, 4, 5});
    assertThat(interval.mean()).isEqualTo(3);
    assertThat(interval.halfWidth()).isCloseTo(2.77645 * Math.sqrt(0.5), within(1e-5));
    assertThat(Interval.of(new double[] {7}).halfWidth()).isNaN();
  }

  @Test
  void findsThePowerOfAPowerLaw() {
    double[][] regrets = new double[3][4];
    List<Integer> horizons = List.of(100, 1_000, 10_000);
    for (int h = 0; h < 3; h++) {
      for (int s = 0; s < 4; s++) {
        regrets[h][s] = (1 + s) * Math.pow(horizons.get(h), 0.7);
      }
    }
    Slope slope = Slope.of(horizons, regrets);
    assertThat(slope.slope()).isCloseTo(0.7, within(1e-12));
    assertThat(slope.halfWidth()).isCloseTo(0, within(1e-9));
  }

  /** By hand: slopes without a seed are log10(3), log10(1) and log10(2). */
  @Test
  void tellsTheJackknifeIntervalOfASlope() {
    Slope slope = Slope.of(List.of(10, 100), new double[][] {{1, 1, 1}, {1, 5, 0.999999999}});
    double a = Math.log10(2.9999999995);
    double b = Math.log10(0.9999999995);
    double c = Math.log10(3);
    double mean = (a + b + c) / 3;
    double squares = Math.pow(a - mean, 2) + Math.pow(b - mean, 2) + Math.pow(c - mean, 2);
    assertThat(slope.slope()).isCloseTo(Math.log10(7 / 3.0), within(1e-8));
    // t(0.975; 2) = 4.302653.
    assertThat(slope.halfWidth()).isCloseTo(4.302653 * Math.sqrt(squares * 2 / 3), within(1e-6));
  }

  @Test
  void leavesOutLengthsWithoutRegret() {
    assertThat(Slope.of(List.of(10, 100), new double[][] {{-1}, {2}}).slope()).isNaN();
    assertThat(Slope.of(List.of(10, 100, 1_000), new double[][] {{-1}, {2}, {20}}).slope())
        .isCloseTo(1, within(1e-12));
  }
}
