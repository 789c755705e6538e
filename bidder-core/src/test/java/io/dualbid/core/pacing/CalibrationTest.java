package io.dualbid.core.pacing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;

class CalibrationTest {
  private static final long WINDOW = 3_200;
  private static final long PERIOD = WINDOW / Calibration.PERIODS;
  private static final long UNIT = 1_000_000;

  private Calibration calibration = new Calibration(WINDOW);

  private interface Traffic {
    int winsAt(long millis);
  }

  /** A value on its way. */
  private record Due(long timeMillis, long wonMillis, long nanos) {}

  /**
   * Wins predicted to be worth a unit each, of which every fourth brings four times {@code truth}
   * after an exponential delay with this mean; the naive factor of all wins is answered.
   */
  private double play(long until, double truth, double meanDelay, Traffic traffic, long seed) {
    calibration = new Calibration(WINDOW);
    Random random = new Random(seed);
    List<Due> due = new ArrayList<>();
    double expected = 0;
    double realised = 0;
    for (long now = 0; now < until; now += 10) {
      for (int i = 0; i < traffic.winsAt(now); i++) {
        calibration.predicted(now, UNIT, now);
        expected += UNIT;
        if (random.nextInt(4) == 0) {
          long delay = (long) (-meanDelay * Math.log(1 - random.nextDouble()));
          due.add(new Due(now + delay, now, Math.round(4 * truth * UNIT)));
        }
      }
      for (Due value : due) {
        if (value.timeMillis <= now && value.timeMillis > now - 10) {
          calibration.realised(value.wonMillis, value.nanos, now);
          realised += value.nanos;
        }
      }
      calibration.advance(now);
    }
    return realised / expected;
  }

  @Test
  void isOneUntilTheFirstWinsHaveLivedThroughTheWindow() {
    play(WINDOW, 0.7, 300, time -> 5, 1);
    assertThat(calibration.factor()).isEqualTo(1);
  }

  @Test
  void findsHowMuchPredictionsAreTooHigh() {
    play(20 * WINDOW, 1 / 1.4, 300, time -> 5, 1);
    assertThat(calibration.factor()).isCloseTo(1 / 1.4, within(0.04));
  }

  @Test
  void findsHowMuchPredictionsAreTooLow() {
    play(20 * WINDOW, 1.5, 300, time -> 20, 2);
    assertThat(calibration.factor()).isCloseTo(1.5, within(0.06));
  }

  /**
   * Traffic that doubles every quarter of a window, with delays of half a window: most wins are
   * young at any moment, and the plain ratio of all values to all predictions is far too low.
   */
  @Test
  void isNotPulledDownByYoungWins() {
    double naive =
        play(
            (long) (2.5 * WINDOW),
            1,
            0.25 * WINDOW,
            time -> (int) Math.round(2 * Math.pow(2, 4.0 * time / WINDOW)),
            3);
    assertThat(naive).isLessThan(0.7);
    assertThat(calibration.factor()).isBetween(0.92, 1.08);
  }

  /** And when traffic ceases, the old ones don't push it up. */
  @Test
  void isNotPushedUpWhereWinsCease() {
    play(6 * WINDOW, 0.8, 0.2 * WINDOW, time -> time < 5 * WINDOW ? 5 : 0, 4);
    assertThat(calibration.factor()).isCloseTo(0.8, within(0.06));
  }

  @Test
  void keepsWithinItsLimits() {
    play(10 * WINDOW, 0.1, 300, time -> 5, 5);
    assertThat(calibration.factor()).isEqualTo(Calibration.LOWEST);
    Calibration other = new Calibration(WINDOW);
    for (long now = 0; now < 10 * WINDOW; now += PERIOD) {
      other.predicted(now, UNIT, now);
      other.realised(now, 50 * UNIT, now);
      other.advance(now);
    }
    assertThat(other.factor()).isEqualTo(Calibration.HIGHEST);
  }

  @Test
  void staysAtOneWhereNobodyReportsValues() {
    for (long now = 0; now < 10 * WINDOW; now += 10) {
      calibration.predicted(now, UNIT, now);
      calibration.advance(now);
    }
    assertThat(calibration.factor()).isEqualTo(1);
  }

  @Test
  void fallsWhereValuesCease() {
    for (long now = 0; now < 20 * WINDOW; now += 10) {
      calibration.predicted(now, UNIT, now);
      if (now < 5 * WINDOW) {
        calibration.realised(now, UNIT, now);
      }
      calibration.advance(now);
    }
    assertThat(calibration.factor()).isEqualTo(Calibration.LOWEST);
  }

  @Test
  void leavesAsideWhatWasWonBeforeTheWindow() {
    for (long now = 0; now < 5 * WINDOW; now += 10) {
      calibration.predicted(now, UNIT, now);
      calibration.realised(now, UNIT, now);
      calibration.realised(now - WINDOW - PERIOD, 100 * UNIT, now);
      calibration.advance(now);
    }
    assertThat(calibration.factor()).isCloseTo(1, within(0.05));
  }

  /** Whatever the delays, the long run is right; the prior and chance are in the tolerance. */
  @Property(tries = 30)
  void isRightWhateverTheDelays(
      @ForAll long seed,
      @ForAll @DoubleRange(min = 0.6, max = 1.8) double truth,
      @ForAll @DoubleRange(min = 1, max = 0.2 * WINDOW) double meanDelay) {
    play(20 * WINDOW, truth, meanDelay, time -> 10, seed);
    assertThat(calibration.factor() / truth).isBetween(0.88, 1.12);
  }

  /** Whatever comes within a period, in whatever order, makes the same bits; so does a restart. */
  @Property(tries = 50)
  void isTheSameToTheBitWhateverTheOrderWithinAPeriod(@ForAll long seed) throws IOException {
    Random random = new Random(seed);
    Calibration plain = new Calibration(WINDOW);
    Calibration shuffled = new Calibration(WINDOW);
    for (long now = 0; now < 3 * WINDOW; now += PERIOD) {
      List<long[]> records = new ArrayList<>();
      for (int i = random.nextInt(20); i > 0; i--) {
        records.add(new long[] {now - random.nextInt(2_000), random.nextInt(1_000_000)});
      }
      for (long[] record : records) {
        plain.predicted(now, record[1], now);
        plain.realised(record[0], record[1], now);
      }
      Collections.shuffle(records, random);
      for (long[] record : records) {
        shuffled.realised(record[0], record[1], now);
        shuffled.predicted(now, record[1], now);
      }
      plain.advance(now);
      shuffled.advance(now);
      if (random.nextInt(10) == 0) {
        shuffled = reread(shuffled);
      }
    }
    assertThat(plain.factor()).isNotEqualTo(1.0);
    assertThat(shuffled.factor()).isEqualTo(plain.factor());
  }

  @Test
  void keepsWhatItKnowsThroughALongSilence() {
    play(5 * WINDOW, 0.7, 300, time -> 20, 6);
    calibration.advance(7 * WINDOW);
    double after = calibration.factor();
    assertThat(after).isCloseTo(0.7, within(0.06));
    assertThat(calibration.predictedNanos()).isZero();
    calibration.advance(1_000_000 * WINDOW);
    assertThat(calibration.factor()).isEqualTo(after);
  }

  private static Calibration reread(Calibration calibration) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    calibration.write(new DataOutputStream(bytes));
    return Calibration.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
  }
}
