package io.dualbid.simulator.delivery;

import io.dualbid.core.model.Campaign;
import io.dualbid.core.model.Flight;
import io.dualbid.core.model.Money;
import io.dualbid.core.pacing.SpendPlan;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;

/**
 * What a campaign's definition plans to spend, seen from the start of the flight and of each day:
 * the smaller of both counts, where there is a daily budget.
 */
final class HourlyPlan {
  private final Campaign campaign;
  private final Flight flight;
  private final SpendPlan plan;

  HourlyPlan(Campaign campaign) {
    this.campaign = campaign;
    flight = campaign.flight();
    plan = SpendPlan.of(campaign.plan(), flight.zone());
  }

  /** Planned spend of [from, to), which lies within one day of the flight's zone. */
  double planned(long from, long to) {
    long start = Math.max(from, flight.startMillis());
    long end = Math.min(to, flight.endMillis());
    if (start >= end) {
      return 0;
    }
    double planned = Double.POSITIVE_INFINITY;
    if (flight.ends()) {
      planned = share(campaign.budgetNanos(), flight.startMillis(), start, end, flight.endMillis());
    }
    Long daily = campaign.dailyBudgetNanos();
    if (daily != null) {
      ZonedDateTime day =
          Instant.ofEpochMilli(start).atZone(flight.zone()).truncatedTo(ChronoUnit.DAYS);
      long dayStart = Math.max(day.toInstant().toEpochMilli(), flight.startMillis());
      long dayEnd = Math.min(day.plusDays(1).toInstant().toEpochMilli(), flight.endMillis());
      planned = Math.min(planned, share(daily, dayStart, start, Math.min(end, dayEnd), dayEnd));
    }
    return planned;
  }

  /** What of an amount for [begin, last) falls into [from, to). */
  private double share(long nanos, long begin, long from, long to, long last) {
    return Money.units(nanos) * (plan.share(begin, to, last) - plan.share(begin, from, last));
  }
}
