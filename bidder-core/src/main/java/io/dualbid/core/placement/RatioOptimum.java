package io.dualbid.core.placement;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The answer with the greatest {@code (sum of gains) / (1 + sum of masses)} over shown pairs, by
 * Dinkelbach's method: for a level θ the assignment with scores {@code gain - θ mass} is solved
 * exactly, its ratio is the next level, and the level rises strictly until it stays. Three to six
 * rounds are usual.
 *
 * @see "Dinkelbach: On Nonlinear Fractional Programming, Management Science 13(7), 1967"
 */
final class RatioOptimum {
  private static final double STAYS = 1e-14;

  private final Assignment assignment;
  private final int[] chosen;
  private double level;

  RatioOptimum(Eligibility eligibility) {
    assignment = Assignment.of(eligibility);
    chosen = new int[eligibility.positions];
  }

  /**
   * Finds it.
   *
   * @param gain {@code [ad * positions + position]}, at least 0; 0 where an ad may not stand
   * @param mass likewise, above 0 wherever the gain is
   * @param start an answer to begin from: the ad at each position or {@link Assignment#NONE}; null
   *     for none
   * @return the ad at each position; owned by this, overwritten by the next call
   */
  int[] solve(double[] gain, double[] mass, int @Nullable [] start) {
    Arrays.fill(chosen, Assignment.NONE);
    level = 0;
    if (start != null) {
      System.arraycopy(start, 0, chosen, 0, chosen.length);
      level = ratio(chosen, gain, mass);
    }
    double magnitude = 0;
    for (double g : gain) {
      magnitude = Math.max(magnitude, g);
    }
    if (magnitude == 0) {
      return chosen;
    }
    double[] score = assignment.score;
    while (true) {
      for (int k = 0; k < score.length; k++) {
        score[k] = gain[k] - level * mass[k];
      }
      assignment.solve(magnitude);
      double ratio = ratio(assignment.adAt, gain, mass);
      if (ratio <= level * (1 + STAYS)) {
        return chosen;
      }
      level = ratio;
      System.arraycopy(assignment.adAt, 0, chosen, 0, chosen.length);
    }
  }

  /** The ratio of the answer last found. */
  double level() {
    return level;
  }

  private static double ratio(int[] adAt, double[] gain, double[] mass) {
    double gains = 0;
    double masses = 1;
    for (int j = 0; j < adAt.length; j++) {
      if (adAt[j] != Assignment.NONE) {
        int k = adAt[j] * adAt.length + j;
        gains += gain[k];
        masses += mass[k];
      }
    }
    return gains / masses;
  }
}
