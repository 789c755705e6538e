package io.dualbid.core.engine;

/**
 * What a {@link Bidder} must know of its surroundings. Durations in milliseconds.
 *
 * @param answerTestRequests whether requests marked as tests are bid on like others
 * @param clockSkewMillis the most that clocks of brokers and bidders differ
 * @param leaseLifetimeMillis how long a lease may be spent; without a word from pacing for so long,
 *     an empty wallet is pacing's silence
 */
public record BidderConfig(
    boolean answerTestRequests, long clockSkewMillis, long leaseLifetimeMillis) {
  public BidderConfig {
    if (clockSkewMillis < 0 || leaseLifetimeMillis < 1) {
      throw new IllegalArgumentException(
          "clock skew must be >= 0 and lease lifetime > 0: "
              + clockSkewMillis
              + "ms, "
              + leaseLifetimeMillis
              + "ms");
    }
  }
}
