package io.dualbid.core.pacing;

import io.dualbid.core.model.Campaign;
import io.dualbid.core.model.Campaign.Mirror;
import io.dualbid.core.model.Campaign.Objective;
import io.dualbid.core.model.Creative;
import io.dualbid.core.model.Flight;
import io.dualbid.core.model.Plan;
import io.dualbid.core.model.Strategy;
import io.dualbid.core.model.Targeting;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Campaigns for tests: one value maximiser with a banner, to be varied. */
public final class Campaigns {
  private Campaigns() {}

  /** A campaign that takes every request of the flight. */
  public static Campaign campaign(String id, long budgetNanos, Flight flight) {
    return campaign(id, budgetNanos, null, flight, Plan.EVEN);
  }

  /** The same with a daily budget and a plan. */
  public static Campaign campaign(
      String id, long budgetNanos, @Nullable Long dailyNanos, Flight flight, Plan plan) {
    return new Campaign(
        id,
        "shoes.example",
        List.of("IAB18"),
        Campaign.Status.ACTIVE,
        budgetNanos,
        dailyNanos,
        flight,
        plan,
        Strategy.budget(Objective.VALUE, Mirror.ENTROPY, 1.0),
        1.0,
        0.001,
        1_000_000_000L,
        List.of(Creative.banner("banner", 300, 250)),
        Targeting.ANY);
  }

  /** The same with another highest bid. */
  public static Campaign capped(Campaign c, long maxBidNanos) {
    return new Campaign(
        c.id(),
        c.advertiserDomain(),
        c.categories(),
        c.status(),
        c.budgetNanos(),
        c.dailyBudgetNanos(),
        c.flight(),
        c.plan(),
        c.strategy(),
        c.valuePerClick(),
        c.clickRate(),
        maxBidNanos,
        c.creatives(),
        c.targeting());
  }

  /** A flight in UTC. */
  public static Flight flight(long startMillis, long endMillis) {
    return new Flight(startMillis, endMillis, ZoneOffset.UTC);
  }
}
