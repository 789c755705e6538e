package io.dualbid.core.placement.value;

/**
 * Every value between two ends alike; {@code φ(v) = 2v - high}.
 *
 * @param low at least 0
 * @param high above {@code low}, finite
 */
public record Uniform(double low, double high) implements ValueDistribution {
  /** Refuses what is no interval. */
  public Uniform {
    if (!(low >= 0 && high > low && high < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "uniform needs 0 <= low < high: low=" + low + ", high=" + high);
    }
  }

  @Override
  public double virtualValue(double value) {
    return value < low ? Double.NEGATIVE_INFINITY : 2 * Math.min(value, high) - high;
  }

  @Override
  public double inverse(double score) {
    return score > high ? Double.POSITIVE_INFINITY : Math.max(low, (score + high) / 2);
  }

  @Override
  public double inverseAbove(double score) {
    return score >= high ? Double.POSITIVE_INFINITY : inverse(score);
  }
}
