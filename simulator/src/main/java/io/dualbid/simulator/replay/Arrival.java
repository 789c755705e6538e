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
 * @param worth what a win turns out to bring, in units of the click rate that bidders are told; 0
 *     for nothing
 * @param worthDelayMillis how long after the win it does, at least 0
 */
public record Arrival(
    long number,
    long timeMillis,
    double clickRate,
    long priceNanos,
    boolean clicked,
    boolean firstPrice,
    List<String> segments,
    double worth,
    long worthDelayMillis) {
  /** An arrival of which no more is heard than whether it is won. */
  public Arrival(
      long number,
      long timeMillis,
      double clickRate,
      long priceNanos,
      boolean clicked,
      boolean firstPrice,
      List<String> segments) {
    this(number, timeMillis, clickRate, priceNanos, clicked, firstPrice, segments, 0, 0);
  }

  public Arrival {
    if (priceNanos < 0) {
      throw new IllegalArgumentException("price must be >= 0: " + priceNanos);
    }
    if (!(clickRate >= 0)) {
      throw new IllegalArgumentException("click rate must be >= 0: " + clickRate);
    }
    if (!(worth >= 0) || worthDelayMillis < 0) {
      throw new IllegalArgumentException(
          "worth and its delay must be >= 0: " + worth + ", " + worthDelayMillis + "ms");
    }
    segments = List.copyOf(segments);
  }
}
