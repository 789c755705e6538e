package io.dualbid.core.placement;

/**
 * What holds for every answer, whatever is bid.
 *
 * @param maxAds how many ads at most, at least 0
 * @param minDistance least difference of the offsets of two ads, at least 0
 * @param fitFloor an ad stands nowhere where it fits less than this; negative infinity for no floor
 */
public record Limits(int maxAds, int minDistance, double fitFloor) {
  /** Refuses what bounds nothing. */
  public Limits {
    if (maxAds < 0 || minDistance < 0 || Double.isNaN(fitFloor)) {
      throw new IllegalArgumentException(
          "limits need maxAds >= 0, minDistance >= 0 and a fit floor that is a number: "
              + maxAds
              + ", "
              + minDistance
              + ", "
              + fitFloor);
    }
  }

  /** Only the number of ads is bounded. */
  public static Limits of(int maxAds) {
    return new Limits(maxAds, 0, Double.NEGATIVE_INFINITY);
  }
}
