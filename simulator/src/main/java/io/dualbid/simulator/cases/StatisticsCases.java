package io.dualbid.simulator.cases;

import com.fasterxml.jackson.databind.JsonNode;
import io.dualbid.core.bidding.BiddingRule;
import io.dualbid.core.bidding.ReturnOnSpend;
import io.dualbid.core.bidding.ReturnOnSpend.Combination;
import io.dualbid.core.dual.DualVariable;
import io.dualbid.core.dual.Entropy;
import io.dualbid.core.dual.Euclidean;
import io.dualbid.core.dual.MirrorMap;
import io.dualbid.core.dual.StepSize;
import io.dualbid.core.model.Campaign.Objective;
import io.dualbid.core.model.Hash;
import io.dualbid.core.model.Money;
import io.dualbid.simulator.hindsight.Knapsack;
import java.util.Map;
import java.util.TreeMap;

/**
 * Regret of whole runs: uniform values and prices from seeded draws, over horizons and seeds. The
 * draws are those of the reference, so its figures are met, not only its orders.
 */
final class StatisticsCases {
  /** Figures are sums of up to a million doubles. */
  private static final Comparison SUMS = new Comparison(1e-6);

  private static final double HIGHEST_BID = 10;
  private static final double LOWEST_BUDGET_MULTIPLIER = 1e-6;
  private static final double LOWEST_RETURN_MULTIPLIER = 1e-9;

  private StatisticsCases() {}

  /** Every policy that the case expects, at every horizon. */
  static void uniform(GoldenCase golden, Comparison comparison) {
    int first = golden.parameters().path("seeds").path("first").asInt(1);
    int count = golden.parameters().path("seeds").path("count").asInt();
    if (count < 1) {
      throw new CaseMismatch("found no number of seeds; accepted: seeds: {first, count}");
    }
    for (var horizon : golden.expected().properties()) {
      int rounds = Integer.parseInt(horizon.getKey());
      Map<String, Figures> figures = new TreeMap<>();
      for (int seed = first; seed < first + count; seed++) {
        Market market = new Market(seed, rounds, golden.number("rho"), golden.number("tau"));
        for (var policy : horizon.getValue().properties()) {
          figures
              .computeIfAbsent(policy.getKey(), name -> new Figures())
              .add(play(policy.getKey(), market, golden.parameters().path("mu1")));
        }
      }
      figures.forEach(
          (policy, seen) -> seen.compare(rounds + " " + policy, horizon.getValue().path(policy)));
    }
  }

  private static Map<String, Double> play(String policy, Market market, JsonNode starts) {
    double start = starts.path(policy).asDouble();
    double step = 1 / Math.sqrt(market.rounds);
    StepSize eta = new StepSize.Constant(step);
    MirrorMap entropy = new Entropy(MirrorMap.CLIP, LOWEST_BUDGET_MULTIPLIER, MirrorMap.CEILING);
    return switch (policy) {
      case "euclidean-utility" ->
          paced(market, Objective.PROFIT, new DualVariable(Euclidean.DEFAULT, eta, start), false);
      case "entropy-utility" ->
          paced(market, Objective.PROFIT, new DualVariable(entropy, eta, start), true);
      case "entropy-value" ->
          paced(market, Objective.VALUE, new DualVariable(entropy, eta, start), true);
      case "fpw-ros" -> returning(market, eta, false, 0, false);
      case "fpw-ros-budget" -> returning(market, eta, true, 0, false);
      case "strict-warm-up" ->
          returning(
              market,
              eta,
              false,
              Math.sqrt(market.rounds) * Math.log(2 + Math.sqrt(market.rounds)),
              false);
      case "strict-guard" -> returning(market, eta, false, 0, true);
      default -> throw new CaseMismatch("found the policy '" + policy + "', which is not known");
    };
  }

  /** A budget paced by its dual. */
  private static Map<String, Double> paced(
      Market market, Objective objective, DualVariable dual, boolean normalised) {
    BiddingRule rule = BiddingRule.of(objective);
    long budget = (long) Math.floor(market.rho * market.rounds * 1e9 + 0.5);
    long spent = 0;
    double gained = 0;
    for (int t = 0; t < market.rounds; t++) {
      double v = market.values[t];
      double bid = Math.min(rule.bid(v, dual.multiplier()), Money.units(budget - spent));
      double price = market.prices[t];
      boolean win = bid > 0 && v > 0 && bid >= price;
      spent += win ? market.nanos[t] : 0;
      gained += win ? (objective == Objective.PROFIT ? v - price : v) : 0;
      double gap = market.rho - (win ? price : 0);
      dual.step(normalised ? gap / market.rho : gap);
    }
    double[] gains = new double[market.rounds];
    for (int t = 0; t < gains.length; t++) {
      gains[t] = market.values[t] - (objective == Objective.PROFIT ? market.prices[t] : 0);
    }
    double optimum = Knapsack.solve(gains, market.prices, Money.units(budget)).value();
    Map<String, Double> figures = figures(market, gained, optimum);
    figures.put("spend", Money.units(spent) / Money.units(budget));
    return figures;
  }

  /** A return on spend, by the published steps. */
  private static Map<String, Double> returning(
      Market market, StepSize step, boolean budgeted, double needed, boolean guard) {
    ReturnOnSpend rule =
        new ReturnOnSpend(Objective.VALUE, market.tau, budgeted, Combination.OPTIMAL);
    DualVariable lambda =
        new DualVariable(
            new Entropy(MirrorMap.CLIP, LOWEST_RETURN_MULTIPLIER, MirrorMap.CEILING), step, 1);
    DualVariable mu = new DualVariable(Euclidean.DEFAULT, step, 0);
    double left = market.rho * market.rounds;
    double slack = 0;
    double lowest = 0;
    double spent = 0;
    double value = 0;
    int started = needed > 0 ? market.rounds : 0;
    boolean running = !(needed > 0);
    for (int t = 0; t < market.rounds; t++) {
      if (!running && slack >= needed) {
        running = true;
        started = t;
      }
      double v = market.values[t];
      double w = rule.credit(v);
      double bid = running ? rule.bid(v, mu.multiplier(), lambda.multiplier()) : w;
      bid = Math.min(bid, HIGHEST_BID);
      bid = guard ? Math.min(bid, w + slack) : bid;
      bid = budgeted ? Math.min(bid, left) : bid;
      double price = market.prices[t];
      boolean win = bid > 0 && v > 0 && bid >= price;
      double cost = win ? price : 0;
      double gain = win ? w - price : 0;
      value += win ? v : 0;
      spent += cost;
      left -= cost;
      slack += gain;
      lowest = Math.min(lowest, slack);
      if (running) {
        lambda.step(gain);
        if (budgeted) {
          mu.step(market.rho - cost);
        }
      }
    }
    Knapsack optimum =
        Knapsack.solve(
            market.values,
            market.prices,
            market.tau,
            budgeted ? market.rho * market.rounds : Double.POSITIVE_INFINITY);
    Map<String, Double> figures = figures(market, value, optimum.value());
    double root = Math.sqrt(market.rounds);
    figures.put("slack", slack / root);
    figures.put("lowest_slack", lowest / root);
    figures.put("violation_bound", Math.log(2 + root));
    figures.put("spend", spent / market.rounds);
    figures.put("start", (double) started);
    return figures;
  }

  private static Map<String, Double> figures(Market market, double gained, double optimum) {
    Map<String, Double> figures = new TreeMap<>();
    figures.put("regret", (optimum - gained) / Math.sqrt(market.rounds));
    figures.put("ratio", gained / optimum);
    figures.put("opt", optimum);
    return figures;
  }

  /** One sequence of rounds. */
  private static final class Market {
    final int rounds;
    final double rho;
    final double tau;
    final double[] values;
    final double[] prices;
    final long[] nanos;

    Market(long seed, int rounds, double rho, double tau) {
      this.rounds = rounds;
      this.rho = rho;
      this.tau = tau;
      values = new double[rounds];
      prices = new double[rounds];
      nanos = new long[rounds];
      long state = seed;
      for (int t = 0; t < rounds; t++) {
        state += Hash.GOLDEN_GAMMA;
        values[t] = Hash.unit(Hash.mix(state));
        state += Hash.GOLDEN_GAMMA;
        nanos[t] = (long) Math.floor(Hash.unit(Hash.mix(state)) * 1e9);
        prices[t] = Money.units(nanos[t]);
      }
    }
  }

  /** Mean, least, greatest and first of every figure over the seeds. */
  private static final class Figures {
    private final Map<String, double[]> sums = new TreeMap<>();
    private int seeds;

    void add(Map<String, Double> run) {
      seeds++;
      run.forEach(
          (name, figure) -> {
            double[] s = sums.computeIfAbsent(name, n -> new double[] {0, figure, figure, figure});
            s[0] += figure;
            s[1] = Math.min(s[1], figure);
            s[2] = Math.max(s[2], figure);
          });
    }

    void compare(String what, JsonNode expected) {
      for (var figure : expected.properties()) {
        double[] s = sums.get(figure.getKey());
        if (s == null) {
          throw new CaseMismatch(
              what + ": the case expects '" + figure.getKey() + "', which is not computed");
        }
        for (var moment : figure.getValue().properties()) {
          double actual =
              switch (moment.getKey()) {
                case "mean" -> s[0] / seeds;
                case "min" -> s[1];
                case "max" -> s[2];
                case "first_seed" -> s[3];
                default ->
                    throw new CaseMismatch(
                        what + ": the case expects '" + moment.getKey() + "' of seeds");
              };
          SUMS.same(
              what + " " + figure.getKey() + " " + moment.getKey(), actual, moment.getValue());
        }
      }
    }
  }
}
