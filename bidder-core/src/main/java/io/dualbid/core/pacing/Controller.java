package io.dualbid.core.pacing;

import io.dualbid.core.model.Campaign;
import io.dualbid.core.model.Multipliers;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Moves the multipliers of one campaign, period by period. One class for each method that a
 * campaign can choose; the bid that is made of the multipliers is a matter of {@link
 * io.dualbid.core.bidding.BiddingRule}. Not thread safe.
 */
sealed interface Controller
    permits DualControl, PidPacing, Throttling, SmoothingPacing, FixedMultiplier {
  /** Takes in a period. */
  void step(Period period);

  /** The multipliers as they stand. */
  Multipliers multipliers();

  /** Writes the state. */
  void write(DataOutput out) throws IOException;

  /** The controller of a campaign, at its start. */
  static Controller of(Campaign campaign, PacingConfig config) {
    return switch (campaign.strategy().method()) {
      case DUAL, MIN, SEQUENTIAL -> DualControl.of(campaign, config);
      case PID -> new PidPacing(campaign);
      case THROTTLING -> new Throttling(campaign);
      case SMOOTHING -> new SmoothingPacing(campaign);
      case FIXED, LIN, MCPC -> new FixedMultiplier(campaign);
    };
  }

  /**
   * The controller for a campaign whose definition has changed: what has been learned is kept where
   * it means the same.
   */
  static Controller under(Controller before, Campaign old, Campaign changed, PacingConfig config) {
    boolean same =
        old.strategy().method() == changed.strategy().method()
            && old.strategy().objective() == changed.strategy().objective()
            && old.strategy().constraint() == changed.strategy().constraint();
    if (!same) {
      return of(changed, config);
    }
    if (before instanceof DualControl dual) {
      return dual.under(changed, config);
    }
    if (before instanceof PidPacing pid) {
      return pid.under(changed);
    }
    if (before instanceof Throttling throttling) {
      return throttling.under(changed);
    }
    if (before instanceof SmoothingPacing smoothing) {
      return smoothing.under(changed);
    }
    return of(changed, config);
  }

  /** Reads what {@link #write} wrote, for the same campaign. */
  static Controller read(Campaign campaign, PacingConfig config, DataInput in) throws IOException {
    return switch (campaign.strategy().method()) {
      case DUAL, MIN, SEQUENTIAL -> DualControl.read(campaign, config, in);
      case PID -> PidPacing.read(campaign, in);
      case THROTTLING -> Throttling.read(campaign, in);
      case SMOOTHING -> SmoothingPacing.read(campaign, in);
      case FIXED, LIN, MCPC -> new FixedMultiplier(campaign);
    };
  }
}
