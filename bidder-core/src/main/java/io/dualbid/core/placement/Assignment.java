package io.dualbid.core.placement;

import java.util.Arrays;

/**
 * Ads to positions with the greatest sum of scores, at most {@code maxAds} of them; scores that are
 * not positive, within rounding, count as empty.
 */
abstract class Assignment {
  /** No ad. */
  static final int NONE = -1;

  /** Below this part of the magnitude of what made up a score it can't be told from 0. */
  private static final double EMPTY = 1e-13;

  final Eligibility eligibility;

  /** The ad at each position after {@link #solve}, or {@link #NONE}. */
  final int[] adAt;

  /** {@code score[ad * positions + position]}, to be filled before {@link #solve}. */
  final double[] score;

  Assignment(Eligibility eligibility) {
    this.eligibility = eligibility;
    adAt = new int[eligibility.positions];
    score = new double[eligibility.ads * eligibility.positions];
  }

  /** The fitting solver for the constraints there are. */
  static Assignment of(Eligibility eligibility) {
    return eligibility.spaced || eligibility.cliqueCount > 0
        ? new ConstrainedAssignment(eligibility)
        : new FreeAssignment(eligibility);
  }

  /**
   * Fills {@link #adAt}.
   *
   * @param magnitude of the terms that scores were computed from
   */
  final void solve(double magnitude) {
    Arrays.fill(adAt, NONE);
    assign(EMPTY * magnitude);
  }

  /** Fills {@link #adAt}, which is empty, with scores above {@code empty}. */
  abstract void assign(double empty);
}
