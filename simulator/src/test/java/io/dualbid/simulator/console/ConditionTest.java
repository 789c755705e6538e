package io.dualbid.simulator.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.dualbid.core.model.Campaign;
import io.dualbid.core.model.PacingUpdate;
import io.dualbid.core.model.PacingUpdate.State;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ConditionTest {
  private static final long NOW = Updates.START + 500_000;

  private final Course course = new Course();

  private Condition of(@Nullable PacingUpdate update) {
    return of(update, Updates.campaign(0));
  }

  private Condition of(@Nullable PacingUpdate update, Campaign campaign) {
    if (update != null) {
      course.add(update);
    }
    return Condition.of(update, update, campaign, course, NOW);
  }

  private static PacingUpdate in(State state) {
    return Updates.update("a", NOW, state, 500, 500, 100, 50, null);
  }

  @Test
  void isPacingWhereSpendFollowsThePlan() {
    assertThat(of(in(State.ACTIVE))).isEqualTo(Condition.PACING);
  }

  @Test
  void followsTheStateOfPacing() {
    assertThat(of(in(State.HALTED))).isEqualTo(Condition.HALTED);
    assertThat(of(in(State.PAUSED))).isEqualTo(Condition.PAUSED);
    assertThat(of(in(State.PENDING))).isEqualTo(Condition.PENDING);
    assertThat(of(in(State.ENDED))).isEqualTo(Condition.ENDED);
  }

  @Test
  void isOutOfBudgetEarlyOnlyWithMuchOfItsFlightLeft() {
    assertThat(of(in(State.EXHAUSTED))).isEqualTo(Condition.OUT_EARLY);
    PacingUpdate last =
        Updates.update("a", Updates.END - 1_000, State.EXHAUSTED, 1_000, 990, 100, 0, null);
    assertThat(of(last)).isEqualTo(Condition.OUT_OF_BUDGET);
  }

  @Test
  void isSilentWithoutAWordForFifteenSeconds() {
    assertThat(of(null)).isEqualTo(Condition.SILENT);
    assertThat(of(Updates.active("a", NOW - 15_001, 500, 500, 100))).isEqualTo(Condition.SILENT);
    assertThat(of(Updates.active("a", NOW - 14_999, 500, 500, 100))).isEqualTo(Condition.PACING);
  }

  @Test
  void isNotDeliveringWithoutAWinForHalfAMinuteBehindItsPlan() {
    course.add(Updates.active("a", NOW - 31_000, 400, 420, 100));
    assertThat(of(Updates.active("a", NOW, 400, 450, 100))).isEqualTo(Condition.NOT_DELIVERING);
    assertThat(of(Updates.active("a", NOW, 401, 450, 101))).isEqualTo(Condition.PACING);
  }

  @Test
  void isLimitedByItsLeaseWhereNothingIsLeasedTwiceInARow() {
    PacingUpdate now = Updates.update("a", NOW, State.ACTIVE, 400, 500, 100, 0, null);
    assertThat(of(now)).isEqualTo(Condition.LIMITED_BY_LEASE);
    PacingUpdate leased = Updates.active("a", NOW - 1_000, 400, 500, 100);
    assertThat(Condition.of(now, leased, Updates.campaign(0), course, NOW))
        .isNotEqualTo(Condition.LIMITED_BY_LEASE);
  }

  @Test
  void isBelowItsTargetOnlyWithATarget() {
    Campaign keepsTwo = Updates.campaign(1);
    assertThat(keepsTwo.strategy().targetRos()).isEqualTo(2);
    // Two units of value for one of spend.
    assertThat(of(in(State.ACTIVE), keepsTwo)).isEqualTo(Condition.PACING);
    PacingUpdate good = in(State.ACTIVE);
    PacingUpdate poor =
        new PacingUpdate(
            "a",
            NOW,
            State.ACTIVE,
            good.multipliers(),
            null,
            good.ledger(),
            good.position(),
            new PacingUpdate.Totals(
                200, 0, 0, 100, 100, 0, 0, 0, 0, 0, 0, 0, 1.8 * 500 / 1e9, 0, 0, 500, 120),
            null);
    assertThat(of(poor, keepsTwo)).isEqualTo(Condition.BELOW_TARGET);
    assertThat(of(poor, Updates.campaign(0))).isEqualTo(Condition.PACING);
  }

  @Test
  void isLearningUntilThirtyAuctionsAreDecided() {
    assertThat(of(Updates.active("a", NOW, 500, 500, 14))).isEqualTo(Condition.LEARNING);
    assertThat(of(Updates.active("a", NOW, 500, 500, 15))).isEqualTo(Condition.PACING);
  }

  @Test
  void isBehindItsPlanUnlessItCatchesUp() {
    for (int i = 0; i < 20; i++) {
      course.add(Updates.active("a", NOW - 30_000 + 1_000L * i, 200 + i, 400 + 4L * i, 100 + i));
    }
    PacingUpdate now = Updates.active("a", NOW, 220, 480, 130);
    assertThat(of(now)).isEqualTo(Condition.BEHIND_PLAN);
    Course steep = new Course();
    for (int i = 0; i < 20; i++) {
      steep.add(
          Updates.active("a", NOW - 20_000 + 1_000L * i, 200 + 4L * i, 400 + 2L * i, 100 + i));
    }
    assertThat(
            Condition.of(
                Updates.active("a", NOW, 280, 440, 130), now, Updates.campaign(0), steep, NOW))
        .isEqualTo(Condition.PACING);
  }
}
