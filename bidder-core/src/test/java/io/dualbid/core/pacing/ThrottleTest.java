package io.dualbid.core.pacing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.dualbid.core.pacing.Throttle.Settings;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class ThrottleTest {
  private static Throttle throttle(double start) {
    return new Throttle(Settings.DEFAULT, 100, 0, start);
  }

  @Test
  void fallsByATenthWhenAheadAndRisesByATenthWhenNot() {
    Throttle throttle = throttle(0.5);
    assertThat(throttle.tick(99, 1, 2)).isFalse();
    assertThat(throttle.probability()).isEqualTo(0.5);
    assertThat(throttle.tick(100, 1, 2)).isTrue();
    assertThat(throttle.probability()).isCloseTo(0.45, within(1e-15));
    throttle.tick(200, 2, 2);
    assertThat(throttle.probability()).isCloseTo(0.495, within(1e-15));
  }

  @Test
  void takesPartWhereTheDrawIsBelowQ() {
    assertThat(Throttle.participates(0.5, 0.49)).isTrue();
    assertThat(Throttle.participates(0.5, 0.5)).isFalse();
    assertThat(Throttle.participates(1, Math.nextDown(1.0))).isTrue();
  }

  @Test
  void knowsTheFluidProbability() {
    assertThat(Throttle.fluid(0.1, 0.4)).isEqualTo(0.25);
    assertThat(Throttle.fluid(0.5, 0.4)).isEqualTo(1);
    assertThat(Throttle.fluid(0.5, 0)).isEqualTo(1);
    assertThat(Throttle.fluid(0, 0.4)).isZero();
  }

  @Test
  void restsWhereAnAmountIsNotANumber() {
    Throttle throttle = throttle(0.5);
    assertThat(throttle.tick(100, Double.NaN, 1)).isFalse();
    assertThat(throttle.probability()).isEqualTo(0.5);
  }

  @Property(tries = 200)
  void staysWithinItsLimits(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Settings settings =
        new Settings(0.01 + 0.98 * random.nextDouble(), 0.01 + random.nextDouble() / 2);
    Throttle throttle = new Throttle(settings, 10, 0, random.nextDouble() * 2);
    double bias = random.nextDouble();
    for (int i = 1; i < 500; i++) {
      throttle.tick(i * 10L, random.nextDouble(), bias * 2 * random.nextDouble());
      assertThat(throttle.probability()).isBetween(settings.lowest(), 1.0);
    }
  }

  @Property(tries = 200)
  void neverTakesPartMoreOftenForHavingSpentMore(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double start = random.nextDouble();
    Throttle frugal = throttle(start);
    Throttle lavish = throttle(start);
    double spent = 0;
    double more = 0;
    for (int i = 1; i < 200; i++) {
      spent += random.nextDouble();
      more = Math.max(more, spent) + random.nextInt(2);
      frugal.tick(i * 100L, i * 0.5, spent);
      lavish.tick(i * 100L, i * 0.5, more);
      assertThat(lavish.probability()).isLessThanOrEqualTo(frugal.probability());
    }
  }

  @Test
  void goesOnFromItsState() throws IOException {
    Throttle throttle = throttle(0.7);
    throttle.tick(150, 1, 2);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    throttle.write(new DataOutputStream(bytes));
    Throttle restored =
        Throttle.read(
            Settings.DEFAULT,
            100,
            new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
    assertThat(restored.probability()).isEqualTo(throttle.probability());
    assertThat(restored.tick(249, 1, 2)).isFalse();
    assertThat(restored.tick(250, 1, 2)).isTrue();
    assertThat(throttle.tick(250, 1, 2)).isTrue();
    assertThat(restored.probability()).isEqualTo(throttle.probability());
  }

  @Test
  void refusesAStateOfANewerVersion() {
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(new byte[] {2}));
    assertThatThrownBy(() -> Throttle.read(Settings.DEFAULT, 100, in))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("version 2");
  }

  @Property(tries = 30)
  void spendsABudgetEvenlyAndNeverMore(@ForAll long seed) {
    CappedRun run = new CappedRun(seed, 4_000, 0.1);
    Throttle throttle = new Throttle(Settings.DEFAULT, 40, 0, 1);
    while (run.next()) {
      throttle.tick(run.round(), run.planned(), run.spent());
      run.play((value, draw) -> Throttle.participates(throttle.probability(), draw) ? value : 0);
    }
    assertThat(run.spent()).isBetween(0.9 * run.budget(), run.budget());
    assertThat(run.spentHalfway()).isBetween(0.4 * run.budget(), 0.6 * run.budget());
  }
}
