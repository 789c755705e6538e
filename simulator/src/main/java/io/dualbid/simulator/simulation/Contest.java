package io.dualbid.simulator.simulation;

import io.dualbid.core.model.Campaign.Objective;
import io.dualbid.core.model.Money;
import io.dualbid.core.model.PacingUpdate;
import io.dualbid.core.pacing.PacingConfig;
import io.dualbid.simulator.market.Auctions;
import io.dualbid.simulator.replay.Account;
import io.dualbid.simulator.replay.Replay;
import io.dualbid.simulator.scenario.Advertisers;
import io.dualbid.simulator.scenario.Policy;
import io.dualbid.simulator.scenario.Scenario;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** All policies of a scenario on one stream, one after another, with the stream's optimum. */
final class Contest {
  private static final PacingConfig ENGINE = PacingConfig.DEFAULT;

  /**
   * Auctions that a lease lives, and those whose bids it should cover. Much longer ones tie up
   * money that the last auctions of a short stream then lack; much shorter ones cap bids.
   */
  private static final long LEASE_LIFETIME = 300;

  private static final long LEASE_COVERAGE = 100;

  private final Scenario scenario;
  private final int horizon;
  private final long seed;
  private final boolean tracing;

  /** What came of it. */
  record Result(List<Run> runs, List<Trace> traces) {}

  Contest(Scenario scenario, int horizon, long seed, boolean tracing) {
    this.scenario = scenario;
    this.horizon = horizon;
    this.seed = seed;
    this.tracing = tracing;
  }

  Result play() {
    Auctions auctions = scenario.market().auctions(seed, horizon);
    Optima optima = new Optima(scenario.market(), auctions, scenario.advertisers());
    List<Run> runs = new ArrayList<>();
    List<Trace> traces = new ArrayList<>();
    for (Policy policy : scenario.policies()) {
      Scorer scorer =
          new Scorer(
              policy.name(),
              auctions,
              policy.keepsRos() ? scenario.advertisers().targetRos() : 0,
              tracing);
      runs.add(play(policy, auctions, optima, scorer));
      Trace trace = scorer.trace();
      if (trace != null) {
        traces.add(trace);
      }
    }
    return new Result(runs, traces);
  }

  private Run play(Policy policy, Auctions auctions, Optima optima, Scorer scorer) {
    Advertisers advertisers = scenario.advertisers();
    Replay replay =
        new Replay(
            settings(policy, auctions),
            advertisers.campaigns(scenario.market(), auctions, policy, optima.multiplier(policy)));
    replay.observedBy(scorer);
    long begin = System.nanoTime();
    List<Account> accounts = replay.play(auctions.arrivals());
    long nanos = System.nanoTime() - begin;
    long bids = 0;
    long wins = 0;
    long spent = 0;
    for (Account account : accounts) {
      bids += account.bids();
      wins += account.wins();
      spent += account.spentNanos();
      requireWithinBudget(account);
    }
    double spend = Money.units(spent);
    boolean profit = advertisers.objective() == Objective.PROFIT;
    return new Run(
        policy.name(),
        horizon,
        seed,
        bids,
        wins,
        scorer.value(),
        profit ? scorer.value() - spend : scorer.value(),
        spend,
        Money.units(Math.multiplyExact(advertisers.budgetNanos(horizon), accounts.size())),
        scorer.violation(),
        scorer.lowestSlack(),
        optima.under(policy).gain(),
        nanos,
        late(accounts));
  }

  private static Run.Late late(List<Account> accounts) {
    double realised = 0;
    long slack = 0;
    long realisedSlack = 0;
    for (Account account : accounts) {
      PacingUpdate last = last(account);
      realised += last.totals().realisedValue();
      slack += last.totals().slackNanos();
      realisedSlack += last.totals().realisedSlackNanos();
    }
    return new Run.Late(
        realised,
        Money.units(slack),
        Money.units(realisedSlack),
        last(accounts.get(0)).multipliers().calibration());
  }

  private static PacingUpdate last(Account account) {
    return Objects.requireNonNull(account.last(), account.campaign().id() + " has told nothing");
  }

  /** A run that breaks its cap is worth nothing; better to have none. */
  private void requireWithinBudget(Account account) {
    if (account.spentNanos() > account.campaign().budgetNanos()) {
      throw new IllegalStateException(
          "campaign "
              + account.campaign().id()
              + " spent "
              + account.spentNanos()
              + " of "
              + account.campaign().budgetNanos()
              + " nanos, seed "
              + seed
              + ", horizon "
              + horizon);
    }
  }

  /** A step after each auction; what else is measured in time scales with that between auctions. */
  private Replay.Settings settings(Policy policy, Auctions auctions) {
    long spacing = auctions.spacingMillis();
    long delay = scenario.feedbackDelay() * spacing;
    long window = Math.max(1_000 * spacing, 2 * delay);
    Double own = policy.returnStep();
    return new Replay.Settings(
        new PacingConfig(
            1,
            ENGINE.adaptiveStep(),
            own == null ? ENGINE.returnStep() : own,
            ENGINE.ageCap(),
            1,
            LEASE_LIFETIME * spacing,
            LEASE_COVERAGE * spacing,
            0,
            window,
            window,
            1_000 * spacing),
        scenario.advertisers().competition(),
        delay);
  }
}
