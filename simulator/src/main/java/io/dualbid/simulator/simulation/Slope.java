package io.dualbid.simulator.simulation;

import java.util.List;
import org.apache.commons.math3.distribution.TDistribution;

/**
 * How regret grows: the slope of the least squares line through (log T, log mean regret). 0.5 is
 * the square root that theory promises, 1 is a regret that never fades.
 *
 * @param slope NaN with fewer than two lengths of a mean regret above 0
 * @param halfWidth half width of its 95 % interval by the jackknife over seeds; NaN with fewer than
 *     three seeds
 */
public record Slope(double slope, double halfWidth) {
  private static final double QUANTILE = 0.975;

  /**
   * The slope of one policy.
   *
   * @param horizons lengths of streams
   * @param regrets for each length the regret of each seed, as many for each
   */
  public static Slope of(List<Integer> horizons, double[][] regrets) {
    int seeds = regrets.length == 0 ? 0 : regrets[0].length;
    double slope = without(-1, horizons, regrets);
    if (seeds < 3) {
      return new Slope(slope, Double.NaN);
    }
    double[] partial = new double[seeds];
    double mean = 0;
    for (int s = 0; s < seeds; s++) {
      partial[s] = without(s, horizons, regrets);
      mean += partial[s] / seeds;
    }
    double squares = 0;
    for (double one : partial) {
      squares += (one - mean) * (one - mean);
    }
    double error = Math.sqrt(squares * (seeds - 1) / seeds);
    double quantile = new TDistribution(null, seeds - 1).inverseCumulativeProbability(QUANTILE);
    return new Slope(slope, quantile * error);
  }

  private static double without(int left, List<Integer> horizons, double[][] regrets) {
    double n = 0;
    double sumX = 0;
    double sumY = 0;
    double sumXx = 0;
    double sumXy = 0;
    for (int h = 0; h < horizons.size(); h++) {
      double mean = mean(regrets[h], left);
      if (mean > 0) {
        double x = Math.log(horizons.get(h));
        double y = Math.log(mean);
        n++;
        sumX += x;
        sumY += y;
        sumXx += x * x;
        sumXy += x * y;
      }
    }
    double spread = n * sumXx - sumX * sumX;
    return spread > 0 ? (n * sumXy - sumX * sumY) / spread : Double.NaN;
  }

  private static double mean(double[] numbers, int left) {
    double sum = 0;
    for (int i = 0; i < numbers.length; i++) {
      sum += i == left ? 0 : numbers[i];
    }
    return sum / (numbers.length - (left < 0 ? 0 : 1));
  }
}
