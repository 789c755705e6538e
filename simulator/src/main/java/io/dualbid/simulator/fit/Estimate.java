package io.dualbid.simulator.fit;

/**
 * A parameter as learned.
 *
 * @param name as in files
 * @param value most likely
 * @param standardError from the log's expected information; NaN for what was held, or stands at the
 *     end of its range
 * @param low lower end of the interval that holds the truth 95 times in 100; NaN likewise
 * @param high upper end
 * @param state whether it was learned
 */
public record Estimate(
    String name, double value, double standardError, double low, double high, State state) {
  /** Where a value comes from. */
  public enum State {
    /** From the clicks. */
    LEARNED,
    /** From the clicks, which would have it further out: the end of its range. */
    AT_BOUND,
    /** Given beforehand. */
    HELD;

    /** As it is written in files. */
    public String label() {
      return switch (this) {
        case LEARNED -> "learned";
        case AT_BOUND -> "at-bound";
        case HELD -> "held";
      };
    }
  }
}
