package io.dualbid.simulator.simulation;

import java.util.Arrays;
import org.apache.commons.math3.distribution.TDistribution;

/**
 * The mean of independent numbers with the half width of its 95 % confidence interval by Student's
 * t, which takes the mean to be nearly normal.
 *
 * @param mean NaN of no numbers
 * @param halfWidth NaN of fewer than two
 */
public record Interval(double mean, double halfWidth) {
  private static final double QUANTILE = 0.975;

  /** The interval of these numbers. */
  public static Interval of(double[] numbers) {
    int n = numbers.length;
    double mean = Arrays.stream(numbers).sum() / n;
    if (n < 2) {
      return new Interval(mean, Double.NaN);
    }
    double squares = Arrays.stream(numbers).map(x -> (x - mean) * (x - mean)).sum();
    double error = Math.sqrt(squares / (n - 1) / n);
    double quantile = new TDistribution(null, n - 1).inverseCumulativeProbability(QUANTILE);
    return new Interval(mean, quantile * error);
  }
}
