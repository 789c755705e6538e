package io.dualbid.simulator.cases;

import com.fasterxml.jackson.databind.JsonNode;
import io.dualbid.core.bidding.BiddingRule;
import io.dualbid.core.dual.DualVariable;
import io.dualbid.core.model.Money;
import io.dualbid.core.pacing.Ledger;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * Second-price auctions of one campaign under a budget, round by round. The money goes through the
 * ledger, the plan through the core's plans of spend.
 *
 * <p>The order within a round: target, bid, cap, outcome, ledger, step. A bid wins when bid and
 * value are above 0 and the bid is at least the price. Without a target (ρ = 0) there is no step.
 */
final class AuctionCases {
  /** The ledger's day; no case has a daily budget. */
  private static final long DAY = 0;

  private AuctionCases() {}

  /** Outcomes known at once; targets even, shaped by traffic, or of what remains. */
  static void truthfulAuction(GoldenCase golden, Comparison comparison) {
    JsonNode plans = golden.parameters().path("plan");
    List<String> names = DualParameters.words(plans, "even");
    for (String plan : names) {
      JsonNode expected = plans.isArray() ? golden.expected().path(plan) : golden.expected();
      playPlan(golden, plan).compare(comparison, expected);
    }
  }

  private static Trace playPlan(GoldenCase golden, String plan) {
    Trace trace = new Trace();
    SlotTargets targets = SlotTargets.of(golden);
    long budget = nanos(golden.number("budget"));
    Ledger ledger = new Ledger(budget, null);
    DualVariable dual = DualParameters.dual(golden.parameters());
    BiddingRule rule = BiddingRule.of(DualParameters.objective(golden));
    double value = 0;
    for (int t = 0; t < golden.input().size(); t++) {
      JsonNode round = golden.input().get(t);
      double rho =
          switch (plan) {
            case "even", "shaped" -> Money.units(budget) * targets.ofAll(t);
            case "remaining" -> Money.units(ledger.available(DAY)) * targets.ofRest(t);
            default ->
                throw new CaseMismatch(
                    "found the plan '" + plan + "'; accepted: even, shaped, remaining");
          };
      boolean open = t < targets.slots();
      double bid = open ? bid(round, rule, dual, ledger) : 0;
      boolean win = wins(bid, round);
      long cost = win ? nanos(round.path("price").asDouble()) : 0;
      if (win) {
        pay(ledger, bid, cost);
        value += round.path("value").asDouble();
      }
      if (open && rho > 0) {
        dual.step((rho - Money.units(cost)) / scale(golden, rho));
      }
      trace.add("rho", rho);
      trace.add("bid", bid);
      trace.add("win", win);
      trace.add("cost_nanos", cost);
      trace.add("remaining_nanos", ledger.available(DAY));
      trace.add("mu_after", dual.multiplier());
    }
    trace.put("value", value);
    trace.put("spent_nanos", ledger.summary().spentNanos());
    return trace;
  }

  /** Outcomes known {@code delay} rounds later; until then the full bid is reserved. */
  static void delayedFeedback(GoldenCase golden, Comparison comparison) {
    record Open(JsonNode round, long bid) {}

    Trace trace = new Trace();
    int delay = (int) golden.number("delay", 0);
    long budget = nanos(golden.number("budget"));
    double rho = Money.units(budget) / golden.number("T");
    double scale = scale(golden, rho);
    Ledger ledger = new Ledger(budget, null);
    DualVariable dual = DualParameters.dual(golden.parameters());
    BiddingRule rule = BiddingRule.of(DualParameters.objective(golden));
    Deque<Open> open = new ArrayDeque<>();
    for (JsonNode round : golden.input()) {
      if (delay > 0 && open.size() == delay) {
        Open first = open.remove();
        learn(ledger, dual, rho, scale, first.round, first.bid);
      }
      long available = ledger.available(DAY);
      double wanted = rule.bid(round.path("value").asDouble(), dual.multiplier());
      long bid = Math.min(Money.floorNanos(wanted), available);
      ledger.lease(DAY, bid);
      ledger.reserve(DAY, bid);
      if (delay > 0) {
        open.add(new Open(round, bid));
      } else {
        learn(ledger, dual, rho, scale, round, bid);
      }
      trace.add("available_nanos", available);
      trace.add("bid_nanos", bid);
      trace.add("reserved_nanos", ledger.summary().reservedNanos());
      trace.add("settled_nanos", ledger.summary().spentNanos());
      trace.add("mu_after", dual.multiplier());
    }
    for (Open late : open) {
      learn(ledger, dual, rho, scale, late.round, late.bid);
    }
    trace.put("final_spent_nanos", ledger.summary().spentNanos());
    trace.put("final_reserved_nanos", ledger.summary().reservedNanos());
    trace.put("final_mu", dual.multiplier());
    trace.compare(comparison, golden.expected());
  }

  private static void learn(
      Ledger ledger, DualVariable dual, double rho, double scale, JsonNode round, long bid) {
    long price = nanos(round.path("price").asDouble());
    boolean win = bid > 0 && round.path("value").asDouble() > 0 && bid >= price;
    long cost = win ? price : 0;
    if (win) {
      ledger.settle(DAY, bid, price);
    } else {
      ledger.release(DAY, bid);
    }
    if (rho > 0) {
      dual.step((rho - Money.units(cost)) / scale);
    }
  }

  /** Budget and horizon change in flight, and pauses; the multiplier is kept. */
  static void budgetAndHorizonChanges(GoldenCase golden, Comparison comparison) {
    Trace trace = new Trace();
    Ledger ledger = new Ledger(nanos(golden.number("budget")), null);
    DualVariable dual = DualParameters.dual(golden.parameters());
    BiddingRule rule = BiddingRule.of(DualParameters.objective(golden));
    long horizon = (long) golden.number("T");
    long used = 0;
    boolean paused = false;
    double rho = Money.units(ledger.available(DAY)) / horizon;
    double value = 0;
    for (JsonNode round : golden.input()) {
      JsonNode change = round.path("op");
      if (change.isObject()) {
        if (change.path("budget").isNumber()) {
          ledger.setBudgets(nanos(change.path("budget").asDouble()), null);
        }
        horizon = change.path("horizon").asLong(horizon);
        paused = change.path("pause").asBoolean(paused);
        rho = used < horizon ? Money.units(ledger.available(DAY)) / (horizon - used) : 0;
      }
      boolean open = !paused && used < horizon;
      double bid = open ? bid(round, rule, dual, ledger) : 0;
      boolean win = wins(bid, round);
      long cost = win ? nanos(round.path("price").asDouble()) : 0;
      if (win) {
        pay(ledger, bid, cost);
        value += round.path("value").asDouble();
      }
      if (open) {
        used++;
        if (rho > 0) {
          dual.step((rho - Money.units(cost)) / scale(golden, rho));
        }
      }
      trace.add("rho", rho);
      trace.add("bid", bid);
      trace.add("win", win);
      trace.add("cost_nanos", cost);
      trace.add("remaining_nanos", ledger.available(DAY));
      trace.add("mu_after", dual.multiplier());
    }
    trace.put("value", value);
    trace.put("spent_nanos", ledger.summary().spentNanos());
    trace.compare(comparison, golden.expected());
  }

  private static double bid(JsonNode round, BiddingRule rule, DualVariable dual, Ledger ledger) {
    double wanted = rule.bid(round.path("value").asDouble(), dual.multiplier());
    return Math.min(wanted, Money.units(ledger.available(DAY)));
  }

  private static boolean wins(double bid, JsonNode round) {
    return bid > 0 && round.path("value").asDouble() > 0 && bid >= round.path("price").asDouble();
  }

  /** Takes a won bid through the ledger as the product does: leased, reserved, settled. */
  private static void pay(Ledger ledger, double bid, long price) {
    long reserved = Math.max(price, Math.min(ledger.available(DAY), Money.floorNanos(bid)));
    ledger.lease(DAY, reserved);
    ledger.reserve(DAY, reserved);
    ledger.settle(DAY, reserved, price);
  }

  /** What divides the gradient: a number, or {@code "rho"} for the target of the slot. */
  private static double scale(GoldenCase golden, double rho) {
    return golden.word("scale", "").equals("rho") ? rho : golden.number("scale", 1);
  }

  private static long nanos(double units) {
    return Math.round(units * 1e9);
  }
}
