package io.dualbid.simulator.cases;

import com.fasterxml.jackson.databind.JsonNode;
import io.dualbid.core.bidding.ReturnOnSpend;
import io.dualbid.core.bidding.ReturnOnSpend.Combination;
import io.dualbid.core.dual.DualVariable;
import io.dualbid.core.dual.Entropy;
import io.dualbid.core.dual.MirrorMap;
import io.dualbid.core.dual.StepSize;
import io.dualbid.core.model.Campaign.Objective;
import io.dualbid.core.model.Money;

/** Repeated second-price auctions under a return on spend, with or without a budget. */
final class ReturnCases {
  private static final double LAMBDA_MIN = 1e-9;

  private ReturnCases() {}

  /** How the return is kept at every moment, if it is. */
  private enum Strictness {
    NONE,
    /** Bids what a win earns until there is slack in store. */
    WARM_UP,
    /** Bids at most what a win earns and the slack there is. */
    GUARD
  }

  /** Round by round. */
  static void returnOnSpend(GoldenCase golden, Comparison comparison) {
    Trace trace = new Trace();
    boolean budgeted = golden.parameters().path("budget").isNumber();
    long budget = budgeted ? nanos(golden.number("budget")) : 0;
    double rho = budgeted ? golden.number("budget") / golden.number("T") : 0;
    double scale = golden.number("scale", 1);
    double highest = golden.number("max_bid", Double.POSITIVE_INFINITY);
    ReturnOnSpend rule = rule(golden);
    Strictness strictness = strictness(golden);
    DualVariable lambda = lambda(golden);
    DualVariable mu = budgeted ? mu(golden) : null;
    double slack = 0;
    double value = 0;
    long spent = 0;
    boolean running = strictness != Strictness.WARM_UP;
    for (JsonNode round : golden.input()) {
      running |= slack >= needed(golden, scale);
      double v = round.path("value").asDouble();
      double w = rule.credit(v);
      double shadow = mu == null ? 0 : mu.multiplier();
      double bid = running ? rule.bid(v, shadow, lambda.multiplier()) : w;
      if (strictness == Strictness.GUARD) {
        bid = Math.min(bid, w + slack);
      }
      bid = Math.min(bid, highest);
      if (budgeted) {
        bid = Math.min(bid, Money.units(budget - spent));
      }
      double price = round.path("price").asDouble();
      boolean win = bid > 0 && v > 0 && bid >= price;
      double cost = win ? Money.units(nanos(price)) : 0;
      double gain = win ? w - cost : 0;
      slack += gain;
      value += win ? v : 0;
      spent += win ? nanos(price) : 0;
      if (running) {
        lambda.step(gain / scale);
        if (mu != null && rho > 0) {
          mu.step((rho - cost) / scale);
        }
      }
      trace.add("phase", running ? "run" : "wait");
      trace.add("bid", bid);
      trace.add("win", win);
      trace.add("cost_nanos", win ? nanos(price) : 0);
      trace.add("slack", slack);
      trace.add("lambda_after", lambda.multiplier());
      trace.add("mu_after", mu == null ? 0 : mu.multiplier());
      if (budgeted) {
        trace.add("remaining_nanos", budget - spent);
      } else {
        trace.addNothing("remaining_nanos");
      }
    }
    trace.put("value", value);
    trace.put("spent_nanos", spent);
    trace.compare(comparison, golden.expected());
  }

  private static ReturnOnSpend rule(GoldenCase golden) {
    String word = golden.word("combine", "ros");
    double target = golden.number("tau", 1);
    return switch (word) {
      case "ros" -> new ReturnOnSpend(Objective.VALUE, target, false, Combination.OPTIMAL);
      case "dual-optimal" -> new ReturnOnSpend(Objective.VALUE, target, true, Combination.OPTIMAL);
      case "min" -> new ReturnOnSpend(Objective.VALUE, target, true, Combination.LOWER);
      case "sequential" -> new ReturnOnSpend(Objective.VALUE, target, true, Combination.PRODUCT);
      default ->
          throw new CaseMismatch(
              "found combine '" + word + "'; accepted: ros, dual-optimal, min, sequential");
    };
  }

  private static Strictness strictness(GoldenCase golden) {
    String word = golden.word("strict", "none");
    return switch (word) {
      case "none" -> Strictness.NONE;
      case "warm-up" -> Strictness.WARM_UP;
      case "guard" -> Strictness.GUARD;
      default ->
          throw new CaseMismatch("found strict '" + word + "'; accepted: none, warm-up, guard");
    };
  }

  /** The slack from which running on can't lose more than there is. */
  private static double needed(GoldenCase golden, double scale) {
    double root = Math.sqrt(golden.number("T"));
    return golden.number("slack_needed", scale * root * Math.log(2 + root));
  }

  private static DualVariable lambda(GoldenCase golden) {
    MirrorMap map =
        new Entropy(
            golden.number("clip", MirrorMap.CLIP),
            golden.number("lambda_min", LAMBDA_MIN),
            MirrorMap.CEILING);
    return new DualVariable(
        map, new StepSize.Constant(golden.number("alpha")), golden.number("lambda1", 1));
  }

  private static DualVariable mu(GoldenCase golden) {
    return new DualVariable(
        DualParameters.map(golden.word("mu_mirror", "euclidean"), golden.parameters()),
        new StepSize.Constant(golden.number("eta")),
        golden.number("mu1", 0));
  }

  private static long nanos(double units) {
    return Math.round(units * Money.NANOS_PER_UNIT);
  }
}
