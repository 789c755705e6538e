package io.dualbid.core.pacing;

import io.dualbid.core.model.Campaign;
import io.dualbid.core.model.Campaign.Objective;
import io.dualbid.core.model.Multipliers;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * A PID controller on the share of the budget spent, told to bidders as the multiplier that has the
 * same effect: bids are their start bid times exp(φ), so μ = μ_1·exp(-φ) for value and 1 + μ = (1 +
 * μ_1)·exp(-φ) for profit, never below 0.
 *
 * @see PidControl
 */
final class PidPacing implements Controller {
  /** Updates of the controller in the course of a flight; more of them wind up the integral. */
  private static final long UPDATES = 200;

  private static final long DAY_MILLIS = 86_400_000L;

  private final Campaign campaign;
  private final PidControl control;

  PidPacing(Campaign campaign) {
    this(
        campaign,
        new PidControl(
            PidControl.Gains.DEFAULT, interval(campaign), campaign.flight().startMillis()));
  }

  private PidPacing(Campaign campaign, PidControl control) {
    this.campaign = campaign;
    this.control = control;
  }

  /** The same for a changed definition; bids start from its multiplier, and φ is kept. */
  PidPacing under(Campaign changed) {
    return new PidPacing(changed, control.every(interval(changed)));
  }

  private static long interval(Campaign campaign) {
    long length =
        campaign.flight().ends()
            ? campaign.flight().endMillis() - campaign.flight().startMillis()
            : DAY_MILLIS;
    return Math.max(1, length / UPDATES);
  }

  @Override
  public void step(Period period) {
    control.tick(period.nowMillis(), period.plannedSoFar(), period.spentSoFar(), period.budget());
  }

  @Override
  public Multipliers multipliers() {
    double start = campaign.strategy().startMultiplier();
    double factor = control.factor();
    return Multipliers.budget(
        campaign.strategy().objective() == Objective.VALUE
            ? start / factor
            : Math.max(0, (1 + start) / factor - 1));
  }

  @Override
  public void write(DataOutput out) throws IOException {
    control.write(out);
  }

  static PidPacing read(Campaign campaign, DataInput in) throws IOException {
    return new PidPacing(
        campaign, PidControl.read(PidControl.Gains.DEFAULT, interval(campaign), in));
  }
}
