package io.dualbid.simulator.cases;

import com.fasterxml.jackson.databind.JsonNode;
import io.dualbid.core.bidding.LinearBid;
import io.dualbid.core.bidding.MeanCostPerClick;
import io.dualbid.core.bidding.TrainingTotals;
import io.dualbid.core.model.Hash;
import io.dualbid.core.pacing.PidControl;
import io.dualbid.core.pacing.Throttle;
import java.util.Map;

/** Baselines without shadow prices: PID control, throttling, Lin and Mcpc. */
final class BaselineCases {
  private static final long EPISODE_AUCTIONS = 1_000;

  private BaselineCases() {}

  /** Bids times exp(φ), φ formed anew every few rounds; a round is a millisecond here. */
  static void pid(GoldenCase golden, Comparison comparison) {
    BudgetedRounds rounds = new BudgetedRounds(golden);
    double base = golden.number("base", 1);
    PidControl control =
        new PidControl(
            new PidControl.Gains(
                golden.number("kp"),
                golden.number("ki"),
                golden.number("kd"),
                golden.number("phi_max")),
            (long) golden.number("interval", 1),
            0);
    double[] phi = new double[rounds.count()];
    for (int t = 0; t < rounds.count(); t++) {
      control.tick(t, rounds.planned(t), rounds.spent(), rounds.budget());
      phi[t] = control.phi();
      rounds.play(t, base * rounds.value(t) * control.factor());
    }
    comparison.same("phi", phi, golden.expected().path("phi"));
    rounds.compare(comparison);
  }

  /** Takes part where the draw of the round is below q, and bids its value. */
  static void throttling(GoldenCase golden, Comparison comparison) {
    BudgetedRounds rounds = new BudgetedRounds(golden);
    double base = golden.number("base", 1);
    long state = golden.parameters().path("seed").asLong();
    Throttle throttle =
        new Throttle(
            new Throttle.Settings(golden.number("rate"), golden.number("q_min")),
            (long) golden.number("interval", 1),
            0,
            golden.number("q1", 1));
    double[] draws = new double[rounds.count()];
    double[] probabilities = new double[rounds.count()];
    for (int t = 0; t < rounds.count(); t++) {
      throttle.tick(t, rounds.planned(t), rounds.spent());
      state += Hash.GOLDEN_GAMMA;
      draws[t] = Hash.unit(Hash.mix(state));
      probabilities[t] = throttle.probability();
      boolean takesPart = Throttle.participates(probabilities[t], draws[t]);
      rounds.play(t, takesPart ? base * rounds.value(t) : 0);
    }
    comparison.same("u", draws, golden.expected().path("u"));
    comparison.same("q", probabilities, golden.expected().path("q"));
    rounds.compare(comparison);
  }

  /** Bids in whole units from training totals, and the budgets of episodes. */
  static void linearAndMeanCost(GoldenCase golden, Comparison comparison) {
    TrainingTotals training =
        new TrainingTotals(
            (long) golden.number("imp_train"),
            (long) golden.number("clk_train"),
            (long) golden.number("cost_train"));
    int maxBid = (int) golden.number("max_bid");
    LinearBid linear = new LinearBid(golden.number("b0"), training.meanClickRate(), maxBid);
    MeanCostPerClick meanCost = new MeanCostPerClick(training.costPerClick(), maxBid);
    long[] linearBids = new long[golden.input().size()];
    long[] meanCostBids = new long[golden.input().size()];
    for (int i = 0; i < golden.input().size(); i++) {
      double clickRate = golden.input().get(i).path("theta").asDouble();
      long left = golden.input().get(i).path("left").asLong();
      linearBids[i] = linear.bid(clickRate, left);
      meanCostBids[i] = meanCost.bid(clickRate, left);
    }
    comparison.same("lin", linearBids, golden.expected().path("lin"));
    comparison.same("mcpc", meanCostBids, golden.expected().path("mcpc"));
    long auctions = (long) golden.number("N", EPISODE_AUCTIONS);
    JsonNode budgets = golden.expected().path("episode_budget");
    for (Map.Entry<String, JsonNode> entry : budgets.properties()) {
      double share = 1 / Double.parseDouble(entry.getKey());
      comparison.same(
          "episode_budget[" + entry.getKey() + "]",
          training.episodeBudget(share, auctions),
          entry.getValue());
    }
  }
}
