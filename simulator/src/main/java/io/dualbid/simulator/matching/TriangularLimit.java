package io.dualbid.simulator.matching;

import org.apache.commons.math3.distribution.BinomialDistribution;
import org.apache.commons.math3.distribution.PoissonDistribution;

/**
 * What is to be expected on the upper-triangular family with a hidden permutation, for every policy
 * that drops no arrival it could assign. Of the m vertices that are still shown k are available; a
 * group of arrivals brings as many successes as it has, at most k, whoever gets which; then one of
 * the m, any with equal probability, is shown no more. So k alone has to be followed.
 *
 * <p>O(n³) for n vertices at worst.
 */
public final class TriangularLimit {
  private TriangularLimit() {}

  /** The share of the matching LP as p → 0: a group has a Poisson number of successes of mean 1. */
  public static double ratio(int n) {
    PoissonDistribution law = new PoissonDistribution(1);
    double[] probability = new double[n];
    for (int s = 0; s < n; s++) {
      probability[s] = law.probability(s);
    }
    return ratio(probability);
  }

  /** The share for groups of {@code copies} arrivals, each a success with probability p. */
  public static double ratio(int n, double p, int copies) {
    BinomialDistribution law = new BinomialDistribution(null, copies, p);
    double[] probability = new double[n];
    for (int s = 0; s < n; s++) {
      probability[s] = law.probability(s);
    }
    // The matching LP fills each vertex from its own group.
    return ratio(probability) / Math.min(1, p * copies);
  }

  /** With the probability of each number of successes below n. */
  private static double ratio(double[] successes) {
    int n = successes.length;
    double[] available = new double[n + 1];
    available[n] = 1;
    double expected = 0;
    for (int shown = n; shown >= 1; shown--) {
      double[] left = new double[n + 1];
      for (int k = 1; k <= shown; k++) {
        double rest = 1;
        for (int s = 0; s < k; s++) {
          left[k - s] += available[k] * successes[s];
          expected += available[k] * successes[s] * s;
          rest -= successes[s];
        }
        left[0] += available[k] * rest;
        expected += available[k] * rest * k;
      }
      left[0] += available[0];
      available = new double[n + 1];
      for (int k = 0; k <= shown; k++) {
        double leaves = (double) k / shown;
        if (k > 0) {
          available[k - 1] += left[k] * leaves;
        }
        available[k] += left[k] * (1 - leaves);
      }
    }
    return expected / n;
  }
}
