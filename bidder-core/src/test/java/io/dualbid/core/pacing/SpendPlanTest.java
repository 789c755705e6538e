package io.dualbid.core.pacing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.dualbid.core.model.Plan;
import io.dualbid.core.model.Plan.Shape;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class SpendPlanTest {
  private static final long HOUR = 3_600_000L;
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  private static long berlin(int month, int day, int hour) {
    return LocalDateTime.of(2026, month, day, hour, 0).atZone(BERLIN).toInstant().toEpochMilli();
  }

  private static List<Double> week(SplittableRandom random) {
    List<Double> week = new ArrayList<>();
    for (int i = 0; i < Plan.HOURS_PER_WEEK; i++) {
      week.add(random.nextInt(4) == 0 ? 0 : random.nextDouble());
    }
    week.set(100, 1.0);
    return week;
  }

  @Test
  void spreadsEvenly() {
    SpendPlan plan = SpendPlan.of(Plan.EVEN, ZoneOffset.UTC);
    assertThat(plan.share(0, 25, 100)).isEqualTo(0.25);
    assertThat(plan.share(50, 75, 100)).isEqualTo(0.5);
    assertThat(plan.share(99, 100, 100)).isEqualTo(1);
  }

  @Test
  void spendsThreeQuartersInTheFirstHalfWhenFrontLoaded() {
    SpendPlan plan = SpendPlan.of(new Plan(Shape.FRONT_LOADED, List.of()), ZoneOffset.UTC);
    assertThat(plan.share(0, 50, 100)).isEqualTo(0.75);
  }

  @Test
  void plansEverythingAtOnceAsSoonAsPossible() {
    SpendPlan plan = SpendPlan.of(new Plan(Shape.ASAP, List.of()), ZoneOffset.UTC);
    assertThat(plan.share(0, 1, 1_000_000)).isEqualTo(1);
  }

  @Test
  void followsTheHoursOfTheZone() {
    List<Double> onlyMondayNine = new ArrayList<>(Collections.nCopies(168, 0.0));
    onlyMondayNine.set(9, 1.0);
    TrafficPlan plan = new TrafficPlan(onlyMondayNine, BERLIN);
    long monday = berlin(11, 2, 0);
    assertThat(plan.weight(monday, monday + 9 * HOUR)).isZero();
    assertThat(plan.weight(monday, monday + 9 * HOUR + HOUR / 4)).isEqualTo(0.25);
    assertThat(plan.weight(monday, monday + 24 * HOUR)).isEqualTo(1.0);
  }

  @Test
  void countsTheHourThatClocksRepeatTwiceAndTheOneTheySkipNever() {
    List<Double> hours = new ArrayList<>();
    for (int i = 0; i < 168; i++) {
      hours.add(i % 24 == 2 ? 1.0 : 0.0);
    }
    TrafficPlan plan = new TrafficPlan(hours, BERLIN);
    assertThat(plan.weight(berlin(10, 25, 0), berlin(10, 26, 0))).isEqualTo(2.0);
    assertThat(plan.weight(berlin(3, 29, 0), berlin(3, 30, 0))).isZero();
    assertThat(plan.weight(berlin(3, 28, 0), berlin(3, 29, 0))).isEqualTo(1.0);
  }

  @Property(tries = 100)
  void addsUpWholeWeeksAsHourByHour(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 4_000) int hours) {
    SplittableRandom random = new SplittableRandom(seed);
    TrafficPlan plan = new TrafficPlan(week(random), BERLIN);
    long from = berlin(1, 1, 0) + random.nextLong(300 * 24 * HOUR);
    double hourByHour = 0;
    for (int i = 0; i < hours; i++) {
      hourByHour += plan.weight(from + i * HOUR, from + (i + 1) * HOUR);
    }
    assertThat(plan.weight(from, from + hours * HOUR)).isCloseTo(hourByHour, within(1e-6));
  }

  @Property(tries = 100)
  void spendsExactlyEverythingWhenFollowed(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Shape shape = List.of(Shape.values()).get(random.nextInt(4));
    Plan asked = new Plan(shape, shape == Shape.TRAFFIC ? week(random) : List.of());
    SpendPlan plan = SpendPlan.of(asked, BERLIN);
    long end = 10_000_000L + random.nextLong(30 * 24 * HOUR);
    double left = 1;
    long t = 10_000_000L - 1;
    while (t < end) {
      long next = Math.min(end, t + 1 + random.nextLong(10 * HOUR));
      double share = plan.share(t, next, end);
      assertThat(share).isBetween(0.0, 1.0);
      left -= left * share;
      t = next;
    }
    assertThat(left).isCloseTo(0, within(1e-9));
  }
}
