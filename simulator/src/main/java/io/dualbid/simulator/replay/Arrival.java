package io.dualbid.simulator.replay;

import java.util.List;

/**
 * One auction as it arrives, with what only the world knows.
 *
 * @param number its number, from 0; its identity
 * @param timeMillis when it arrives; never before the one before
 * @param clickRate the click rate that bidders are told
 * @param priceNanos the highest competing bid, floor included
 * @param clicked whether a win would be clicked
 * @param firstPrice whether the winner pays its bid
 * @param segments segments of the user
 */
public record Arrival(
    long number,
    long timeMillis,
    double clickRate,
    long priceNanos,
    boolean clicked,
    boolean firstPrice,
    List<String> segments) {
  public Arrival {
    if (priceNanos < 0) {
      throw new IllegalArgumentException("price must be >= 0: " + priceNanos);
    }
    if (!(clickRate >= 0)) {
      throw new IllegalArgumentException("click rate must be >= 0: " + clickRate);
    }
    segments = List.copyOf(segments);
  }
}
