package io.dualbid.core.pacing;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;

/**
 * The days of a zone: which one a moment falls into, and when it ends. Days on which clocks change
 * have 23 or 25 hours. The day asked last is kept, so asking again is free.
 */
final class LocalDays {
  private final ZoneId zone;
  private long day;
  private long start = Long.MAX_VALUE;
  private long end = Long.MIN_VALUE;

  LocalDays(ZoneId zone) {
    this.zone = zone;
  }

  /** Number of the day from the epoch. */
  long day(long timeMillis) {
    find(timeMillis);
    return day;
  }

  /** First millisecond of the day. */
  long startOfDay(long timeMillis) {
    find(timeMillis);
    return start;
  }

  /** First millisecond of the next day. */
  long endOfDay(long timeMillis) {
    find(timeMillis);
    return end;
  }

  private void find(long timeMillis) {
    if (timeMillis >= start && timeMillis < end) {
      return;
    }
    LocalDate date = Instant.ofEpochMilli(timeMillis).atZone(zone).toLocalDate();
    day = date.toEpochDay();
    start = date.atStartOfDay(zone).toInstant().toEpochMilli();
    end = date.plusDays(1).atStartOfDay(zone).toInstant().toEpochMilli();
  }
}
