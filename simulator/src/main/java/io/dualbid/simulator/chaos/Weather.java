package io.dualbid.simulator.chaos;

/** How slow brokers and network are just now. */
final class Weather {
  private static final long USUAL_MILLIS = 12;

  private long extraMillis;

  /** What is on the way takes up to so much longer. */
  void slowBy(long millis) {
    extraMillis = millis;
  }

  /** How long the next record is under way. */
  long delayMillis(Timeline time) {
    return 1 + time.between(0, USUAL_MILLIS + extraMillis);
  }
}
