package io.dualbid.core.placement;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The value of the best answer as one ad's score moves and all others stay: the upper envelope of
 * one line for each answer, whose slope is the ad's click probability. So clicks are a step
 * function of the score, and its steps are found exactly: two lines are intersected, and either the
 * optimum there lies above both, which splits the interval, or it is a step.
 *
 * @see "Eisner, Severance: Mathematical Techniques for Efficient Record Segmentation in Large
 *     Shared Databases, JACM 23(4), 1976 (the recursion)"
 */
final class Envelope {
  private static final double SAME_VALUE = 1e-12;
  private static final double SAME_SLOPE = 1e-12;

  private final PlacementRule rule;
  private final double[] score;
  private final int ad;

  /**
   * For one ad.
   *
   * @param scores of all; copied
   */
  Envelope(PlacementRule rule, double[] scores, int ad) {
    this.rule = rule;
    this.score = scores.clone();
    this.ad = ad;
  }

  private record Line(double start, double slope) {
    double at(double z) {
      return start + slope * z;
    }
  }

  private Line lineAt(double z) {
    score[ad] = z;
    return lineOf(rule.best(score, null), z);
  }

  private Line lineOf(Choice choice, double z) {
    double slope = choice.clickProbability[ad];
    return new Line(slope == 0 ? choice.value : choice.value - z * slope, slope);
  }

  /**
   * Where clicks jump between score 0 and {@code top}; only scores and jumps are meant, values
   * repeat scores.
   *
   * @param chosen the best answer at {@code top}
   * @param without the best answer without the ad
   */
  List<Step> steps(Choice chosen, double top, Choice without) {
    List<Step> steps = new ArrayList<>();
    split(0, new Line(without.value, 0), top, lineOf(chosen, top), steps);
    return steps;
  }

  private void split(double from, Line low, double to, Line high, List<Step> steps) {
    double jump = high.slope() - low.slope();
    if (jump <= SAME_SLOPE * high.slope()) {
      return;
    }
    double z = Math.min(to, Math.max(from, (low.start() - high.start()) / jump));
    if (z > from && z < to) {
      Line middle = lineAt(z);
      double known = Math.max(low.at(z), high.at(z));
      boolean between = middle.slope() > low.slope() && middle.slope() < high.slope();
      if (between && middle.at(z) > known + SAME_VALUE * known) {
        split(from, low, z, middle, steps);
        split(z, middle, to, high, steps);
        return;
      }
    }
    steps.add(new Step(z, z, jump));
  }

  /** The ad's click probability at a score. */
  double clicksAt(double z) {
    return lineAt(z).slope();
  }

  /**
   * The least score at which the ad, kept out now, would be shown; from there on it is as good to
   * show it as not.
   *
   * @param valueWithout of the best answer without it
   * @return positive infinity if it has no place
   */
  double threshold(double valueWithout) {
    double[] others = score.clone();
    Arrays.fill(score, 0);
    double alone = lineAt(1).slope();
    System.arraycopy(others, 0, score, 0, score.length);
    if (alone == 0) {
      return Double.POSITIVE_INFINITY;
    }
    // Alone in its best place it would be worth it here; company can only lower this.
    double z = valueWithout / alone;
    while (true) {
      Line line = lineAt(z);
      if (line.slope() == 0 || line.at(z) <= valueWithout * (1 + SAME_VALUE)) {
        return z;
      }
      double crossing = (valueWithout - line.start()) / line.slope();
      if (crossing >= z) {
        return z;
      }
      z = Math.max(0, crossing);
    }
  }
}
