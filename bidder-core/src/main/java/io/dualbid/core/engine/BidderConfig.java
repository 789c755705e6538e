package io.dualbid.core.engine;

import io.dualbid.core.bidding.ClickAllocation;
import io.dualbid.core.bidding.DualAllocation;

/**
 * What a {@link Bidder} must know of its surroundings. Durations in milliseconds.
 *
 * @param answerTestRequests whether requests marked as tests are bid on like others
 * @param clockSkewMillis the most that clocks of brokers and bidders differ
 * @param leaseLifetimeMillis how long a lease may be spent; without a word from pacing for so long,
 *     an empty wallet is pacing's silence
 * @param rankingSpread by how much of its bid a campaign may fall behind when the campaigns of one
 *     house are ranked, at least 0 and below 1; 0 for the highest bid
 * @param allocation who of several campaigns that pay by the click gets an impression
 */
public record BidderConfig(
    boolean answerTestRequests,
    long clockSkewMillis,
    long leaseLifetimeMillis,
    double rankingSpread,
    ClickAllocation allocation) {
  /** The same by shadow prices. */
  public BidderConfig(
      boolean answerTestRequests,
      long clockSkewMillis,
      long leaseLifetimeMillis,
      double rankingSpread) {
    this(
        answerTestRequests,
        clockSkewMillis,
        leaseLifetimeMillis,
        rankingSpread,
        new DualAllocation());
  }

  public BidderConfig {
    if (clockSkewMillis < 0 || leaseLifetimeMillis < 1) {
      throw new IllegalArgumentException(
          "clock skew must be >= 0 and lease lifetime > 0: "
              + clockSkewMillis
              + "ms, "
              + leaseLifetimeMillis
              + "ms");
    }
    if (!(rankingSpread >= 0 && rankingSpread < 1)) {
      throw new IllegalArgumentException("ranking spread must be in [0, 1): " + rankingSpread);
    }
  }
}
