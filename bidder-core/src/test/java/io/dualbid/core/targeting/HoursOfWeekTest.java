package io.dualbid.core.targeting;

import static org.assertj.core.api.Assertions.assertThat;

import io.dualbid.core.model.Daypart;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.EnumSet;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class HoursOfWeekTest {
  private static final long HOUR = 3_600_000L;

  @Test
  void alwaysRunsWithoutDayparts() {
    assertThat(new HoursOfWeek(List.of(), ZoneId.of("UTC")).include(5)).isTrue();
  }

  /** By the clock on the wall, minute by minute, also where it is set by half an hour. */
  @Property(tries = 200)
  void runsByTheClockOfItsZone(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<String> zones =
        List.of("Europe/Berlin", "Australia/Lord_Howe", "Asia/Kathmandu", "America/Havana", "UTC");
    ZoneId zone = ZoneId.of(zones.get(random.nextInt(zones.size())));
    int from = random.nextInt(24);
    int to = from + 1 + random.nextInt(24 - from);
    DayOfWeek day = DayOfWeek.of(1 + random.nextInt(7));
    HoursOfWeek hours =
        new HoursOfWeek(List.of(new Daypart(EnumSet.of(day, DayOfWeek.SUNDAY), from, to)), zone);
    long any = 1_767_225_600_000L + random.nextLong(365 * 24 * HOUR);
    var change = zone.getRules().nextTransition(Instant.ofEpochMilli(any));
    long start =
        change == null || random.nextBoolean() ? any : change.toEpochSecond() * 1_000 - 5 * HOUR;
    for (int i = 0; i < 600; i++) {
      // Back and forth, since the last hour is kept.
      long time = start + i * 60_000L - (random.nextInt(20) == 0 ? 2 * HOUR : 0);
      ZonedDateTime local = Instant.ofEpochMilli(time).atZone(zone);
      boolean runs =
          (local.getDayOfWeek() == day || local.getDayOfWeek() == DayOfWeek.SUNDAY)
              && local.getHour() >= from
              && local.getHour() < to;
      assertThat(hours.include(time)).as("%s", local).isEqualTo(runs);
    }
  }
}
