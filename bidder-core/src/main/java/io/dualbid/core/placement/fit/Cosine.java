package io.dualbid.core.placement.fit;

/** The cosine of the angle between two vectors. */
public final class Cosine {
  private Cosine() {}

  /** In [-1, 1]; 0 if either vector is zero. */
  public static double of(double[] one, double[] other) {
    double product = 0;
    double oneSquare = 0;
    double otherSquare = 0;
    for (int i = 0; i < one.length; i++) {
      product += one[i] * other[i];
      oneSquare += one[i] * one[i];
      otherSquare += other[i] * other[i];
    }
    if (oneSquare == 0 || otherSquare == 0) {
      return 0;
    }
    double cosine = product / (Math.sqrt(oneSquare) * Math.sqrt(otherSquare));
    return Math.max(-1, Math.min(1, cosine));
  }
}
