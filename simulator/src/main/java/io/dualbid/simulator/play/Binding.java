package io.dualbid.simulator.play;

import io.dualbid.core.model.Campaign;
import io.dualbid.core.model.Campaign.Objective;
import io.dualbid.core.model.Money;
import io.dualbid.core.model.Multipliers;
import io.dualbid.core.model.PacingUpdate;
import io.dualbid.simulator.audit.CampaignFold;

/**
 * What kept a campaign from spending more, read off its multipliers as they stood in the end.
 *
 * <ul>
 *   <li>{@code budget}: it was used up, but for what no auction was left for
 *   <li>{@code return}: value is hardly more than the target asks for, and more spend would lower
 *       it
 *   <li>{@code value}: it maximises profit and bids what a win is worth; a higher bid would lose
 *       money
 *   <li>{@code max-bid}: its bids are at their highest, and still others bid more or nothing is
 *       left
 *   <li>{@code pacing}: its multiplier holds bids below all of these; the plan was missed, or the
 *       flight too short to learn
 * </ul>
 */
final class Binding {
  private static final double USED_UP = 0.97;
  private static final double NEAR = 0.05;

  /** A multiplier that takes less than a tenth off a bid. */
  private static final double SLIGHT = 0.1;

  private static final double AT_HIGHEST = 0.9;

  private Binding() {}

  /** The name of what binds. */
  static String of(Campaign campaign, CampaignFold fold) {
    PacingUpdate last = fold.published();
    return last == null || fold.bids() == 0
        ? "-"
        : of(campaign, fold.spentNanos(), fold.value(), fold.meanBidNanos(), last.multipliers());
  }

  /**
   * The same from what came of it.
   *
   * @param value expected value of the wins, in account currency
   * @param meanBidNanos mean of the bids
   * @param last the multipliers in the end
   */
  static String of(
      Campaign campaign, long spentNanos, double value, double meanBidNanos, Multipliers last) {
    if (spentNanos >= USED_UP * campaign.budgetNanos()) {
      return "budget";
    }
    double target = campaign.strategy().targetRos();
    double ros = value / Math.max(1e-9, Money.units(spentNanos));
    if (campaign.strategy().keepsRos() && ros <= target * (1 + NEAR)) {
      return "return";
    }
    boolean free = last.budget() <= SLIGHT;
    if (campaign.strategy().objective() == Objective.PROFIT && free) {
      return "value";
    }
    return meanBidNanos >= AT_HIGHEST * campaign.maxBidNanos() ? "max-bid" : "pacing";
  }
}
