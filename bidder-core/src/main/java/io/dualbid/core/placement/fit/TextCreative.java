package io.dualbid.core.placement.fit;

import io.dualbid.core.placement.Ad;

/**
 * A creative whose weights are still to be found.
 *
 * @param ad who bids what, its law of values and its exclusions; weights and fits are left aside
 * @param text what it says, plain
 */
public record TextCreative(Ad ad, String text) {
  /** The ad with weights and fits by position. */
  Ad fitted(double[] weights, double[] fits) {
    Ad fitted =
        new Ad(ad.id(), ad.bid(), weights)
            .withFit(fits)
            .withExclusions(ad.excludedTopics(), ad.competesIn(), ad.notWith());
    return ad.valueDistribution() == null ? fitted : fitted.withValues(ad.valueDistribution());
  }
}
