package io.dualbid.core.placement;

/** The pairs of a cascade reader as arrays, and the clicks of an answer. */
final class CascadeClicks {
  private final Eligibility eligibility;

  /** {@code D q}: the probability of a click if all above is passed. */
  final double[] click;

  /**
   * {@code s = 1 - c (1 - q)}: the probability that a shown ad ends the visit; 0 where none may
   * stand.
   */
  final double[] stop;

  /** {@code 1 - s}. */
  final double[] stay;

  CascadeClicks(Eligibility eligibility, UserModel.Cascade user) {
    this.eligibility = eligibility;
    int size = eligibility.weight.length;
    click = new double[size];
    stop = new double[size];
    stay = new double[size];
    for (int k = 0; k < size; k++) {
      double q = eligibility.weight[k];
      click[k] = user.attention(k % eligibility.positions) * q;
      stay[k] = q > 0 ? user.continuation() * (1 - q) : 1;
      stop[k] = 1 - stay[k];
    }
  }

  /** Fills {@code gain} with {@code D q b}, 0 for scores that are not positive. */
  void gains(double[] score, double[] gain) {
    int positions = eligibility.positions;
    for (int i = 0; i < eligibility.ads; i++) {
      double s = Math.max(0, score[i]);
      for (int k = i * positions; k < (i + 1) * positions; k++) {
        gain[k] = click[k] * s;
      }
    }
  }

  /** Click probability by position if all of an answer is shown. */
  double[] shown(int[] adAt) {
    double[] probability = new double[adAt.length];
    double reach = 1;
    for (int j = 0; j < adAt.length; j++) {
      if (adAt[j] != Assignment.NONE) {
        int k = adAt[j] * adAt.length + j;
        probability[j] = reach * click[k];
        reach *= stay[k];
      }
    }
    return probability;
  }
}
