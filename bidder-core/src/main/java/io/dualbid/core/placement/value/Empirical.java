package io.dualbid.core.placement.value;

import java.util.Arrays;

/**
 * The law of samples: each of n has probability 1/n.
 *
 * <p>The revenue curve has the points {@code (k/n, k/n · v_k)}, {@code v_k} the k-th greatest; its
 * upper hull is the ironed curve, and a sample's ironed virtual value the slope of the hull's edge
 * that ends in it. Between samples a value counts as the next sample below, so that the rule knows
 * nothing that the samples don't. Raw samples overfit at the top, where a few of them carry the
 * curve; ironing is what keeps the estimate usable.
 *
 * @see "Cole, Roughgarden: The Sample Complexity of Revenue Maximization, STOC 2014, section 4"
 */
public final class Empirical implements ValueDistribution {
  // Corners of the hull in falling order of value, and the slope that ends in each.
  private final double[] corner;
  private final double[] slope;
  private final double lowest;

  /**
   * A law.
   *
   * @param samples at least one, each finite and at least 0; copied
   */
  public Empirical(double[] samples) {
    if (samples.length == 0) {
      throw new IllegalArgumentException("an empirical law needs at least one sample");
    }
    double[] rising = samples.clone();
    Arrays.sort(rising);
    int n = rising.length;
    if (!(rising[0] >= 0 && rising[n - 1] < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "samples must be finite and at least 0: " + rising[0] + " to " + rising[n - 1]);
    }
    lowest = rising[0];
    int[] hull = new int[n + 1];
    int size = 1;
    for (int k = 1; k <= n; k++) {
      while (size > 1
          && slope(rising, hull[size - 2], hull[size - 1]) <= slope(rising, hull[size - 1], k)) {
        size--;
      }
      hull[size++] = k;
    }
    corner = new double[size - 1];
    slope = new double[size - 1];
    for (int c = 1; c < size; c++) {
      corner[c - 1] = rising[n - hull[c]];
      slope[c - 1] = slope(rising, hull[c - 1], hull[c]);
    }
  }

  private static double slope(double[] rising, int from, int to) {
    int n = rising.length;
    double start = from == 0 ? 0 : from * rising[n - from];
    return (to * rising[n - to] - start) / (to - from);
  }

  @Override
  public double virtualValue(double value) {
    if (value < lowest) {
      return Double.NEGATIVE_INFINITY;
    }
    for (int c = 0; c < corner.length; c++) {
      if (value >= corner[c]) {
        return slope[c];
      }
    }
    return slope[corner.length - 1];
  }

  @Override
  public double inverse(double score) {
    if (score > slope[0]) {
      return Double.POSITIVE_INFINITY;
    }
    double least = corner[0];
    for (int c = 0; c < corner.length && slope[c] >= score; c++) {
      least = corner[c];
    }
    return least;
  }

  @Override
  public double inverseAbove(double score) {
    double least = Double.POSITIVE_INFINITY;
    for (int c = 0; c < corner.length && slope[c] > score; c++) {
      least = corner[c];
    }
    return least;
  }
}
