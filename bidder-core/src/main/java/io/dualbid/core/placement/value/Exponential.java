package io.dualbid.core.placement.value;

/**
 * Exponential values; {@code φ(v) = v - 1/rate}.
 *
 * @param rate the inverse of the mean, above 0, finite
 */
public record Exponential(double rate) implements ValueDistribution {
  /** Refuses a rate that is none. */
  public Exponential {
    if (!(rate > 0 && rate < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("exponential needs a rate above 0: " + rate);
    }
  }

  @Override
  public double virtualValue(double value) {
    return value < 0 ? Double.NEGATIVE_INFINITY : value - 1 / rate;
  }

  @Override
  public double inverse(double score) {
    return Math.max(0, score + 1 / rate);
  }

  @Override
  public double inverseAbove(double score) {
    return inverse(score);
  }
}
