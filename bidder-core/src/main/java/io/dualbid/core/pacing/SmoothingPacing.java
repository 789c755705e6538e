package io.dualbid.core.pacing;

import io.dualbid.core.model.Campaign;
import io.dualbid.core.model.Campaign.Objective;
import io.dualbid.core.model.Multipliers;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Smoothing on windows of the flight: the spend of each is compared with what the plan made of the
 * money and time left. Told to bidders as the multiplier that has the same effect on their start
 * bid: μ = μ_1/b for value and 1 + μ = (1 + μ_1)/b for profit, never below 0.
 *
 * @see Smoothing
 */
final class SmoothingPacing implements Controller {
  /** Windows in the course of a flight, or of a day where it has no end. */
  private static final long WINDOWS = 200;

  private static final long DAY_MILLIS = 86_400_000L;

  private final Campaign campaign;
  private final Smoothing smoothing;
  private long windowMillis;
  private double planned;
  private double spent;

  SmoothingPacing(Campaign campaign) {
    this(campaign, new Smoothing(1));
  }

  private SmoothingPacing(Campaign campaign, Smoothing smoothing) {
    this.campaign = campaign;
    this.smoothing = smoothing;
  }

  /** The same for a changed definition; the window under way goes on. */
  SmoothingPacing under(Campaign changed) {
    SmoothingPacing pacing = new SmoothingPacing(changed, smoothing);
    pacing.windowMillis = windowMillis;
    pacing.planned = planned;
    pacing.spent = spent;
    return pacing;
  }

  @Override
  public void step(Period period) {
    windowMillis += period.elapsedMillis();
    planned += period.planned();
    spent += period.spent();
    if (windowMillis >= window()) {
      smoothing.window(planned, windowMillis, windowMillis, spent);
      windowMillis = 0;
      planned = 0;
      spent = 0;
    }
  }

  private long window() {
    long length =
        campaign.flight().ends()
            ? campaign.flight().endMillis() - campaign.flight().startMillis()
            : DAY_MILLIS;
    return Math.max(1, length / WINDOWS);
  }

  @Override
  public Multipliers multipliers() {
    double start = campaign.startMultiplier();
    double factor = smoothing.multiplier();
    return Multipliers.budget(
        campaign.strategy().objective() == Objective.VALUE
            ? start / factor
            : Math.max(0, (1 + start) / factor - 1));
  }

  @Override
  public void write(DataOutput out) throws IOException {
    smoothing.write(out);
    out.writeLong(windowMillis);
    out.writeDouble(planned);
    out.writeDouble(spent);
  }

  static SmoothingPacing read(Campaign campaign, DataInput in) throws IOException {
    SmoothingPacing pacing = new SmoothingPacing(campaign, Smoothing.read(in));
    pacing.windowMillis = in.readLong();
    pacing.planned = in.readDouble();
    pacing.spent = in.readDouble();
    return pacing;
  }
}
