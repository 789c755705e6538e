package io.dualbid.core.placement;

import org.jspecify.annotations.Nullable;

/**
 * Picks the answer of greatest expected score out of a set of answers that is fixed without looking
 * at scores (maximal in its range, or in its distributional range). So the value is convex in each
 * score, with the ad's click probability as slope: allocation is monotone, and truthful prices
 * exist.
 */
sealed interface PlacementRule permits MnlRule, LotteryRule, CascadeRule {
  /**
   * The best answer.
   *
   * @param score by ad, per click; one that is not above 0 keeps the ad out
   * @param start a possible answer to begin the search from, the ad at each position; null for
   *     none; never changes the result but in ties
   */
  Choice best(double[] score, int @Nullable [] start);

  /** Names the rule, for people. */
  String name();

  /** The least part of the greatest possible value that this rule reaches, in (0, 1]. */
  double guarantee();
}
