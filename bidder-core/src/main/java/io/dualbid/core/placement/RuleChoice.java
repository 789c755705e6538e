package io.dualbid.core.placement;

/**
 * Which rule runs. Decided by the numbers of ads, positions and shown ads and by the continuation
 * alone, never by bids: a switch that looked at bids would break truthfulness.
 */
final class RuleChoice {
  /** States of the dynamic program times choices in each, at most. */
  static final double AFFORDABLE = 2e7;

  private RuleChoice() {}

  static PlacementRule of(Eligibility eligibility, UserModel user, CascadeMethod method) {
    if (user instanceof UserModel.Cascade cascade) {
      return cascade(eligibility, cascade, method);
    }
    return new MnlRule(eligibility);
  }

  private static PlacementRule cascade(
      Eligibility eligibility, UserModel.Cascade user, CascadeMethod method) {
    CascadeClicks clicks = new CascadeClicks(eligibility, user);
    if (method == CascadeMethod.LOTTERY) {
      return new LotteryRule(eligibility, clicks);
    }
    int all = eligibility.maxAds;
    int most = all;
    while (most > 0 && work(eligibility, most) > AFFORDABLE) {
      most--;
    }
    if (most == all) {
      return new CascadeRule(eligibility, clicks, all, 1);
    }
    if (method == CascadeMethod.OPTIMUM) {
      throw new IllegalArgumentException(
          "the exact optimum of "
              + eligibility.ads
              + " ads, "
              + eligibility.positions
              + " positions and at most "
              + all
              + " shown takes too long; fewer ads shown, or the lottery, don't");
    }
    double guarantee = most == 0 ? 0 : guarantee(most, all, user.continuation());
    return guarantee >= 0.5
        ? new CascadeRule(eligibility, clicks, most, guarantee)
        : new LotteryRule(eligibility, clicks);
  }

  private static double work(Eligibility eligibility, int most) {
    return CascadeOptimum.sets(eligibility.ads, most) * eligibility.ads * eligibility.positions;
  }

  /**
   * The part of the optimum of {@code all} ads that the best {@code most} of them reach: the
   * greatest terms are at least their share, and the k-th ad is reached with probability c^(k-1) at
   * most, so the best single ad reaches (1-c)/(1-c^all).
   */
  static double guarantee(int most, int all, double c) {
    double share = (double) most / all;
    double reach = 0;
    double power = 1;
    for (int k = 0; k < all; k++) {
      reach += power;
      power *= c;
    }
    return Math.min(1, Math.max(share, 1 / reach));
  }
}
