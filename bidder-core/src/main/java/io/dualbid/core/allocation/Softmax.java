package io.dualbid.core.allocation;

/**
 * Splits one request over resources in proportion to exp(score / κ): the maximiser of
 *
 * <pre>  Σ x_j·s_j - κ·Σ x·ln x    over x ≥ 0, Σ x ≤ 1</pre>
 *
 * <p>in two forms. With the null's entropy term the null action is one more resource of score 0,
 * and x_j = exp(s_j/κ) / (1 + Σ exp(s_i/κ)). Without it x_j = exp(s_j/κ - 1) where these sum to at
 * most 1, else the plain softmax, which leaves nothing to the null action.
 *
 * <p>As κ falls to 0 both become the argmax, evenly among equals. The greatest score is subtracted
 * before exp, so nothing overflows for any κ; scores are held within ±1e300, and a score that isn't
 * a number gets nothing. O(resources), no allocation.
 *
 * @param temperature κ, above 0, in the unit of the scores
 * @param nullEntropy whether the null action has an entropy term
 */
public record Softmax(double temperature, boolean nullEntropy) {
  private static final double FARTHEST = 1e300;

  public Softmax {
    if (!(temperature > 0) || Double.isInfinite(temperature)) {
      throw new IllegalArgumentException("temperature must be finite and > 0: " + temperature);
    }
  }

  /**
   * Fills the shares.
   *
   * @param score any doubles
   * @param share as long as {@code score}; each entry becomes 0 to 1, with a sum of at most 1 up to
   *     rounding
   */
  public void split(double[] score, double[] share) {
    if (!nullEntropy && splitBelowOne(score, share)) {
      return;
    }
    double top = nullEntropy ? 0 : -FARTHEST;
    for (double each : score) {
      if (bounded(each) > top) {
        top = bounded(each);
      }
    }
    double sum = nullEntropy ? StrictMath.exp(-top / temperature) : 0;
    for (int j = 0; j < score.length; j++) {
      double s = score[j];
      share[j] = Double.isNaN(s) ? 0 : StrictMath.exp((bounded(s) - top) / temperature);
      sum += share[j];
    }
    // The sum is at least 1: the greatest score, or the null action, contributes exp(0).
    for (int j = 0; j < score.length; j++) {
      share[j] /= sum;
    }
  }

  /** The form without the null's entropy, where Σ x ≤ 1 doesn't bind. */
  private boolean splitBelowOne(double[] score, double[] share) {
    double sum = 0;
    for (int j = 0; j < score.length; j++) {
      double s = score[j];
      share[j] = Double.isNaN(s) ? 0 : StrictMath.exp(bounded(s) / temperature - 1);
      sum += share[j];
    }
    return sum <= 1;
  }

  private static double bounded(double score) {
    return Math.max(-FARTHEST, Math.min(FARTHEST, score));
  }
}
