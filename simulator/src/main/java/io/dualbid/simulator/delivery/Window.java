package io.dualbid.simulator.delivery;

/**
 * A time that is reported on, by the append times of the journal.
 *
 * @param fromMillis first millisecond, since the epoch
 * @param toMillis the millisecond at which it ends
 */
public record Window(long fromMillis, long toMillis) {
  public Window {
    if (fromMillis >= toMillis) {
      throw new IllegalArgumentException(
          "a window must end after its start: " + fromMillis + " to " + toMillis);
    }
  }

  /** Whether a moment lies within it. */
  public boolean covers(long timeMillis) {
    return timeMillis >= fromMillis && timeMillis < toMillis;
  }
}
