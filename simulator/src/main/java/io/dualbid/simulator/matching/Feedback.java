package io.dualbid.simulator.matching;

import io.dualbid.core.matching.Matcher;
import io.dualbid.simulator.replay.Deliveries;

/**
 * When outcomes are told: after a delay, some never, some twice. An attempt of which nothing is
 * heard keeps its reservation and its load, and is given up when its window has passed.
 *
 * @param delay the outcome of arrival s is told before arrival t is decided if {@code s + delay <
 *     t}; at least 0
 * @param deliveries which outcomes are never told, and which twice
 * @param window arrivals beyond the delay after which an attempt is given up, at least 0
 */
public record Feedback(int delay, Deliveries deliveries, int window) {
  private static final int DEFAULT_WINDOW = 1_000;

  /** Every outcome is told before the next arrival. */
  public static final Feedback AT_ONCE = after(0);

  public Feedback {
    if (delay < 0 || window < 0) {
      throw new IllegalArgumentException("delay and window >= 0: " + delay + ", " + window);
    }
  }

  /** Every outcome is told once, after a delay. */
  public static Feedback after(int delay) {
    return new Feedback(delay, Deliveries.RELIABLE, DEFAULT_WINDOW);
  }

  /** The same delay with these deliveries. */
  public static Feedback after(int delay, Deliveries deliveries) {
    return new Feedback(delay, deliveries, DEFAULT_WINDOW);
  }

  /** Whether the outcome of an arrival is ever told. */
  public boolean isTold(int arrival) {
    return deliveries.copies(arrival) > 0;
  }

  /** Tells the outcome of an arrival as often as it comes. */
  void tell(Matcher matcher, int arrival, boolean success) {
    int copies = deliveries.copies(arrival);
    for (int copy = 0; copy < copies; copy++) {
      matcher.outcome(arrival, success);
    }
  }

  /** Gives up attempts whose time is over before an arrival is decided. */
  void giveUp(Matcher matcher, int arrival) {
    if (deliveries.loss() > 0) {
      matcher.expire((long) arrival - delay - window);
    }
  }
}
