package io.dualbid.core.pacing;

import io.dualbid.core.model.Campaign;
import io.dualbid.core.model.Multipliers;
import java.io.DataOutput;

/**
 * The start multiplier for good: linear bidding (Lin, Mcpc), and the best fixed multiplier where
 * hindsight tells it. Promises nothing; the hard cap is the ledger's.
 */
final class FixedMultiplier implements Controller {
  private final Multipliers multipliers;

  FixedMultiplier(Campaign campaign) {
    multipliers = Multipliers.budget(campaign.startMultiplier());
  }

  @Override
  public void step(Period period) {
    // Nothing moves it.
  }

  @Override
  public Multipliers multipliers() {
    return multipliers;
  }

  @Override
  public void write(DataOutput out) {
    // The definition says it all.
  }
}
