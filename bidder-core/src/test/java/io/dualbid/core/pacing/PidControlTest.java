package io.dualbid.core.pacing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.dualbid.core.pacing.PidControl.Gains;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class PidControlTest {
  private static PidControl control() {
    return new PidControl(Gains.DEFAULT, 100, 1_000);
  }

  @Test
  void restsUntilAnIntervalHasPassed() {
    PidControl control = control();
    assertThat(control.tick(1_099, 0, 5, 10)).isFalse();
    assertThat(control.phi()).isZero();
    assertThat(control.factor()).isEqualTo(1);
    assertThat(control.tick(1_100, 0, 1, 10)).isTrue();
    double phi = control.phi();
    assertThat(control.tick(1_199, 0, 9, 10)).isFalse();
    assertThat(control.phi()).isEqualTo(phi).isNegative();
  }

  @Test
  void hasNoDerivativeAtFirst() {
    PidControl control = control();
    control.tick(1_100, 1, 2, 10);
    // e = -0.1: 4·(-0.1) + 0.5·(-0.1)
    assertThat(control.phi()).isCloseTo(-0.45, within(1e-15));
    control.tick(1_200, 2, 1.5, 10);
    // e = 0.05: 4·0.05 + 0.5·(-0.1 + 0.05) + 1·(0.05 + 0.1)
    assertThat(control.phi()).isCloseTo(0.2 - 0.025 + 0.15, within(1e-15));
  }

  @Test
  void countsIntervalsThatWereMissed() {
    PidControl control = control();
    control.tick(1_100, 1, 2, 10);
    control.tick(1_300, 2, 1.5, 10);
    // dt = 2: 4·0.05 + 0.5·(-0.1 + 0.05·2) + 1·(0.05 + 0.1)/2
    assertThat(control.phi()).isCloseTo(0.2 + 0.075, within(1e-15));
  }

  @Test
  void doesNotWindUpWhileItIsAtALimit() {
    PidControl control = control();
    long now = 1_000;
    for (int i = 0; i < 1_000; i++) {
      now += 100;
      control.tick(now, 9, 0, 10);
      assertThat(control.phi()).isEqualTo(1);
    }
    assertThat(control.integral()).isZero();
    // A small error the other way is answered at once: 900 wound up would hold φ at its limit.
    control.tick(now + 100, 9, 9.1, 10);
    control.tick(now + 200, 9, 9.1, 10);
    assertThat(control.phi()).isNegative();
  }

  @Test
  void addsToTheIntegralAtALimitWhenTheErrorPointsInwards() {
    PidControl control = new PidControl(new Gains(0, 1, 10, 1), 100, 0);
    control.tick(100, 0, 5, 10);
    assertThat(control.integral()).isEqualTo(-0.5);
    // e rises by 0.4: φ = -0.6 + 4 is above the limit, but e = -0.1 points inwards.
    control.tick(200, 0, 1, 10);
    assertThat(control.integral()).isEqualTo(-0.6);
    assertThat(control.phi()).isEqualTo(1);
  }

  @Test
  void restsWithoutABudgetOrANumber() {
    PidControl control = control();
    assertThat(control.tick(2_000, 1, 0, 0)).isFalse();
    assertThat(control.tick(2_000, Double.NaN, 0, 10)).isFalse();
    assertThat(control.tick(2_000, 1, Double.POSITIVE_INFINITY, 10)).isFalse();
    assertThat(control.phi()).isZero();
  }

  @Property(tries = 200)
  void staysWithinItsLimits(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Gains gains =
        new Gains(
            random.nextDouble() * 20,
            random.nextDouble() * 5,
            random.nextDouble() * 9,
            random.nextDouble() + 0.01);
    PidControl control = new PidControl(gains, 1 + random.nextInt(50), 0);
    long now = 0;
    for (int i = 0; i < 300; i++) {
      now += random.nextInt(200);
      double scale = StrictMath.pow(10, random.nextInt(20) - 5);
      control.tick(now, random.nextDouble() * scale, random.nextDouble() * scale, 10);
      assertThat(control.phi()).isBetween(-gains.limit(), gains.limit());
      assertThat(control.factor()).isPositive().isFinite();
    }
  }

  @Property(tries = 100)
  void isFreeOfCurrency(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    PidControl one = new PidControl(Gains.DEFAULT, 100, 0);
    PidControl other = new PidControl(Gains.DEFAULT, 100, 0);
    for (int i = 1; i < 100; i++) {
      double planned = random.nextDouble();
      double spent = random.nextDouble();
      one.tick(i * 100L, planned, spent, 10);
      other.tick(i * 100L, planned * 1_000, spent * 1_000, 10_000);
      assertThat(other.phi()).isCloseTo(one.phi(), within(1e-12));
    }
  }

  @Property(tries = 50)
  void goesOnFromItsStateAsIfNothingHadHappened(@ForAll long seed) throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    PidControl control = control();
    for (int i = 1; i < 20; i++) {
      control.tick(1_000 + i * 100L, random.nextDouble(), random.nextDouble(), 3);
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    control.write(new DataOutputStream(bytes));
    PidControl restored =
        PidControl.read(
            Gains.DEFAULT, 100, new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
    assertThat(restored.phi()).isEqualTo(control.phi());
    for (int i = 20; i < 40; i++) {
      double planned = random.nextDouble();
      double spent = random.nextDouble();
      control.tick(1_000 + i * 100L, planned, spent, 3);
      restored.tick(1_000 + i * 100L, planned, spent, 3);
      assertThat(restored.phi()).isEqualTo(control.phi());
      assertThat(restored.integral()).isEqualTo(control.integral());
    }
  }

  @Test
  void refusesAStateOfANewerVersion() {
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(new byte[] {2}));
    assertThatThrownBy(() -> PidControl.read(Gains.DEFAULT, 100, in))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("version 2");
  }

  @Property(tries = 30)
  void spendsABudgetEvenlyAndNeverMore(@ForAll long seed) {
    // Truthful bids would spend 1/6 a round.
    CappedRun run = new CappedRun(seed, 4_000, 0.1);
    PidControl control = new PidControl(Gains.DEFAULT, 50, 0);
    while (run.next()) {
      control.tick(run.round(), run.planned(), run.spent(), run.budget());
      run.play((value, draw) -> value * control.factor());
    }
    assertThat(run.spent()).isBetween(0.85 * run.budget(), run.budget());
    assertThat(run.spentHalfway()).isBetween(0.4 * run.budget(), 0.6 * run.budget());
  }
}
