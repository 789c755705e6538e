package io.dualbid.simulator.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.dualbid.core.model.Campaign;
import io.dualbid.core.model.Campaign.Objective;
import io.dualbid.core.model.Campaign.Status;
import io.dualbid.core.model.Creative;
import io.dualbid.core.model.Flight;
import io.dualbid.core.model.Money;
import io.dualbid.core.model.Plan;
import io.dualbid.core.model.Targeting;
import io.dualbid.core.pacing.PacingConfig;
import io.dualbid.simulator.hindsight.Episodes;
import io.dualbid.simulator.hindsight.Knapsack;
import io.dualbid.simulator.replay.Account;
import io.dualbid.simulator.replay.Arrival;
import io.dualbid.simulator.replay.Arrivals;
import io.dualbid.simulator.replay.Replay;
import io.dualbid.simulator.scenario.Policy;
import io.dualbid.simulator.world.AuctionColumns;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One campaign on the auctions of a log, one a millisecond, by one policy at a time. */
final class LogReplay {
  private static final long START_MILLIS = 1_700_000_000_000L;

  /** Leases and windows must outlast the notices by so much. */
  private static final long MARGIN_MILLIS = 1_000;

  /**
   * What holds for every policy.
   *
   * @param valuePerClick worth of a click in the log's currency
   * @param targetRos value that a unit of spend must return, where it is kept
   * @param maxBid highest bid
   * @param firstPrice whether a win costs the bid
   * @param delayMillis time from an auction to its notice
   */
  record Rules(
      double valuePerClick,
      double targetRos,
      double maxBid,
      boolean firstPrice,
      long delayMillis) {}

  /** What came of a policy with one budget. */
  record Run(
      String policy,
      @Nullable String fraction,
      double budget,
      long auctions,
      long bids,
      long wins,
      long clicks,
      double value,
      double spend,
      double slack,
      double lowestSlack,
      double best,
      double auctionsPerSecond) {
    double ratio() {
      return best > 0 ? value / best : 1;
    }
  }

  private final Rules rules;
  private final @Nullable JsonNode info;
  private final double[] price;
  private final double[] clickRate;
  private final boolean[] clicked;
  private final double[] value;
  private final double meanClickRate;

  /**
   * A replay of these auctions.
   *
   * @param info training statistics of the campaign, or null
   */
  LogReplay(AuctionColumns log, Rules rules, @Nullable JsonNode info) {
    this.rules = rules;
    this.info = info;
    price = log.prices();
    clickRate = log.clickRates();
    clicked = log.clicks();
    value = new double[price.length];
    double sum = 0;
    for (int i = 0; i < value.length; i++) {
      sum += clickRate[i];
      // What costs more than the highest bid can't be had: as good as without value.
      value[i] = price[i] > rules.maxBid ? 0 : clickRate[i] * rules.valuePerClick;
    }
    meanClickRate = sum / value.length;
  }

  int rows() {
    return price.length;
  }

  /** A budget that reaches for every auction at the highest bid. */
  long enoughNanos() {
    return Money.floorNanos(rules.maxBid * rows());
  }

  /** Plays a policy with a budget. */
  Run play(Policy policy, LogOptions.Budget budget) {
    double units = Money.units(budget.nanos());
    Knapsack best =
        policy.keepsRos()
            ? Knapsack.solve(value, price, rules.targetRos, units)
            : Knapsack.solve(value, price, units);
    Campaign campaign = campaign(policy, budget.nanos(), best.shadowPrice(), rows());
    Replay replay = new Replay(settings(policy), List.of(campaign));
    return run(policy, budget.fraction(), units, best.value(), replay, arrivals());
  }

  /**
   * Plays a policy whose budget is set back after every {@code episode} auctions: the campaign is
   * topped up by what is missing, and its flight extended, as an operator would; multipliers are
   * kept.
   *
   * @param budget of one episode
   */
  Run play(Policy policy, LogOptions.Budget budget, int episode) {
    double units = Money.units(budget.nanos());
    Episodes best = Episodes.solve(value, price, episode, units);
    Campaign first = campaign(policy, budget.nanos(), best.meanShadowPrice(), episode);
    Replay replay = new Replay(settings(policy), List.of(first));
    Arrivals all = arrivals();
    Arrivals inEpisodes =
        new Arrivals() {
          private long played;

          @Override
          public @Nullable Arrival next() {
            if (played > 0 && played % episode == 0) {
              long spent = replay.accounts().get(0).spentNanos();
              replay.redefine(
                  extended(
                      first,
                      Math.addExact(spent, budget.nanos()),
                      START_MILLIS + played + episode));
            }
            played++;
            return all.next();
          }
        };
    return run(policy, budget.fraction(), units * best.count(), best.value(), replay, inEpisodes);
  }

  private static Campaign extended(Campaign campaign, long budgetNanos, long endMillis) {
    return new Campaign(
        campaign.id(),
        campaign.advertiserDomain(),
        campaign.categories(),
        campaign.status(),
        budgetNanos,
        campaign.dailyBudgetNanos(),
        new Flight(campaign.flight().startMillis(), endMillis, ZoneOffset.UTC),
        campaign.plan(),
        campaign.strategy(),
        campaign.valuePerClick(),
        campaign.clickRate(),
        campaign.maxBidNanos(),
        campaign.creatives(),
        campaign.targeting());
  }

  private Run run(
      Policy policy,
      @Nullable String fraction,
      double units,
      double best,
      Replay replay,
      Arrivals auctions) {
    long begun = System.nanoTime();
    Account account = replay.play(auctions).get(0);
    double seconds = (System.nanoTime() - begun) / 1e9;
    return new Run(
        policy.name(),
        fraction,
        units,
        account.auctions(),
        account.bids(),
        account.wins(),
        account.clicks(),
        account.value(),
        account.spent(),
        Money.units(account.slackNanos()),
        Money.units(account.lowestSlackNanos()),
        best,
        rows() / seconds);
  }

  private Replay.Settings settings(Policy policy) {
    PacingConfig now = Replay.Settings.atOnce(PacingConfig.DEFAULT.adaptiveStep()).pacing();
    Double step = policy.returnStep();
    long window = rules.delayMillis + MARGIN_MILLIS;
    PacingConfig pacing =
        new PacingConfig(
            now.periodMillis(),
            now.adaptiveStep(),
            step == null ? now.returnStep() : step,
            now.ageCap(),
            now.leaseIntervalMillis(),
            now.leaseLifetimeMillis(),
            now.leaseCoverageMillis(),
            now.clockSkewMillis(),
            window,
            window,
            now.livenessMillis());
    return new Replay.Settings(pacing, Replay.Competition.HOUSE, rules.delayMillis);
  }

  /** A campaign with a budget for the first {@code auctions} of the log. */
  private Campaign campaign(Policy policy, long budgetNanos, double shadowPrice, int auctions) {
    Double given = policy.start();
    double trained =
        rules.valuePerClick
            * LogStart.multiplier(info, meanClickRate, Money.units(budgetNanos) / auctions);
    double start = policy.startsFromHindsight() ? shadowPrice : given == null ? trained : given;
    return new Campaign(
        "log",
        "advertiser.example",
        List.of(),
        Status.ACTIVE,
        budgetNanos,
        null,
        new Flight(START_MILLIS, START_MILLIS + auctions, ZoneOffset.UTC),
        new Plan(policy.shape(), List.of()),
        policy.strategy(Objective.VALUE, rules.targetRos, rows(), start),
        rules.valuePerClick,
        0,
        Money.floorNanos(rules.maxBid),
        List.of(Creative.banner("300x250", 300, 250)),
        Targeting.ANY);
  }

  private Arrivals arrivals() {
    return new Arrivals() {
      private int next;

      @Override
      public @Nullable Arrival next() {
        if (next == rows()) {
          return null;
        }
        int row = next++;
        return new Arrival(
            row,
            START_MILLIS + row,
            clickRate[row],
            Math.round(price[row] * Money.NANOS_PER_UNIT),
            clicked[row],
            rules.firstPrice,
            List.of());
      }
    };
  }
}
