package io.dualbid.core.pacing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PartitionTimeTest {
  private static final long LEAD = PartitionTime.LEAD_MILLIS;
  private static final long TEN_MINUTES = 600_000;

  private final PartitionTime time = new PartitionTime();

  private long beat(long clockMillis, long appendMillis) {
    time.vouched(clockMillis, appendMillis);
    return time.appended(appendMillis);
  }

  @Test
  void followsAppendTimesThatBiddersBearOut() {
    assertThat(beat(1_000, 1_007)).isEqualTo(1_007);
    assertThat(time.appended(1_050)).isEqualTo(1_050);
    assertThat(time.reachedMillis()).isEqualTo(1_050);
  }

  @Test
  void isUnknownUntilABidderHasWritten() {
    assertThat(time.appended(TEN_MINUTES)).isEqualTo(PartitionTime.UNKNOWN);
    assertThat(time.reachedMillis()).isEqualTo(PartitionTime.UNKNOWN);
    beat(1_000, 1_000);
    assertThat(time.reachedMillis()).isEqualTo(1_000);
  }

  @Test
  void anAppendTimeAheadMovesItByTheLeadAtMost() {
    beat(1_000, 1_005);
    assertThat(beat(1_050, TEN_MINUTES)).isEqualTo(1_050 + LEAD);
    assertThat(time.appended(TEN_MINUTES)).isEqualTo(1_050 + LEAD);
    assertThat(beat(1_100, 1_105)).isEqualTo(1_105);
    assertThat(time.reachedMillis()).as("is never taken back").isEqualTo(1_050 + LEAD);
    beat(1_200, 1_205);
    assertThat(time.reachedMillis()).isEqualTo(1_205);
  }

  @Test
  void aBiddersClockAheadMovesNothing() {
    beat(TEN_MINUTES, 1_000);
    assertThat(time.reachedMillis()).isEqualTo(1_000);
    assertThat(time.appended(TEN_MINUTES)).isEqualTo(1_000 + LEAD);
    beat(Long.MAX_VALUE, 1_300);
    assertThat(time.appended(TEN_MINUTES)).isEqualTo(1_300 + LEAD);
  }

  @Test
  void goesOnAtOnceAfterAllHaveBeenSilent() {
    beat(1_000, 1_005);
    beat(1_000 + TEN_MINUTES, 1_006 + TEN_MINUTES);
    assertThat(time.reachedMillis()).isEqualTo(1_006 + TEN_MINUTES);
  }

  @Test
  void goesOnWithABrokerWhoseClockStaysAhead() {
    for (long now = 0; now < 10_000; now += 50) {
      beat(now, now + TEN_MINUTES);
      assertThat(time.reachedMillis()).isEqualTo(now + LEAD);
    }
  }

  /** What the release of money rests on. */
  @Test
  void nothingIsAppendedLaterThatIsOlderThanTheMargin() {
    SplittableRandom random = new SplittableRandom(3);
    for (int round = 0; round < 200; round++) {
      PartitionTime partition = new PartitionTime();
      long skew = random.nextLong(0, 100);
      long margin =
          new PacingConfig(100, 0.3, 0.3, 0.3, 200, 3_000, 1_000, skew, 10_000, 60_000, 1_000)
              .marginMillis();
      long broker = random.nextLong(-skew / 2, skew / 2 + 1);
      long ahead = 0;
      long now = 1_000_000;
      for (int i = 0; i < 2_000; i++) {
        now += random.nextLong(0, 40);
        if (random.nextInt(50) == 0) {
          ahead = random.nextBoolean() ? 0 : random.nextLong(0, TEN_MINUTES);
        }
        long append = now + broker + ahead;
        assertThat(append + margin).isGreaterThanOrEqualTo(partition.reachedMillis());
        if (random.nextInt(3) == 0) {
          long underWay = random.nextLong(0, 1_000);
          long clock = now - underWay + random.nextLong(-skew / 2, skew / 2 + 1);
          partition.vouched(clock, append);
        }
        partition.appended(append);
      }
    }
  }
}
