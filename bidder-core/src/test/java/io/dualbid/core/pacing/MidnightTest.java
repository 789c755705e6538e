package io.dualbid.core.pacing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.dualbid.core.model.Campaign;
import io.dualbid.core.model.Flight;
import io.dualbid.core.model.Plan;
import io.dualbid.core.model.Plan.Shape;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Days of a campaign begin and end by the clocks of its zone: of 23, 23½, 24, 24½ and 25 hours,
 * with midnights that clocks skip or strike twice.
 */
class MidnightTest {
  private static final long HOUR = 3_600_000L;
  private static final long DAY = 24 * HOUR;
  private static final long UNIT = 1_000_000_000L;
  private static final List<String> ZONES =
      List.of(
          "UTC",
          "Europe/Berlin",
          "America/New_York",
          "Australia/Lord_Howe", // half an hour
          "America/Sao_Paulo", // until 2019 it skipped midnight
          "America/Havana", // strikes midnight twice
          "Asia/Beirut",
          "Asia/Kathmandu",
          "Pacific/Apia"); // skipped 30 December 2011

  private static ZoneId zone(SplittableRandom random) {
    return ZoneId.of(ZONES.get(random.nextInt(ZONES.size())));
  }

  /** A moment of 2010 to 2030, often around a change of clocks. */
  private static long moment(ZoneId zone, SplittableRandom random) {
    long any = random.nextLong(1_262_304_000_000L, 1_893_456_000_000L);
    ZoneOffsetTransition change = zone.getRules().nextTransition(Instant.ofEpochMilli(any));
    return change == null || random.nextBoolean()
        ? any
        : change.toEpochSecond() * 1_000 + random.nextLong(-30 * HOUR, 30 * HOUR);
  }

  private static long epochDay(long millis, ZoneId zone) {
    return Instant.ofEpochMilli(millis).atZone(zone).toLocalDate().toEpochDay();
  }

  private static long midnight(String zone, String date) {
    return LocalDate.parse(date).atStartOfDay(ZoneId.of(zone)).toInstant().toEpochMilli();
  }

  @Property(tries = 1_000)
  void tellsDaysAsTheCalendarDoes(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    ZoneId zone = zone(random);
    LocalDays days = new LocalDays(zone);
    long time = moment(zone, random);
    for (int i = 0; i < 10; i++) {
      long day = epochDay(time, zone);
      // In any order, since each leaves behind what it found.
      for (int asked = random.nextInt(3), n = 0; n < 3; n++, asked = (asked + 1) % 3) {
        if (asked == 0) {
          assertThat(days.day(time)).isEqualTo(day);
        } else if (asked == 1) {
          assertThat(days.startOfDay(time)).isLessThanOrEqualTo(time);
          assertThat(epochDay(days.startOfDay(time), zone)).isEqualTo(day);
          assertThat(epochDay(days.startOfDay(time) - 1, zone)).isLessThan(day);
        } else {
          assertThat(days.endOfDay(time)).isGreaterThan(time);
          assertThat(epochDay(days.endOfDay(time) - 1, zone)).isEqualTo(day);
          assertThat(epochDay(days.endOfDay(time), zone)).isGreaterThan(day);
        }
      }
      time =
          switch (random.nextInt(4)) {
            case 0 -> days.endOfDay(time);
            case 1 -> days.startOfDay(time) - 1;
            case 2 -> days.endOfDay(time) - 1;
            default -> time + random.nextLong(-2 * DAY, 2 * DAY);
          };
    }
  }

  @ParameterizedTest
  @CsvSource({
    "Europe/Berlin, 2026-03-29, 23",
    "Europe/Berlin, 2026-10-25, 25",
    "Europe/Berlin, 2026-10-26, 24",
    "Australia/Lord_Howe, 2026-04-05, 24.5",
    "Australia/Lord_Howe, 2026-10-04, 23.5",
    "America/Sao_Paulo, 2018-11-04, 23",
    "America/Havana, 2025-11-02, 25"
  })
  void plansTheDailyBudgetOverTheHoursThatADayHas(String zone, String date, double hours) {
    long start = midnight(zone, date);
    Campaign campaign = daily(zone, start - DAY, Plan.EVEN);
    SpendTarget target = new SpendTarget(campaign);
    Ledger ledger = new Ledger(campaign.budgetNanos(), campaign.dailyBudgetNanos());
    assertThat(target.endOfDay(start) - start).isEqualTo((long) (hours * HOUR));
    assertThat(target.planned(start, start + HOUR, ledger, 0, 0))
        .isCloseTo(10 / hours, within(1e-9));
    // Three quarters of the time left, for what is left.
    long later = start + (long) (hours * HOUR / 4);
    charge(ledger, target.day(start), 6 * UNIT);
    long soon = later + (long) (hours * HOUR / 4);
    assertThat(target.planned(later, soon, ledger, 0, 0)).isCloseTo(4.0 / 3, within(1e-9));
  }

  /** The line that spend is held against: whole days before, and the part of this one. */
  @ParameterizedTest
  @CsvSource({
    "Europe/Berlin, 2026-03-29, 23",
    "Europe/Berlin, 2026-10-25, 25",
    "Australia/Lord_Howe, 2026-04-05, 24.5",
    "Australia/Lord_Howe, 2026-10-04, 23.5"
  })
  void drawsTheLineOfThePlanFromMidnightToMidnight(String zone, String date, double hours) {
    long start = midnight(zone, date);
    Campaign campaign = daily(zone, start - DAY, Plan.EVEN);
    SpendTarget target = new SpendTarget(campaign);
    Ledger ledger = new Ledger(campaign.budgetNanos(), campaign.dailyBudgetNanos());
    charge(ledger, target.day(start) - 1, 7 * UNIT);
    assertThat(target.plannedBy(start, ledger)).isCloseTo(10, within(1e-9));
    charge(ledger, target.day(start), 2 * UNIT);
    assertThat(target.plannedBy(start + HOUR, ledger)).isCloseTo(7 + 10 / hours, within(1e-9));
    long end = start + (long) (hours * HOUR);
    assertThat(target.plannedBy(end, ledger)).isCloseTo(7 + 10, within(1e-9));
    assertThat(target.plannedBy(end + 1, ledger)).isCloseTo(9, within(1e-3));
  }

  /** A flight that begins within a day has its daily budget for what is left of it. */
  @Test
  void drawsTheLineFromTheStartOfTheFlightOnItsFirstDay() {
    long start = midnight("Europe/Berlin", "2026-10-25");
    Campaign campaign = daily("Europe/Berlin", start + 15 * HOUR, Plan.EVEN);
    SpendTarget target = new SpendTarget(campaign);
    Ledger ledger = new Ledger(campaign.budgetNanos(), campaign.dailyBudgetNanos());
    assertThat(target.plannedBy(start + 15 * HOUR, ledger)).isZero();
    assertThat(target.plannedBy(start + 20 * HOUR, ledger)).isCloseTo(5, within(1e-9));
    assertThat(target.planned(start, start + 20 * HOUR, ledger, 0, 0)).isCloseTo(5, within(1e-9));
    assertThat(target.planned(start, start + 15 * HOUR, ledger, 0, 0)).isZero();
  }

  /** A moment that spans midnight is planned out of the new day, for its whole length. */
  @Test
  void plansAMomentAcrossMidnightOutOfTheNewDay() {
    long midnight = midnight("Australia/Lord_Howe", "2026-04-06");
    Campaign campaign = daily("Australia/Lord_Howe", midnight - DAY, Plan.EVEN);
    SpendTarget target = new SpendTarget(campaign);
    Ledger ledger = new Ledger(campaign.budgetNanos(), campaign.dailyBudgetNanos());
    charge(ledger, target.day(midnight - 1), 10 * UNIT);
    // Nothing is left of the old day, up to its last millisecond.
    assertThat(target.planned(midnight - 100, midnight, ledger, 0, 0)).isZero();
    double share = 200.0 / (DAY + 100);
    assertThat(target.planned(midnight - 100, midnight + 100, ledger, 0, 0))
        .isCloseTo(10 * share, within(1e-12));
  }

  /** Whoever spends what is planned spends each day's budget, however long the day, and no more. */
  @Property(tries = 100)
  void spendsEachDailyBudgetExactlyWhenThePlanIsFollowed(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    ZoneId zone = zone(random);
    long begin = moment(zone, random);
    Shape shape = List.of(Shape.EVEN, Shape.TRAFFIC, Shape.FRONT_LOADED).get(random.nextInt(3));
    List<Double> week = new ArrayList<>();
    for (int i = 0; i < Plan.HOURS_PER_WEEK; i++) {
      week.add(shape == Shape.TRAFFIC ? 0.1 + random.nextDouble() : 0);
    }
    Campaign campaign =
        daily(zone.getId(), begin, new Plan(shape, shape == Shape.TRAFFIC ? week : List.of()));
    SpendTarget target = new SpendTarget(campaign);
    Ledger ledger = new Ledger(campaign.budgetNanos(), campaign.dailyBudgetNanos());
    long time = begin;
    for (int day = 0; day < 4; day++) {
      long end = target.endOfDay(time);
      long number = target.day(time);
      while (time < end) {
        long next = Math.min(end, time + 1 + random.nextLong(3 * HOUR));
        double planned = target.planned(time, next, ledger, 0, 0);
        charge(ledger, number, Math.round(planned * 1e9));
        time = next;
      }
      assertThat((double) ledger.spentOn(number)).isCloseTo(10.0 * UNIT, within(100.0));
      assertThat(ledger.availableToday(number)).isLessThanOrEqualTo(100);
      assertThat(ledger.availableToday(number + 1)).isEqualTo(10 * UNIT);
    }
  }

  /** Weights hour by hour as a clock on the wall shows them, minute by minute. */
  @Property(tries = 60)
  void weighsTrafficByTheClockOnTheWall(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    ZoneId zone = zone(random);
    List<Double> week = new ArrayList<>(Collections.nCopies(Plan.HOURS_PER_WEEK, 0.0));
    week.replaceAll(unset -> random.nextInt(3) == 0 ? 0 : random.nextDouble());
    week.set(0, 1.0);
    TrafficPlan plan = new TrafficPlan(week, zone);
    long minute = 60_000;
    long from = moment(zone, random) / minute * minute;
    long to = from + (1 + random.nextInt(20 * 24 * 60)) * minute;
    double sum = 0;
    for (long t = from; t < to; t += minute) {
      var local = Instant.ofEpochMilli(t).atZone(zone);
      sum += week.get((local.getDayOfWeek().getValue() - 1) * 24 + local.getHour()) / 60;
    }
    assertThat(plan.weight(from, to)).isCloseTo(sum, within(1e-6));
  }

  private static void charge(Ledger ledger, long day, long nanos) {
    ledger.lease(day, nanos);
    ledger.reserve(day, nanos);
    ledger.settle(day, nanos, nanos);
  }

  private static Campaign daily(String zone, long startMillis, Plan plan) {
    return Campaigns.campaign(
        "a",
        1_000 * UNIT,
        10 * UNIT,
        new Flight(startMillis, Flight.OPEN_END, ZoneId.of(zone)),
        plan);
  }
}
