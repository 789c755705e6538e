package io.dualbid.core.placement.value;

import io.dualbid.core.landscape.Normal;

/**
 * Values whose logarithm is normal: mean {@code mu}, standard deviation {@code sigma}.
 *
 * <p>With {@code z = (ln v - mu)/sigma} and Mills' ratio {@code M(z) = (1-Φ(z))/φ(z)}, the virtual
 * value is {@code v (1 - sigma M(z))} and its slope {@code 2 - (sigma + z) M(z)}. That is positive
 * at both ends; for sigma above about 1.2 it is negative in between, so there is at most one ironed
 * interval, found at construction by bisection on its level, at which the monopoly's profits on
 * both sides of the dip are equal.
 */
public final class LogNormal implements ValueDistribution {
  private static final double FAR = 30;
  private static final int SCAN = 2000;

  private final double mu;
  private final double sigma;
  // The rising branches of φ end and begin here, in z; equal where φ rises throughout.
  private final double dipFrom;
  private final double dipTo;
  private final double ironedFrom;
  private final double ironedTo;
  private final double ironedScore;

  /**
   * A law.
   *
   * @param mu finite, at most 100 from 0
   * @param sigma above 0, at most 10
   */
  public LogNormal(double mu, double sigma) {
    if (!(Math.abs(mu) <= 100 && sigma > 0 && sigma <= 10)) {
      throw new IllegalArgumentException(
          "log-normal needs |mu| <= 100 and 0 < sigma <= 10: mu=" + mu + ", sigma=" + sigma);
    }
    this.mu = mu;
    this.sigma = sigma;
    double steepest = lowestSlope();
    if (slope(steepest) >= 0) {
      dipFrom = steepest;
      dipTo = steepest;
      ironedFrom = Double.NaN;
      ironedTo = Double.NaN;
      ironedScore = Double.NaN;
      return;
    }
    dipFrom = Bisection.first(-FAR, steepest, z -> slope(z) < 0);
    dipTo = Bisection.first(steepest, steepest + FAR * FAR, z -> slope(z) > 0);
    // As the level rises, selling to the few above the dip gains on selling to the many below it.
    ironedScore =
        Bisection.first(phi(dipTo), phi(dipFrom), s -> profit(below(s), s) <= profit(above(s), s));
    ironedFrom = value(below(ironedScore));
    ironedTo = value(above(ironedScore));
  }

  /** Mean of the logarithm. */
  public double mu() {
    return mu;
  }

  /** Standard deviation of the logarithm. */
  public double sigma() {
    return sigma;
  }

  /** Whether its virtual value falls somewhere and had to be ironed. */
  public boolean ironed() {
    return dipFrom != dipTo;
  }

  @Override
  public double virtualValue(double value) {
    if (value <= 0) {
      return Double.NEGATIVE_INFINITY;
    }
    return value >= ironedFrom && value <= ironedTo
        ? ironedScore
        : phi((StrictMath.log(value) - mu) / sigma);
  }

  @Override
  public double inverse(double score) {
    if (score > ironedScore || dipFrom == dipTo) {
      return value(dipFrom == dipTo ? anywhere(score) : above(score));
    }
    return score == ironedScore ? ironedFrom : value(below(score));
  }

  @Override
  public double inverseAbove(double score) {
    return score == ironedScore ? ironedTo : inverse(score);
  }

  private double value(double z) {
    return StrictMath.exp(mu + sigma * z);
  }

  private double phi(double z) {
    return value(z) * (1 - sigma * Normal.upperOverDensity(z));
  }

  private double slope(double z) {
    return 2 - (sigma + z) * Normal.upperOverDensity(z);
  }

  /** (v - s)(1 - F(v)). */
  private double profit(double z, double s) {
    return (value(z) - s) * Normal.cdf(-z);
  }

  /** The z of the lowest slope: a scan for where it lies, golden section within. */
  private double lowestSlope() {
    double best = 0;
    for (int k = -SCAN; k <= SCAN; k++) {
      double z = k * FAR / SCAN;
      if (slope(z) < slope(best)) {
        best = z;
      }
    }
    double low = best - FAR / SCAN;
    double high = best + FAR / SCAN;
    for (int k = 0; k < 100; k++) {
      double third = (high - low) / 3;
      if (slope(low + third) < slope(high - third)) {
        high -= third;
      } else {
        low += third;
      }
    }
    return (low + high) / 2;
  }

  private double below(double s) {
    return Bisection.first(-FAR, dipFrom, z -> phi(z) >= s);
  }

  private double above(double s) {
    return Bisection.first(dipTo, top(s), z -> phi(z) >= s);
  }

  private double anywhere(double s) {
    return Bisection.first(-FAR, top(s), z -> phi(z) >= s);
  }

  /** A z above the one where φ is s. */
  private double top(double s) {
    double z = Math.max(1, dipTo + 1);
    while (phi(z) < s) {
      z *= 2;
    }
    return z;
  }
}
