package io.dualbid.core.placement;

import java.util.Arrays;

/**
 * The answer that a rule picks for given scores. Read only.
 *
 * <p>As a score alone changes and the answer stays, the value moves on a line whose slope is that
 * ad's click probability.
 */
final class Choice {
  /** Sum of score times click probability. */
  final double value;

  /** The ad at each position, or {@link Assignment#NONE}. */
  final int[] adAt;

  /** The position of each ad, or {@link Assignment#NONE}. */
  final int[] positionOf;

  /** By ad. */
  final double[] clickProbability;

  /** By ad: the probability that it is shown once the reader gets there; 1 without a lottery. */
  final double[] showProbability;

  /** Probability that no ad is clicked. */
  final double noClick;

  Choice(double value, int[] adAt, double[] clickByPosition, double[] showByPosition, int ads) {
    this.value = value;
    this.adAt = adAt.clone();
    positionOf = new int[ads];
    Arrays.fill(positionOf, Assignment.NONE);
    clickProbability = new double[ads];
    showProbability = new double[ads];
    double clicks = 0;
    for (int j = 0; j < adAt.length; j++) {
      if (adAt[j] != Assignment.NONE) {
        positionOf[adAt[j]] = j;
        clickProbability[adAt[j]] = clickByPosition[j];
        showProbability[adAt[j]] = showByPosition[j];
        clicks += clickByPosition[j];
      }
    }
    noClick = Math.max(0, 1 - clicks);
  }

  /** The same answer with a gap where an ad stood. */
  int[] without(int ad) {
    int[] rest = adAt.clone();
    if (positionOf[ad] != Assignment.NONE) {
      rest[positionOf[ad]] = Assignment.NONE;
    }
    return rest;
  }

  /** How many ads are shown. */
  int shown() {
    int count = 0;
    for (int ad : adAt) {
      count += ad == Assignment.NONE ? 0 : 1;
    }
    return count;
  }
}
