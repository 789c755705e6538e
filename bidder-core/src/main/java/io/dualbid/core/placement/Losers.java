package io.dualbid.core.placement;

/** Why those that are not shown are not. */
final class Losers {
  private final PlacementInstance instance;
  private final Eligibility eligibility;
  private final Objective objective;
  private final double[] score;
  private final Choice choice;

  Losers(
      PlacementInstance instance,
      Eligibility eligibility,
      Objective objective,
      double[] score,
      Choice choice) {
    this.instance = instance;
    this.eligibility = eligibility;
    this.objective = objective;
    this.score = score;
    this.choice = choice;
  }

  /** The record of an ad that isn't shown. */
  Lost of(int i, double bidNeeded) {
    Ad ad = instance.ads().get(i);
    int best = bestPosition(i);
    if (best < 0) {
      return new Lost(ad.id(), ad.bid(), nowhere(ad), best, null, bidNeeded);
    }
    int standing = choice.adAt[best];
    LossReason reason;
    String against = null;
    if (ad.bid() == 0) {
      reason = LossReason.ZERO_BID;
    } else if (objective == Objective.REVENUE && score[i] <= 0) {
      reason = LossReason.BELOW_RESERVE;
    } else if (dilutes(i)) {
      reason = LossReason.DILUTES;
    } else if (rival(i) != Assignment.NONE) {
      reason = LossReason.KEPT_APART;
      against = instance.ads().get(rival(i)).id();
    } else if (standing != Assignment.NONE) {
      reason = LossReason.OUTBID;
      against = instance.ads().get(standing).id();
    } else if (choice.shown() == eligibility.maxAds) {
      reason = LossReason.MAX_ADS;
    } else if (tooClose(best)) {
      reason = LossReason.TOO_CLOSE;
    } else {
      // Its place is free, and it would only take clicks from the others.
      reason = LossReason.DILUTES;
    }
    return new Lost(ad.id(), ad.bid(), reason, best, against, bidNeeded);
  }

  private LossReason nowhere(Ad ad) {
    for (int j = 0; j < eligibility.positions; j++) {
      if (Eligibility.fits(instance, ad, j)) {
        return LossReason.EXCLUDED;
      }
    }
    return LossReason.FIT_BELOW_FLOOR;
  }

  private int bestPosition(int ad) {
    int best = -1;
    double most = 0;
    for (int j = 0; j < eligibility.positions; j++) {
      double worth = eligibility.weight[ad * eligibility.positions + j] * attention(j);
      if (worth > most || (best < 0 && eligibility.weight[ad * eligibility.positions + j] > 0)) {
        most = worth;
        best = j;
      }
    }
    return best;
  }

  private double attention(int position) {
    return instance.user() instanceof UserModel.Cascade cascade ? cascade.attention(position) : 1;
  }

  /** A reader who compares: a score below the value of the answer only lowers it. */
  private boolean dilutes(int ad) {
    return instance.user() instanceof UserModel.Mnl && score[ad] <= choice.value;
  }

  private int rival(int ad) {
    for (int other : choice.adAt) {
      if (other != Assignment.NONE && eligibility.apart(ad, other)) {
        return other;
      }
    }
    return Assignment.NONE;
  }

  private boolean tooClose(int position) {
    for (int j = 0; j < eligibility.positions; j++) {
      if (choice.adAt[j] != Assignment.NONE
          && (j < position ? eligibility.next[j] > position : eligibility.next[position] > j)) {
        return true;
      }
    }
    return false;
  }
}
