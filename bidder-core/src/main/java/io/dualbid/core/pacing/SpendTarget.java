package io.dualbid.core.pacing;

import io.dualbid.core.model.Campaign;
import io.dualbid.core.model.Money;

/**
 * What a campaign should spend in a moment: its plan applied to what is left of the flight's money
 * and, where there is a daily budget, of the day's; the smaller counts.
 *
 * <p>What is left is reckoned from the start of the moment, less what open bids are expected to
 * cost.
 */
final class SpendTarget {
  private final Campaign campaign;
  private final SpendPlan plan;
  private final LocalDays days;

  SpendTarget(Campaign campaign) {
    this.campaign = campaign;
    this.plan = SpendPlan.of(campaign.plan(), campaign.flight().zone());
    this.days = new LocalDays(campaign.flight().zone());
  }

  /** Number of the day of {@code timeMillis} in the campaign's zone. */
  long day(long timeMillis) {
    return days.day(timeMillis);
  }

  /** The moment at which the day of {@code timeMillis}, or the flight, ends. */
  long endOfDay(long timeMillis) {
    return Math.min(days.endOfDay(timeMillis), campaign.flight().endMillis());
  }

  /**
   * Planned spend of [from, to) in account currency.
   *
   * @param ledger the money at {@code to}
   * @param spent what of it was spent within the moment
   * @param openCost what open bids are expected to cost
   */
  double planned(long from, long to, Ledger ledger, double spent, double openCost) {
    long start = Math.max(from, campaign.flight().startMillis());
    long end = Math.min(to, campaign.flight().endMillis());
    if (start >= end) {
      return 0;
    }
    double planned = Double.POSITIVE_INFINITY;
    if (campaign.flight().ends()) {
      double left =
          Money.units(ledger.summary().budgetNanos() - ledger.summary().spentNanos())
              + spent
              - openCost;
      planned = left * plan.share(start, end, campaign.flight().endMillis());
    }
    Long daily = campaign.dailyBudgetNanos();
    if (daily != null) {
      // A moment that spans midnight counts for the new day.
      long today = days.day(end - 1);
      double left = Money.units(daily - ledger.spentOn(today)) + spent - openCost;
      planned = Math.min(planned, left * plan.share(start, end, endOfDay(end - 1)));
    }
    return Math.max(0, planned);
  }

  /**
   * What the plan, seen from the start of the flight and of the day, would have spent by now, in
   * account currency: the line that spend is held against.
   */
  double plannedBy(long nowMillis, Ledger ledger) {
    long start = campaign.flight().startMillis();
    long now = Math.min(nowMillis, campaign.flight().endMillis());
    if (now <= start) {
      return 0;
    }
    double planned = Double.POSITIVE_INFINITY;
    if (campaign.flight().ends()) {
      planned =
          Money.units(campaign.budgetNanos())
              * plan.share(start, now, campaign.flight().endMillis());
    }
    Long daily = campaign.dailyBudgetNanos();
    if (daily != null) {
      long today = days.day(now - 1);
      double before = Money.units(ledger.summary().spentNanos() - ledger.spentOn(today));
      long since = Math.max(start, days.startOfDay(now - 1));
      planned =
          Math.min(
              planned, before + Money.units(daily) * plan.share(since, now, endOfDay(now - 1)));
    }
    return planned;
  }
}
