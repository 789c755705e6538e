package io.dualbid.simulator.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.dualbid.core.model.Campaign;
import io.dualbid.core.model.Money;
import io.dualbid.simulator.hindsight.AuctionPasses;
import io.dualbid.simulator.hindsight.KnapsackOptimum;
import io.dualbid.simulator.log.AuctionLog;
import io.dualbid.simulator.log.AuctionTape;
import io.dualbid.simulator.replay.Replay.Competition;
import io.dualbid.simulator.scenario.Policy;
import io.dualbid.simulator.whatif.Curve;
import io.dualbid.simulator.whatif.Curve.Question;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** Plays one campaign at several budgets or targets, and finds the optimum of each. */
final class WhatIfReplay {
  private final AuctionLog log;
  private final AuctionTape tape;
  private final LogReplay.Rules rules;
  private final @Nullable JsonNode info;
  private final Campaign campaign;
  private final @Nullable Policy policy;
  private final LongConsumer progress;

  /**
   * A campaign on a log.
   *
   * @param policy null for its own strategy
   * @param progress is told of so many more auctions played, now and then
   */
  WhatIfReplay(
      AuctionLog log,
      AuctionTape tape,
      LogReplay.Rules rules,
      @Nullable JsonNode info,
      Campaign campaign,
      @Nullable Policy policy,
      LongConsumer progress) {
    this.log = log;
    this.tape = tape;
    this.rules = rules;
    this.info = info;
    this.campaign = campaign;
    this.policy = policy;
    this.progress = progress;
  }

  /**
   * The curve of these budgets.
   *
   * @param budgets in account currency, rising
   * @param target for the return; 0 for the campaign's own, where it keeps one
   * @param base today's budget
   */
  Curve budgets(double[] budgets, double target, double base) {
    Campaign keeping = target > 0 ? at(target) : campaign;
    LogReplay replay = replay(keeping);
    List<Curve.Point> points = new ArrayList<>();
    for (double budget : budgets) {
      points.add(point(replay, keeping, Money.floorNanos(budget), false));
    }
    return new Curve(Question.BUDGET, campaign.id(), name(), base, points);
  }

  /**
   * The curve of these targets.
   *
   * @param targets value for a unit of spend, rising
   * @param budgetNanos the budget; 0 for as much as it takes
   */
  Curve targets(double[] targets, long budgetNanos) {
    List<Curve.Point> points = new ArrayList<>();
    for (double target : targets) {
      Campaign keeping = at(target);
      LogReplay replay = replay(keeping);
      long budget = budgetNanos > 0 ? budgetNanos : replay.enoughNanos();
      points.add(point(replay, keeping, budget, true));
    }
    return new Curve(Question.TARGET_ROS, campaign.id(), name(), Money.units(budgetNanos), points);
  }

  private String name() {
    return policy == null ? "own" : policy.name();
  }

  /** The campaign with another target. */
  private Campaign at(double target) {
    var strategy = campaign.strategy();
    return campaign.with(strategy.keeping(strategy.constraint(), target, strategy.strict()));
  }

  private LogReplay replay(Campaign playing) {
    return new LogReplay(log, tape, rules, info, List.of(playing), Competition.HOUSE, progress);
  }

  private Curve.Point point(LogReplay replay, Campaign playing, long nanos, boolean ofReturn) {
    MultiplierWatch watch = new MultiplierWatch(ofReturn);
    replay.watchedBy(watch);
    LogReplay.Run run = replay.play(policy, new LogOptions.Budget(null, nanos)).get(0);
    boolean keeps = policy == null ? playing.strategy().keepsRos() : policy.keepsRos();
    double target = keeps ? playing.strategy().targetRos() : 0;
    return new Curve.Point(
        run.budget(),
        target,
        new Curve.Played(
            run.value(),
            run.spend(),
            run.wins(),
            run.clicks(),
            run.slack(),
            watch.last(),
            watch.mean()),
        optimum(playing, target, nanos));
  }

  /**
   * The optimum with its prices in value. Under a target its duals are in worth, value over target:
   * one unit more of budget brings target times as much value. And since the slack is value over
   * target less spend, a target lower by one gains λ · value / target.
   */
  private Curve.Optimum optimum(Campaign playing, double target, long budgetNanos) {
    AuctionPasses auctions =
        new TapePasses(
            tape,
            LogCampaigns.valuePerClick(playing, log),
            Money.units(playing.maxBidNanos()),
            LogCampaigns.segments(playing, log));
    KnapsackOptimum best =
        KnapsackOptimum.of(
            LogCampaigns.forProfit(playing) ? auctions.forProfit() : auctions,
            target,
            Money.units(budgetNanos));
    double unit = target > 0 ? target : 1;
    return new Curve.Optimum(
        best.value(),
        best.spend(),
        unit * best.shadowPrice(),
        best.returnPrice() * best.value() / unit);
  }
}
