package io.dualbid.simulator.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.dualbid.core.model.Campaign;
import io.dualbid.core.model.Money;
import io.dualbid.core.model.Plan;
import io.dualbid.core.model.Strategy;
import io.dualbid.core.model.Strategy.AuctionType;
import io.dualbid.core.pacing.PacingConfig;
import io.dualbid.simulator.hindsight.OptimumPath;
import io.dualbid.simulator.log.AuctionLog;
import io.dualbid.simulator.log.AuctionTape;
import io.dualbid.simulator.replay.Account;
import io.dualbid.simulator.replay.Course;
import io.dualbid.simulator.replay.CourseRecorder;
import io.dualbid.simulator.replay.Observer;
import io.dualbid.simulator.replay.Replay;
import io.dualbid.simulator.replay.Replay.Competition;
import io.dualbid.simulator.scenario.Policy;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** Campaigns on the same auctions of a log, one a millisecond, by one policy at a time. */
final class LogReplay {
  /** Leases and windows must outlast the notices by so much. */
  private static final long MARGIN_MILLIS = 1_000;

  /** A campaign for profit starts at least this careful. */
  private static final double LEAST_START = 1e-3;

  /** A multiplier is above 0, though the price of a budget that does not bind is not. */
  private static final double LEAST_HINDSIGHT = 1e-12;

  /** What campaigns are called that play by their own strategies. */
  private static final String OWN = "own";

  /**
   * What holds for every policy.
   *
   * @param maxBid highest bid
   * @param firstPrice whether a win costs the bid
   * @param delayMillis time from an auction to its notice, or its mean
   */
  record Rules(double maxBid, boolean firstPrice, long delayMillis) {}

  /**
   * What came of a policy with one budget, for one campaign.
   *
   * @param untoldWins wins of which the ledger was never told
   * @param untoldSpend the part of the spend that they are
   */
  record Run(
      String policy,
      String campaign,
      @Nullable String fraction,
      double budget,
      long auctions,
      long bids,
      long wins,
      long clicks,
      long conversions,
      double conversionValue,
      double value,
      double spend,
      double slack,
      double lowestSlack,
      double best,
      long untoldWins,
      double untoldSpend,
      double seconds) {
    double ratio() {
      return best > 0 ? value / best : 1;
    }

    double auctionsPerSecond() {
      return auctions / seconds;
    }
  }

  /**
   * A run with what led to it.
   *
   * @param seed of what chance decided
   * @param course how it went; null unless it was recorded
   * @param best how the optimum came about; null likewise
   */
  record Recorded(Run run, long seed, @Nullable Course course, @Nullable OptimumPath best) {}

  private final AuctionLog log;
  private final AuctionTape tape;
  private final Rules rules;
  private final @Nullable JsonNode info;
  private final List<Campaign> entrants;
  private final Competition competition;
  private final LongConsumer progress;
  private final LogOptima optima;
  private final LogPrices prices;
  private @Nullable Observer watcher;

  /**
   * A replay of the auctions of a tape.
   *
   * @param info training statistics of the campaign, or null
   * @param entrants the campaigns, at least one
   * @param progress is told of so many more auctions played, now and then
   */
  LogReplay(
      AuctionLog log,
      AuctionTape tape,
      Rules rules,
      @Nullable JsonNode info,
      List<Campaign> entrants,
      Competition competition,
      LongConsumer progress) {
    this.log = log;
    this.tape = tape;
    this.rules = rules;
    this.info = log.valued() ? null : info;
    this.entrants = List.copyOf(entrants);
    this.competition = competition;
    this.progress = progress;
    this.prices = new LogPrices(tape);
    this.optima = new LogOptima(log, tape, this.entrants);
  }

  AuctionTape tape() {
    return tape;
  }

  /** Lets someone else look on from now on. */
  void watchedBy(Observer newWatcher) {
    watcher = newWatcher;
  }

  /** A budget that reaches for every auction at the highest bid. */
  long enoughNanos() {
    return Money.floorNanos(rules.maxBid * tape.rows());
  }

  /**
   * Plays a policy with a budget.
   *
   * @param policy null for the campaigns' own strategies
   * @param budget for each campaign; null for their own budgets
   * @return what came of it, campaign by campaign
   */
  List<Run> play(@Nullable Policy policy, LogOptions.@Nullable Budget budget) {
    return play(policy, budget, LogLuck.LOGGED, 0, 0).stream().map(Recorded::run).toList();
  }

  /**
   * The same, with the course that it took. Thread safe.
   *
   * @param luck what chance decides
   * @param episode auctions after which the budget is set back; 0 for never
   * @param wanted how many moments of it to record; 0 for none, and none in episodes
   */
  List<Recorded> play(
      @Nullable Policy policy,
      LogOptions.@Nullable Budget budget,
      LogLuck luck,
      int episode,
      int wanted) {
    int points = episode > 0 ? 0 : wanted;
    List<Campaign> playing = new ArrayList<>();
    List<LogOptima.Question> asked = new ArrayList<>();
    for (int i = 0; i < entrants.size(); i++) {
      Campaign given = entrants.get(i);
      long nanos = budget == null ? given.budgetNanos() : budget.nanos();
      LogOptima.Question question =
          new LogOptima.Question(i, target(policy, given), nanos, episode);
      asked.add(question);
      LogOptima.Best optimum = optima.optimum(question);
      Plan.Shape shape = policy == null ? given.plan().shape() : policy.shape();
      playing.add(
          LogCampaigns.onLog(
              given,
              log,
              episode > 0 ? episode : tape.rows(),
              nanos,
              // Hours of the week mean nothing at one auction a millisecond.
              shape == Plan.Shape.TRAFFIC ? Plan.Shape.EVEN : shape,
              sold(strategy(policy, given, question, optimum))));
    }
    Replay replay = new Replay(settings(policy, luck), playing);
    LogArrivals arrivals = new LogArrivals(tape, log.segments(), rules.firstPrice, luck, progress);
    CourseRecorder recorder =
        points == 0
            ? null
            : new CourseRecorder(playing, tape.rows(), points, prices.bins(), arrivals);
    Observer own = recorder == null ? arrivals : recorder;
    replay.observedBy(watcher == null ? own : own.and(watcher));
    long begun = System.nanoTime();
    List<Account> accounts =
        replay.play(episode > 0 ? new EpisodeTopUps(arrivals, replay, playing, episode) : arrivals);
    double seconds = (System.nanoTime() - begun) / 1e9;
    List<Recorded> runs = new ArrayList<>();
    for (int i = 0; i < playing.size(); i++) {
      Account account = accounts.get(i);
      LogArrivals.Conversions conversions = arrivals.conversions(playing.get(i).id());
      Run run =
          new Run(
              policy == null ? OWN : policy.name(),
              playing.get(i).id(),
              budget == null ? null : budget.fraction(),
              Money.units(playing.get(i).budgetNanos()) * optima.optimum(asked.get(i)).budgets(),
              account.auctions(),
              account.bids(),
              account.wins(),
              account.clicks(),
              conversions.count(),
              conversions.value(),
              account.value(),
              account.spent(),
              Money.units(account.slackNanos()),
              Money.units(account.lowestSlackNanos()),
              optima.optimum(asked.get(i)).value(),
              account.untoldWins(),
              Money.units(account.untoldNanos()),
              seconds);
      runs.add(
          recorder == null
              ? new Recorded(run, luck.seed(), null, null)
              : new Recorded(
                  run, luck.seed(), recorder.course(i), optima.path(asked.get(i), points)));
    }
    return runs;
  }

  /** The return on spend that is kept; 0 for none. */
  private static double target(@Nullable Policy policy, Campaign given) {
    boolean keeps = policy == null ? given.strategy().keepsRos() : policy.keepsRos();
    return keeps ? given.strategy().targetRos() : 0;
  }

  private Strategy strategy(
      @Nullable Policy policy, Campaign given, LogOptima.Question question, LogOptima.Best best) {
    if (policy == null) {
      return given.strategy();
    }
    if (policy.calibrated()) {
      throw new WrongInput(
          "--policy: found '"
              + policy.name()
              + "', and a log doesn't tell when values came; accepted: calibrate in dualbid simulate");
    }
    Double own = policy.start();
    double start =
        policy.startsFromHindsight()
            ? Math.max(LEAST_HINDSIGHT, best.shadowPrice())
            : own == null ? trained(given, question) : own;
    return policy.strategy(
        given.strategy().objective(), given.strategy().targetRos(), tape.rows(), start);
  }

  /**
   * The strategy where every auction is of second price: there is no price landscape to learn,
   * which a win at exactly its own bid would otherwise set off.
   */
  private Strategy sold(Strategy strategy) {
    return !rules.firstPrice && strategy.auction() == AuctionType.AS_REQUESTED
        ? strategy.in(AuctionType.SECOND_PRICE)
        : strategy;
  }

  private double trained(Campaign given, LogOptima.Question question) {
    long auctions = question.episode() > 0 ? question.episode() : tape.rows();
    double start =
        LogCampaigns.valuePerClick(given, log)
            * LogStart.multiplier(
                info,
                tape.meanWorth(),
                Money.units(question.budgetNanos()) / auctions,
                Money.units(log.priceUnitNanos()));
    if (LogCampaigns.forProfit(given)) {
      return Math.max(LEAST_START, start - 1);
    }
    // Without any value there is no start above 0 to go by.
    return start > 0 ? start : LEAST_START;
  }

  private Replay.Settings settings(@Nullable Policy policy, LogLuck luck) {
    PacingConfig now = Replay.Settings.atOnce(PacingConfig.DEFAULT.adaptiveStep()).pacing();
    Double step = policy == null ? null : policy.returnStep();
    long window = luck.deliveries().longestMillis(rules.delayMillis) + MARGIN_MILLIS;
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
    return new Replay.Settings(pacing, competition, rules.delayMillis, luck.deliveries());
  }
}
