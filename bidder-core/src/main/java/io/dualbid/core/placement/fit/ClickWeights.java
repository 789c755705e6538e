package io.dualbid.core.placement.fit;

/**
 * From fit and position to a click weight: {@code exp(alpha + beta cosine) decay^position}, and 0
 * where the fit is below a floor, at any bid. For the cascade user, who loses attention by himself
 * while he reads, {@link #clickProbability} has the fit and {@link #attention} the position; they
 * are not multiplied together twice.
 *
 * @param alpha log weight of an ad that has nothing to do with its place, in [-100, 100]
 * @param beta what fit adds to it: log weight for a cosine of 1, in [-100, 100]
 * @param decay share of readers who go on from one position to the next, in (0, 1]
 * @param floor least cosine at which an ad may be shown, in [-1, 1]
 */
public record ClickWeights(double alpha, double beta, double decay, double floor) {
  /** Odds of one to this power of e are beyond all clicks; sums of such weights stay numbers. */
  private static final double MOST = 100;

  /** What holds until clicks have been seen. */
  public static final ClickWeights DEFAULT = new ClickWeights(-3, 2.5, 0.85, 0.1);

  public ClickWeights {
    if (!(Math.abs(alpha) <= MOST && Math.abs(beta) <= MOST)) {
      throw new IllegalArgumentException(
          "alpha and beta have to be in [-100, 100]: alpha=" + alpha + " beta=" + beta);
    }
    if (!(decay > 0 && decay <= 1)) {
      throw new IllegalArgumentException("decay has to be in (0, 1]: decay=" + decay);
    }
    if (!(floor >= -1 && floor <= 1)) {
      throw new IllegalArgumentException("floor has to be in [-1, 1]: floor=" + floor);
    }
  }

  /** Weight under MNL, 0 below the floor. */
  public double weight(double cosine, int position) {
    return cosine < floor ? 0 : StrictMath.exp(alpha + beta * cosine) * attention(position);
  }

  /** Probability of a click by a cascade user who reads the ad, in [0, 1], 0 below the floor. */
  public double clickProbability(double cosine) {
    return cosine < floor ? 0 : Math.min(1, StrictMath.exp(alpha + beta * cosine));
  }

  /** Probability that a cascade user still reads at a position. */
  public double attention(int position) {
    return StrictMath.pow(decay, position);
  }

  /** The same with another floor. */
  public ClickWeights withFloor(double other) {
    return new ClickWeights(alpha, beta, decay, other);
  }

  /** The same with another decay. */
  public ClickWeights withDecay(double other) {
    return new ClickWeights(alpha, beta, other, floor);
  }
}
