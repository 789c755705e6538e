package io.dualbid.core.pacing;

import io.dualbid.core.model.Campaign;
import io.dualbid.core.model.Multipliers;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Takes part in a share of the auctions, with the start multiplier for good.
 *
 * @see Throttle
 */
final class Throttling implements Controller {
  private static final long INTERVAL_MILLIS = 1_000;

  private final double multiplier;
  private final Throttle throttle;

  Throttling(Campaign campaign) {
    this(
        campaign,
        new Throttle(
            Throttle.Settings.DEFAULT, INTERVAL_MILLIS, campaign.flight().startMillis(), 1));
  }

  private Throttling(Campaign campaign, Throttle throttle) {
    this.multiplier = campaign.strategy().startMultiplier();
    this.throttle = throttle;
  }

  /** The same for a changed definition; bids by its multiplier, and the share is kept. */
  Throttling under(Campaign changed) {
    return new Throttling(changed, throttle);
  }

  @Override
  public void step(Period period) {
    throttle.tick(period.nowMillis(), period.plannedSoFar(), period.spentSoFar());
  }

  @Override
  public Multipliers multipliers() {
    return new Multipliers(multiplier, 0, throttle.probability());
  }

  @Override
  public void write(DataOutput out) throws IOException {
    throttle.write(out);
  }

  static Throttling read(Campaign campaign, DataInput in) throws IOException {
    return new Throttling(campaign, Throttle.read(Throttle.Settings.DEFAULT, INTERVAL_MILLIS, in));
  }
}
