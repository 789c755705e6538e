package io.dualbid.core.model;

import java.util.List;

/**
 * How a campaign wants its spend spread over the flight.
 *
 * @param shape the shape of the spend over time
 * @param weeklyProfile for {@link Shape#TRAFFIC} the expected traffic of the 168 hours of a week,
 *     Monday 0 h first, in the flight's zone; at least 0, not all 0; else empty
 */
public record Plan(Shape shape, List<Double> weeklyProfile) {
  /** Hours of a week. */
  public static final int HOURS_PER_WEEK = 168;

  /** The same amount in each moment. */
  public static final Plan EVEN = new Plan(Shape.EVEN, List.of());

  /** The shape of planned spend over time. */
  public enum Shape {
    /** The same amount in each moment of the flight. */
    EVEN,
    /** In proportion to the expected traffic of the hour. */
    TRAFFIC,
    /** Twice the even rate at the start, falling linearly to nothing at the end. */
    FRONT_LOADED,
    /** All that is left, at any time. */
    ASAP
  }

  public Plan {
    weeklyProfile = List.copyOf(weeklyProfile);
    if (shape == Shape.TRAFFIC) {
      if (weeklyProfile.size() != HOURS_PER_WEEK) {
        throw new IllegalArgumentException(
            "a weekly profile has 168 entries: " + weeklyProfile.size());
      }
      double sum = 0;
      for (double weight : weeklyProfile) {
        if (!(weight >= 0) || Double.isInfinite(weight)) {
          throw new IllegalArgumentException("profile entries must be >= 0: " + weight);
        }
        sum += weight;
      }
      if (!(sum > 0)) {
        throw new IllegalArgumentException("a weekly profile must not be all 0");
      }
    } else if (!weeklyProfile.isEmpty()) {
      throw new IllegalArgumentException("only a traffic plan has a weekly profile: " + shape);
    }
  }
}
