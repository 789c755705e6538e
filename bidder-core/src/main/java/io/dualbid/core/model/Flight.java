package io.dualbid.core.model;

import java.time.ZoneId;

/**
 * When a campaign runs.
 *
 * @param startMillis first millisecond, since the epoch
 * @param endMillis the millisecond at which it ends; {@link #OPEN_END} where it has none
 * @param zone the zone of its days (daily budget) and hours (dayparts, traffic profile)
 */
public record Flight(long startMillis, long endMillis, ZoneId zone) {
  /** The end of a flight that has none. */
  public static final long OPEN_END = Long.MAX_VALUE;

  public Flight {
    if (startMillis >= endMillis) {
      throw new IllegalArgumentException(
          "a flight must end after its start: " + startMillis + " to " + endMillis);
    }
  }

  /** Whether the flight has an end. */
  public boolean ends() {
    return endMillis != OPEN_END;
  }

  /** Whether {@code timeMillis} lies within the flight. */
  public boolean covers(long timeMillis) {
    return timeMillis >= startMillis && timeMillis < endMillis;
  }
}
