package io.dualbid.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class OverloadGuardTest {
  private static final double MICROS = 1_000;

  /** One reader that takes requests in the order of arrival: the clock is all there is to it. */
  private static final class Reader {
    final OverloadGuard guard;
    final long tmaxMillis;
    final double answerMicros;
    final double asideMicros;
    final double wayMillis;
    double clockMicros;
    double idleMicros;
    long answered;
    long aside;
    long late;
    double longestMillis;

    Reader(long target, double answerMicros, double asideMicros, double wayMillis) {
      guard = new OverloadGuard(target);
      tmaxMillis = 2 * target;
      this.answerMicros = answerMicros;
      this.asideMicros = asideMicros;
      this.wayMillis = wayMillis;
    }

    /** Reads what was written at a time. */
    void read(double writtenMicros) {
      double here = writtenMicros + wayMillis * MICROS;
      idleMicros += Math.max(0, here - clockMicros);
      clockMicros = Math.max(clockMicros, here);
      double waited = (clockMicros - writtenMicros) / MICROS;
      long now = (long) (clockMicros / MICROS);
      if (guard.putsAside((long) waited, now, (long) (idleMicros / MICROS))) {
        aside++;
        clockMicros += asideMicros;
        return;
      }
      clockMicros += answerMicros;
      double millis = (clockMicros - writtenMicros) / MICROS;
      longestMillis = Math.max(longestMillis, millis);
      late += millis > tmaxMillis ? 1 : 0;
      answered++;
    }

    void forget() {
      answered = 0;
      aside = 0;
      late = 0;
      longestMillis = 0;
    }
  }

  /** Requests of a rate for a time, one after the other at random distances. */
  private static double play(
      Reader reader, double from, double seconds, double perSecond, SplittableRandom random) {
    double at = from;
    double end = from + seconds * 1e6;
    while (at < end) {
      reader.read(at);
      at += -Math.log(1 - random.nextDouble()) * 1e6 / perSecond;
    }
    return end;
  }

  @Property(tries = 60)
  void whatIsAnsweredUnderOverloadIsInTime(
      @ForAll @LongRange(min = 20, max = 400) long target,
      @ForAll @DoubleRange(min = 1.2, max = 3) double times,
      @ForAll @DoubleRange(min = 0.05, max = 0.25) double shareOfCost,
      @ForAll @IntRange(min = 0, max = 8) int way,
      @ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double answer = 200;
    Reader reader = new Reader(target, answer, shareOfCost * answer, way);
    double full = 1e6 / answer;

    double at = play(reader, 0, 3, full / 2, random);
    assertThat(reader.aside).as("put aside at half of what can be answered").isZero();

    at = play(reader, at, 3, times * full, random);
    reader.forget();
    double seconds = 10;
    at = play(reader, at, seconds, times * full, random);
    double possible = seconds * full * (1 - times * shareOfCost) / (1 - shareOfCost);
    assertThat(reader.late).as("answered late").isZero();
    assertThat((double) reader.answered)
        .as("answered, of %s that time allows", possible)
        .isGreaterThan(0.9 * possible);

    at = play(reader, at, 1, full / 2, random);
    reader.forget();
    play(reader, at, 2, full / 2, random);
    assertThat(reader.aside).as("put aside after the rate has fallen").isZero();
  }

  @Test
  void withoutItEverythingWouldBeLate() {
    Reader reader = new Reader(1_000_000, 200, 10, 1);
    play(reader, 0, 3, 10_000, new SplittableRandom(1));
    assertThat(reader.longestMillis).isGreaterThan(1_000);
    assertThat(reader.aside).isZero();
  }

  /** A pause of a collector or a checkpoint: those who waited can still be answered in time. */
  @Test
  void aQueueThatGoesIsLeftAlone() {
    Reader reader = new Reader(100, 100, 10, 2);
    SplittableRandom random = new SplittableRandom(7);
    double at = play(reader, 0, 2, 3_000, random);
    reader.clockMicros += 150_000;
    play(reader, at, 2, 3_000, random);
    assertThat(reader.aside).isZero();
    assertThat(reader.late).isZero();
  }

  /** After a stop of the job the backlog is stale, and its newest part is all that matters. */
  @Test
  void aBacklogIsPutAsideUpToTheNewest() {
    OverloadGuard guard = new OverloadGuard(100);
    for (int i = 0; i < 60_000; i++) {
      boolean stale = i < 59_975;
      // It takes a target's time to see that the reader is busy.
      boolean aside = guard.putsAside(60_000 - i, 1_000 + i / 100, 0);
      if (i > 100 * 100) {
        assertThat(aside).as("%s", i).isEqualTo(stale);
      }
    }
  }

  /** A writer's clock that lags is no queue. */
  @Test
  void clocksThatDifferALittleAreNoOverload() {
    OverloadGuard guard = new OverloadGuard(100);
    for (int i = 0; i < 100_000; i++) {
      long wait = (i < 30_000 ? 80L : 120L) + i % 10;
      assertThat(guard.putsAside(wait, i, i / 2)).as("%s", i).isFalse();
      assertThat(guard.putsAside(-wait, i, i / 2)).as("%s", i).isFalse();
    }
  }

  /** Requests that come late, by whosever fault, to a reader that waits for them. */
  @Property(tries = 100)
  void aDelayOfOthersIsNoOverload(
      @ForAll @LongRange(min = 0, max = 10_000) long delay,
      @ForAll @DoubleRange(min = 0.2, max = 1) double idle,
      @ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    OverloadGuard guard = new OverloadGuard(100);
    for (int i = 0; i < 20_000; i++) {
      long wait = delay + random.nextLong(200);
      assertThat(guard.putsAside(wait, i, (long) (i * idle))).as("%s", i).isFalse();
    }
  }

  /** Where even putting aside can't keep up there is no way out; but it never stops trying. */
  @Test
  void triesAgainWhereTheWaitFallsNoFurther() {
    OverloadGuard guard = new OverloadGuard(100);
    int tried = 0;
    for (int i = 0; i < 10_000; i++) {
      tried += guard.putsAside(5_000, i, 0) ? 0 : 1;
    }
    assertThat(tried).isBetween(50, 200);
  }

  @Test
  void needsATarget() {
    assertThatThrownBy(() -> new OverloadGuard(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("0");
  }
}
