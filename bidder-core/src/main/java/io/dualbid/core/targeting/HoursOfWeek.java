package io.dualbid.core.targeting;

import io.dualbid.core.model.Daypart;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZoneId;
import java.time.zone.ZoneRules;
import java.util.List;

/**
 * The hours of the week in which a campaign runs, in local time. The hour asked about last is kept
 * until it ends, so time zones are consulted once an hour.
 */
final class HoursOfWeek {
  private static final long HOUR = 3_600_000L;
  private static final int HOURS = 168;

  /** The epoch began on a Thursday; the week here begins on Monday. */
  private static final long EPOCH_HOUR_OF_WEEK = 72;

  private final boolean[] runs = new boolean[HOURS];
  private final boolean always;
  private final ZoneRules rules;
  private long hourStart = Long.MAX_VALUE;
  private long hourEnd = Long.MIN_VALUE;
  private boolean runsInHour;

  HoursOfWeek(List<Daypart> dayparts, ZoneId zone) {
    rules = zone.getRules();
    always = dayparts.isEmpty();
    for (Daypart part : dayparts) {
      for (DayOfWeek day : part.days()) {
        for (int hour = part.fromHour(); hour < part.toHour(); hour++) {
          runs[(day.getValue() - 1) * 24 + hour] = true;
        }
      }
    }
  }

  /** Whether the campaign runs at this moment. */
  boolean include(long timeMillis) {
    if (always) {
      return true;
    }
    if (timeMillis < hourStart || timeMillis >= hourEnd) {
      look(timeMillis);
    }
    return runsInHour;
  }

  private void look(long timeMillis) {
    long offset = rules.getOffset(Instant.ofEpochMilli(timeMillis)).getTotalSeconds() * 1000L;
    long local = timeMillis + offset;
    long hour = Math.floorDiv(local, HOUR);
    // Clocks change at the full hour of some zone; within a quarter of an hour the offset holds.
    long quarter = Math.floorDiv(timeMillis, HOUR / 4) * (HOUR / 4);
    hourStart = quarter;
    hourEnd = quarter + HOUR / 4;
    runsInHour = runs[(int) Math.floorMod(hour + EPOCH_HOUR_OF_WEEK, (long) HOURS)];
  }
}
