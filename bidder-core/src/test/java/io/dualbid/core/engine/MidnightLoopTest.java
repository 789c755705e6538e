package io.dualbid.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.dualbid.core.engine.LoopSimulation.Appended;
import io.dualbid.core.engine.LoopSimulation.Granted;
import io.dualbid.core.engine.LoopSimulation.Trouble;
import io.dualbid.core.model.Campaign;
import io.dualbid.core.model.Flight;
import io.dualbid.core.model.Plan;
import io.dualbid.core.model.Strategy;
import io.dualbid.core.model.Strategy.Constraint;
import io.dualbid.core.pacing.Campaigns;
import io.dualbid.core.pacing.PacingConfig;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/**
 * The real bidders and the real pacer across midnight in the campaign's zone, on days on which
 * clocks change, with late and repeated records and crashes; held against a calendar of its own.
 */
class MidnightLoopTest {
  private static final PacingConfig CONFIG =
      new PacingConfig(50, 0.3, 0.1, 0.3, 100, 1_500, 500, 20, 3_000, 20_000, 500);
  private static final long UNIT = 1_000_000_000L;
  private static final long DAILY = 2 * UNIT;
  private static final long BEFORE = 6_000;
  private static final long LENGTH = 12_000;

  private record Day(String zone, String date) {}

  /** Days whose length or whose midnight is unlike others', and an ordinary one. */
  private static final List<Day> DAYS =
      List.of(
          new Day("Europe/Berlin", "2026-03-29"),
          new Day("Europe/Berlin", "2026-03-30"),
          new Day("Europe/Berlin", "2026-10-26"),
          new Day("Australia/Lord_Howe", "2026-04-06"),
          new Day("Australia/Lord_Howe", "2026-10-05"),
          new Day("America/Sao_Paulo", "2018-11-04"),
          new Day("America/Havana", "2025-11-03"),
          new Day("Pacific/Apia", "2011-12-31"),
          new Day("UTC", "2026-06-01"));

  private static long epochDay(long millis, ZoneId zone) {
    return Instant.ofEpochMilli(millis).atZone(zone).toLocalDate().toEpochDay();
  }

  @Property(tries = 18)
  void keepsEachDaysBudgetAndBeginsTheNextAtMidnight(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Day day = DAYS.get(random.nextInt(DAYS.size()));
    ZoneId zone = ZoneId.of(day.zone());
    long midnight = LocalDate.parse(day.date()).atStartOfDay(zone).toInstant().toEpochMilli();
    long begin = midnight - BEFORE - 1_000;
    Trouble trouble = random.nextBoolean() ? Trouble.NONE : new Trouble(0.05, 0.05, 0.05, 0.004);
    Campaign campaign =
        Campaigns.campaign(
            "a",
            1_000 * UNIT,
            DAILY,
            new Flight(begin + 1_000, midnight + 30_000, zone),
            random.nextBoolean() ? Plan.EVEN : new Plan(Plan.Shape.ASAP, List.of()));
    if (random.nextInt(3) == 0) {
      campaign = campaign.with(Strategy.value(1).keeping(Constraint.BOTH, 1.1, true));
    }
    LoopSimulation loop = new LoopSimulation(seed, CONFIG, campaign, trouble, begin);
    loop.play(1_000, LENGTH);

    assertThat(Objects.requireNonNull(loop.last).problem()).isNull();
    for (Granted granted : loop.granted) {
      assertThat(granted.lease().day()).isEqualTo(epochDay(granted.time(), zone));
      assertThat(epochDay(granted.lease().expiryMillis(), zone)).isEqualTo(granted.lease().day());
    }
    for (Appended bid : loop.valid) {
      assertThat(bid.bid().day()).isEqualTo(epochDay(bid.time(), zone));
    }
    long before = epochDay(midnight - 1, zone);
    long after = epochDay(midnight, zone);
    assertThat(loop.spentByDay.keySet()).isSubsetOf(before, after);
    assertThat(loop.spentByDay.values()).allMatch(spent -> spent <= DAILY);
    assertThat(Objects.requireNonNull(loop.last).ledger().spentNanos()).isEqualTo(loop.spentNanos);
    // The first day is nearly over when it begins: all of it is planned for those seconds.
    assertThat(loop.spentByDay.getOrDefault(before, 0L)).isGreaterThan(DAILY / 4);
    // Of the new day's money the first is made out as soon as it is there.
    assertThat(loop.granted)
        .anyMatch(granted -> granted.time() >= midnight && granted.time() < midnight + 300);
  }
}
