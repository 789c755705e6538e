package io.dualbid.core.placement;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The optimum for a cascade reader over answers of at most so many ads: exact where that is the
 * limit itself; a smaller number is a range of its own, and reaches at least that part of the
 * optimum, since of the optimum's terms the greatest may be kept, and leaving ads off only helps
 * the rest.
 */
final class CascadeRule implements PlacementRule {
  private final Eligibility eligibility;
  private final CascadeClicks clicks;
  private final CascadeOptimum optimum;
  private final int mostAds;
  private final double guarantee;
  private final double[] gain;

  CascadeRule(Eligibility eligibility, CascadeClicks clicks, int mostAds, double guarantee) {
    this.eligibility = eligibility;
    this.clicks = clicks;
    this.mostAds = Math.min(mostAds, eligibility.maxAds);
    this.guarantee = guarantee;
    optimum = new CascadeOptimum(eligibility, this.mostAds);
    gain = new double[clicks.click.length];
  }

  @Override
  public Choice best(double[] score, int @Nullable [] start) {
    clicks.gains(score, gain);
    int[] adAt = new int[eligibility.positions];
    optimum.solve(gain, clicks.stay, adAt);
    double[] click = clicks.shown(adAt);
    double value = 0;
    for (int j = 0; j < adAt.length; j++) {
      if (click[j] == 0) {
        // Behind a sure click nobody reads on.
        adAt[j] = Assignment.NONE;
      } else {
        value += click[j] * score[adAt[j]];
      }
    }
    double[] show = new double[adAt.length];
    Arrays.fill(show, 1);
    return new Choice(value, adAt, click, show, eligibility.ads);
  }

  @Override
  public String name() {
    return mostAds == eligibility.maxAds ? "cascade-optimum" : "cascade-at-most-" + mostAds;
  }

  @Override
  public double guarantee() {
    return guarantee;
  }
}
