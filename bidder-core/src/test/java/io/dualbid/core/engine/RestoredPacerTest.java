package io.dualbid.core.engine;

import io.dualbid.core.model.Attribution;
import io.dualbid.core.model.Campaign;
import io.dualbid.core.model.Campaign.Mirror;
import io.dualbid.core.model.Campaign.Objective;
import io.dualbid.core.model.Campaign.Status;
import io.dualbid.core.model.Flight;
import io.dualbid.core.model.PerClick;
import io.dualbid.core.model.Plan;
import io.dualbid.core.model.Strategy;
import io.dualbid.core.model.Strategy.AuctionType;
import io.dualbid.core.model.Strategy.Constraint;
import io.dualbid.core.model.Strategy.LinearPrice;
import io.dualbid.core.model.Strategy.Method;
import io.dualbid.core.model.Strategy.Step;
import io.dualbid.core.pacing.Campaigns;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * Whatever is saved of a pacer is restored: one that is saved at any moment and read back goes on
 * as one that was never interrupted, in all that it says.
 */
class RestoredPacerTest {
  private static final long UNIT = 1_000_000_000L;
  private static final ZoneId ZONE = ZoneId.of("Australia/Lord_Howe");

  /** The end of a day of 24 and a half hours; plays begin some seconds before it. */
  private static final long MIDNIGHT =
      LocalDate.of(2026, 4, 6).atStartOfDay(ZONE).toInstant().toEpochMilli();

  private static final Strategy VALUE = Strategy.value(1);

  private static final String PER_CLICK = "per click";

  /** The ways to bid that have a state of their own. */
  private static final Map<String, Strategy> KINDS =
      Map.ofEntries(
          Map.entry("budget", VALUE),
          Map.entry("profit", Strategy.budget(Objective.PROFIT, Mirror.EUCLIDEAN, 0.5)),
          Map.entry("constant step", VALUE.stepping(new Step(Step.Kind.CONSTANT, 0.001))),
          Map.entry("falling step", VALUE.stepping(new Step(Step.Kind.INVERSE_ROOT, 0.1))),
          Map.entry("return", VALUE.keeping(Constraint.ROS, 1.5, false)),
          Map.entry(
              "strict return",
              VALUE.keeping(Constraint.BOTH, 1.2, true).attributing(new Attribution(960, true))),
          Map.entry(
              "calibrated return",
              VALUE.keeping(Constraint.ROS, 1.5, false).attributing(new Attribution(640, true))),
          Map.entry("min", VALUE.keeping(Constraint.BOTH, 1.5, false).by(Method.MIN)),
          Map.entry("sequential", VALUE.keeping(Constraint.BOTH, 1.5, false).by(Method.SEQUENTIAL)),
          Map.entry("pid", VALUE.by(Method.PID)),
          Map.entry("throttling", VALUE.by(Method.THROTTLING)),
          Map.entry("smoothing", VALUE.by(Method.SMOOTHING)),
          Map.entry("fixed", VALUE.by(Method.FIXED)),
          Map.entry("linear", VALUE.linear(Method.MCPC, new LinearPrice(0.5, 1))),
          Map.entry("first price", VALUE.in(AuctionType.FIRST_PRICE)),
          Map.entry(PER_CLICK, VALUE));

  @Provide
  Arbitrary<String> kinds() {
    return Arbitraries.of(new TreeSet<>(KINDS.keySet()));
  }

  private static Campaign campaign(String kind, SplittableRandom random, long start) {
    boolean daily = random.nextBoolean();
    // Little enough to be spent, in some plays.
    long budget = UNIT / (1 + random.nextInt(300));
    Campaign campaign =
        Campaigns.campaign(
            "a",
            budget,
            daily ? (Long) (budget / 2) : null,
            new Flight(start + 500, start + 8_000 + random.nextInt(60_000), ZONE),
            random.nextBoolean() ? Plan.EVEN : new Plan(Plan.Shape.FRONT_LOADED, List.of()));
    Campaign capped =
        Campaigns.capped(campaign, UNIT / 20_000).with(Objects.requireNonNull(KINDS.get(kind)));
    return kind.equals(PER_CLICK) ? capped.paying(new PerClick(UNIT / 1_000, 700)) : capped;
  }

  /** A definition as an operator might change it. */
  private static Campaign changed(Campaign campaign, SplittableRandom random) {
    Strategy s = campaign.strategy();
    return switch (random.nextInt(6)) {
      case 0 -> campaign.with(Status.PAUSED);
      case 1 -> campaign.with(Status.ACTIVE).withBudget(campaign.budgetNanos() * 2);
      case 2 -> campaign.withBudget(campaign.budgetNanos() / 3);
      case 3 -> Campaigns.capped(campaign, UNIT / 15_000).paying(campaign.perClick());
      case 4 ->
          campaign.with(
              new Strategy(
                  s.objective(),
                  s.constraint(),
                  s.targetRos() * 1.1,
                  s.strict(),
                  s.method(),
                  s.mirror(),
                  s.step(),
                  s.startMultiplier() * 1.5,
                  s.auction(),
                  s.attribution(),
                  s.linearPrice()));
      default -> campaign.with(Status.ACTIVE);
    };
  }

  @Property(tries = 200)
  void goesOnAsIfItHadNeverBeenSaved(@ForAll("kinds") String kind, @ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    long start = MIDNIGHT - 1_000 - random.nextInt(4_000);
    Campaign campaign = campaign(kind, random, start);
    TwinPacers twins = new TwinPacers(seed, campaign, start, random.nextInt(4) == 0);
    twins.restore();
    twins.define(campaign);
    int parts = 2 + random.nextInt(4);
    for (int part = 0; part < parts; part++) {
      twins.play(random.nextInt(3_000));
      twins.restore();
      if (random.nextInt(3) == 0) {
        campaign = changed(campaign, random);
        twins.define(campaign);
      } else if (random.nextInt(12) == 0) {
        twins.remove();
      }
    }
    twins.play(1_500);
    twins.restore();
    twins.tellAllAgain();
    if (random.nextInt(3) == 0) {
      twins.breach();
      twins.restore();
      twins.play(300);
    }
  }
}
