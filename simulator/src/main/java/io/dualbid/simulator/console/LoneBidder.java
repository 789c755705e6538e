package io.dualbid.simulator.console;

import io.dualbid.core.configuration.EngineConfig;
import io.dualbid.core.engine.Bidder;
import io.dualbid.core.model.Campaign;
import io.dualbid.core.model.Lease;
import io.dualbid.core.model.PacingUpdate;
import io.dualbid.core.targeting.FrequencyCounter;
import io.dualbid.stream.bidding.BidderControl;
import org.jspecify.annotations.Nullable;

/**
 * A bidder with one campaign alone, with the multipliers and the leased money of the moment: what
 * the campaign would do if it were the only one. Nobody is known to have seen anything.
 */
final class LoneBidder {
  private static final long INCARNATION = 1;
  private static final int COUNTERS = 1_024;
  private static final int PENDING_MILLIS = 1_000;

  private LoneBidder() {}

  /**
   * The bidder.
   *
   * @param update the newest word from pacing, or null
   * @param nowMillis when it decides
   */
  static Bidder of(
      EngineConfig engine, Campaign campaign, @Nullable PacingUpdate update, long nowMillis) {
    Bidder bidder =
        new Bidder(
            BidderControl.config(engine),
            INCARNATION,
            new FrequencyCounter(COUNTERS, PENDING_MILLIS));
    bidder.define(campaign);
    if (update != null) {
      bidder.pacing(update, nowMillis);
      boolean perClick = campaign.perClick() != null;
      long leased =
          perClick ? update.ledger().expected().leasedNanos() : update.ledger().leasedNanos();
      if (leased > 0) {
        bidder.lease(
            new Lease(
                1,
                campaign.id(),
                INCARNATION,
                0,
                leased,
                Lease.ANY_SLACK,
                0,
                nowMillis
                    + engine.pacing().clockSkewMillis()
                    + engine.pacing().leaseLifetimeMillis(),
                perClick),
            nowMillis);
      }
    }
    bidder.warmedUp();
    return bidder;
  }
}
