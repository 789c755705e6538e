package io.dualbid.core.pacing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.dualbid.core.dual.MirrorMap;
import io.dualbid.core.model.Campaign;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class BudgetPacerTest {
  private static final Campaign CAMPAIGN =
      Campaigns.campaign("c", 1_000_000_000L, Campaigns.flight(0, 1_000_000));

  private static BudgetPacer pacer() {
    return BudgetPacer.of(CAMPAIGN, PacingConfig.DEFAULT);
  }

  @Test
  void raisesTheMultiplierWhenMoreIsSpentThanPlannedAndLowersItWhenLess() {
    BudgetPacer over = pacer();
    over.step(100, 1, 2, 0.1, 50, 0, 10_000, 1);
    assertThat(over.multiplier()).isGreaterThan(1);
    BudgetPacer under = pacer();
    under.step(100, 1, 0.5, 0.1, 50, 0, 10_000, 1);
    assertThat(under.multiplier()).isLessThan(1);
    BudgetPacer onPlan = pacer();
    onPlan.step(100, 1, 1, 0.1, 50, 0, 10_000, 1);
    assertThat(onPlan.multiplier()).isCloseTo(1, within(1e-12));
  }

  @Test
  void restsWithoutAPlan() {
    BudgetPacer pacer = pacer();
    pacer.step(100, 0, 5, 25, 10, 0, 10_000, 1);
    assertThat(pacer.multiplier()).isEqualTo(1);
  }

  @Test
  void dependsOnlyOnSpendInUnitsOfThePlan() {
    BudgetPacer small = pacer();
    BudgetPacer large = pacer();
    SplittableRandom random = new SplittableRandom(5);
    for (int i = 0; i < 1_000; i++) {
      double spent = random.nextDouble();
      small.step(100, 0.4, spent, spent * spent / 3, 7, 200, 10_000, 1);
      large.step(100, 400, 1e3 * spent, 1e6 * spent * spent / 3, 7, 200, 10_000, 1);
    }
    assertThat(large.multiplier()).isCloseTo(small.multiplier(), within(1e-9));
  }

  /**
   * A market that spends 1/μ² of the plan, told with a dead time of 20 periods: with the step
   * capped by the age the loop settles at 1 after a sudden change; with the age ignored it swings
   * for ever.
   */
  @Test
  void settlesHoweverLateItsFeedback() {
    assertThat(swing(2_000)).isLessThan(0.1);
    assertThat(swing(0)).isGreaterThan(0.5);
  }

  private static double swing(double toldAgeMillis) {
    BudgetPacer pacer = pacer();
    Deque<Double> onTheWay = new ArrayDeque<>();
    for (int i = 0; i < 20; i++) {
      onTheWay.add(4.0);
    }
    double swing = 0;
    for (int period = 0; period < 3_000; period++) {
      double spent = onTheWay.remove();
      pacer.step(100, 1, spent, spent * spent / 400, 400, toldAgeMillis, 1e9, 1);
      double mu = pacer.multiplier();
      onTheWay.add(4 / (mu * mu));
      if (period > 1_000) {
        swing = Math.max(swing, Math.abs(mu / 2 - 1));
      }
    }
    return swing;
  }

  @Property(tries = 500)
  void staysWithinItsBoundsWhateverItIsTold(
      @ForAll double planned, @ForAll double spent, @ForAll double squares, @ForAll long seed) {
    for (Campaign.Mirror mirror : Campaign.Mirror.values()) {
      MirrorMap map = BudgetPacer.map(mirror);
      BudgetPacer pacer = pacer();
      SplittableRandom random = new SplittableRandom(seed);
      for (int i = 0; i < 10; i++) {
        pacer.step(
            1 + random.nextLong(1L << 40),
            random.nextBoolean() ? planned : Double.MAX_VALUE * random.nextDouble(),
            random.nextBoolean() ? spent : Double.NaN,
            random.nextBoolean() ? squares : Double.POSITIVE_INFINITY,
            random.nextLong(1L << 40),
            random.nextDouble() * 1e12,
            random.nextDouble() * 1e15,
            1);
        assertThat(pacer.multiplier()).isEqualTo(map.clamp(pacer.multiplier())).isFinite();
      }
    }
  }
}
