package io.dualbid.core.placement;

import org.jspecify.annotations.Nullable;

/**
 * A lottery over answers for a cascade reader, polynomial, worth at least half of the optimum.
 *
 * <p>The greatest {@code τ = sum(a) / (1 + sum(s))}, gains over stopping masses, bounds the optimum
 * by {@code 2τ}. Its answer is shown with a coin for each ad, k of which comes up with probability
 * {@code 1 / (1 + s_k + s_{k+1} + ...)}, so that each is reached and shown with probability {@code
 * 1 / (1 + sum(s))} and the expected value is τ exactly. The lotteries are fixed without looking at
 * bids, so prices are truthful in expectation over the coins.
 */
final class LotteryRule implements PlacementRule {
  private final Eligibility eligibility;
  private final CascadeClicks clicks;
  private final RatioOptimum optimum;
  private final double[] gain;

  LotteryRule(Eligibility eligibility, CascadeClicks clicks) {
    this.eligibility = eligibility;
    this.clicks = clicks;
    optimum = new RatioOptimum(eligibility);
    gain = new double[clicks.click.length];
  }

  @Override
  public Choice best(double[] score, int @Nullable [] start) {
    clicks.gains(score, gain);
    int[] adAt = optimum.solve(gain, clicks.stop, start);
    int positions = eligibility.positions;
    double[] click = new double[positions];
    double[] show = new double[positions];
    double mass = 1;
    for (int j = positions - 1; j >= 0; j--) {
      if (adAt[j] != Assignment.NONE) {
        mass += clicks.stop[adAt[j] * positions + j];
        show[j] = 1 / mass;
      }
    }
    for (int j = 0; j < positions; j++) {
      click[j] = adAt[j] == Assignment.NONE ? 0 : clicks.click[adAt[j] * positions + j] / mass;
    }
    return new Choice(optimum.level(), adAt, click, show, eligibility.ads);
  }

  @Override
  public String name() {
    return "cascade-lottery";
  }

  @Override
  public double guarantee() {
    return 0.5;
  }
}
