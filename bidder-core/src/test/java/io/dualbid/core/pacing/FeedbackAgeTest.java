package io.dualbid.core.pacing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FeedbackAgeTest {
  private final FeedbackAge age = new FeedbackAge(1_000);

  @Test
  void saysWhatItIsToldWhereNothingIsKnown() {
    assertThat(age.millis(777)).isEqualTo(777);
  }

  @Test
  void tellsTheAgeThatNineInTenOutcomesKeepBelow() {
    age.advance(0);
    for (int i = 1; i <= 100; i++) {
      age.learned(1_000, 1_000 - i);
    }
    assertThat(age.millis(0)).isBetween(90.0, 90 * 1.25);
  }

  @Test
  void addsTheWayFromAStepToItsFirstBids() {
    age.advance(0);
    age.used(500, 540);
    age.used(500, 590);
    double own = age.learned(1_000, 900);
    assertThat(own).isEqualTo(140);
    assertThat(age.millis(0)).isBetween(140.0, 40 + 100 * 1.25);
  }

  @Test
  void cancelsTheLagOfEventTime() {
    // Event time lags by 70 ms: the way looks 70 ms longer, the rest 70 ms shorter.
    FeedbackAge punctual = new FeedbackAge(1_000);
    FeedbackAge lagging = new FeedbackAge(1_000);
    punctual.used(1_000, 1_030);
    punctual.learned(1_200, 1_040);
    lagging.used(1_000 - 70, 1_030);
    double seen = lagging.learned(1_200 - 70, 1_040);
    assertThat(seen).isEqualTo(190);
    assertThat(lagging.millis(0)).isBetween(190.0, 190 * 1.25);
    assertThat(punctual.millis(0)).isBetween(190.0, 190 * 1.25);
  }

  @Test
  void forgetsWhatIsOlderThanTwoWindows() {
    age.advance(0);
    age.learned(10_000, 5_000);
    age.advance(1_000);
    assertThat(age.millis(1)).isGreaterThan(5_000);
    age.advance(2_000);
    assertThat(age.millis(1)).isEqualTo(1);
  }
}
