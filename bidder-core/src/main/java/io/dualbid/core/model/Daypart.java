package io.dualbid.core.model;

import java.time.DayOfWeek;
import java.util.Set;

/**
 * Hours of some weekdays in which a campaign runs, in the zone of its flight.
 *
 * @param days at least one
 * @param fromHour first hour, 0 to 23
 * @param toHour hour at which it ends, 1 to 24, after {@code fromHour}
 */
public record Daypart(Set<DayOfWeek> days, int fromHour, int toHour) {
  public Daypart {
    days = Set.copyOf(days);
    if (days.isEmpty()) {
      throw new IllegalArgumentException("a daypart needs at least one day");
    }
    if (fromHour < 0 || toHour > 24 || fromHour >= toHour) {
      throw new IllegalArgumentException(
          "hours must satisfy 0 <= from < to <= 24: " + fromHour + " to " + toHour);
    }
  }
}
