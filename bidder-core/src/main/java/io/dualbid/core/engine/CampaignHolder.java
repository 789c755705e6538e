package io.dualbid.core.engine;

import io.dualbid.core.model.Campaign;
import io.dualbid.core.model.Lease;
import io.dualbid.core.model.PacingUpdate;
import io.dualbid.core.targeting.FrequencyCounter;

/**
 * Holds what control topics say of campaigns: definitions, multipliers, leases and wins. A facade
 * that spends their money is one, whatever it decides on.
 */
public interface CampaignHolder {
  /** From now on requests are decided. */
  void warmedUp();

  /** Whether requests are decided. */
  boolean isWarm();

  /** A campaign is defined, for the first time or anew; takes effect at once. */
  void define(Campaign campaign);

  /** A campaign is withdrawn. */
  void remove(String id);

  /**
   * News from pacing; of several the greatest epoch counts.
   *
   * @param receivedMillis when they arrived, by the host's clock
   */
  void pacing(PacingUpdate update, long receivedMillis);

  /**
   * A lease has become visible. Those made out to others are not for us.
   *
   * @param receivedMillis when it arrived, by the host's clock
   */
  void lease(Lease lease, long receivedMillis);

  /** A bid of the campaign was won for a user whose impressions are counted. */
  void won(String id, long userKeyOfBid, long wonMillis);

  /** The counts of impressions, to be saved with the host's state. */
  FrequencyCounter frequency();
}
