package io.dualbid.core.model;

/**
 * How long a win is credited with what comes of it, and whether that corrects the predictions.
 *
 * @param windowMillis time from a win to the last click or conversion that counts for the
 *     calibration, and for how long a repeated one is recognised at least; at least 0, where only
 *     the engine's deduplication window counts
 * @param calibrated whether predictions are multiplied by what wins of the window brought for each
 *     unit of what they were expected to; needs a window of at least 32 ms
 */
public record Attribution(long windowMillis, boolean calibrated) {
  /** The shortest window that can be calibrated over. */
  public static final long SHORTEST_MILLIS = 32;

  /** Predictions are taken as they are. */
  public static final Attribution NONE = new Attribution(0, false);

  public Attribution {
    if (windowMillis < 0 || (calibrated && windowMillis < SHORTEST_MILLIS)) {
      throw new IllegalArgumentException(
          "an attribution window must be >= 0, and at least 32ms to calibrate over: "
              + windowMillis
              + "ms");
    }
  }
}
