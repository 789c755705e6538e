package io.dualbid.core.pacing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dualbid.core.bidding.BiddingRule;
import io.dualbid.core.dual.DualVariable;
import io.dualbid.core.dual.Entropy;
import io.dualbid.core.dual.Euclidean;
import io.dualbid.core.dual.MirrorMap;
import io.dualbid.core.dual.ShiftedEntropy;
import io.dualbid.core.dual.StepSize;
import io.dualbid.core.model.Campaign.Objective;
import io.dualbid.core.model.Money;
import io.dualbid.core.model.Plan;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Repeated second-price auctions under a budget, round by round, against the golden cases. The
 * money goes through the ledger, the plan through {@link SpendPlan}, with one hour for each slot.
 */
class GoldenAuctionTest {
  private static final long HOUR = 3_600_000L;

  /** A Monday, 0 h, so that slot t is hour t of the weekly profile. */
  private static final long MONDAY = 4 * 24 * HOUR;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "dmd-euclidean-second-price",
        "dmd-entropy-second-price",
        "dmd-shifted-entropy-second-price",
        "budget-exhaustion",
        "zero-budget",
        "value-maximiser-entropy"
      })
  void playsTheRoundsOfAnEvenPlan(String name) {
    GoldenCase golden = GoldenCase.read(name);
    int slots = golden.parameters().get("T").asInt();
    double rho = golden.parameter("budget", 0) / slots;
    play(golden, golden.expected(), new double[] {rho}, Target.EVEN);
  }

  @Test
  void followsAPlanShapedByTraffic() {
    GoldenCase golden = GoldenCase.read("traffic-shaped");
    play(golden, golden.expected().get("shaped"), weights(golden), Target.SHAPED);
  }

  @Test
  void followsAPlanForWhatIsLeft() {
    GoldenCase golden = GoldenCase.read("traffic-shaped");
    play(golden, golden.expected().get("remaining"), weights(golden), Target.REMAINING);
  }

  private enum Target {
    EVEN,
    SHAPED,
    REMAINING
  }

  private static void play(GoldenCase golden, JsonNode expected, double[] weights, Target target) {
    long budget = Math.round(golden.parameter("budget", 0) * 1e9);
    int slots = golden.parameters().get("T").asInt();
    Ledger ledger = new Ledger(budget, null);
    DualVariable dual =
        new DualVariable(
            map(golden),
            new StepSize.Constant(golden.parameter("eta", 0)),
            golden.parameter("mu1", 0));
    BiddingRule rule = rule(golden);
    double scale = golden.parameter("scale", 1);
    double value = 0;
    for (int t = 0; t < golden.input().size(); t++) {
      JsonNode round = golden.input().get(t);
      double rho = rho(target, weights, budget, slots, ledger, t);
      golden.same("rho " + t, rho, expected.get("rho").get(t));
      double available = Money.units(ledger.available(0));
      double v = round.get("value").asDouble();
      double bid = Math.min(rule.bid(v, dual.multiplier()), available);
      golden.same("bid " + t, bid, expected.get("bid").get(t));
      long price = Math.round(round.get("price").asDouble() * 1e9);
      boolean win = bid > 0 && v > 0 && bid >= round.get("price").asDouble();
      assertThat(win).as("round %d", t).isEqualTo(expected.get("win").get(t).asBoolean());
      long cost = win ? price : 0;
      if (win) {
        long reserved = Math.max(price, Money.floorNanos(bid));
        ledger.lease(0, reserved);
        ledger.reserve(0, reserved);
        ledger.settle(0, reserved, price);
        value += v;
      }
      assertThat(ledger.available(0)).isEqualTo(expected.get("remaining_nanos").get(t).asLong());
      assertThat(cost).isEqualTo(expected.get("cost_nanos").get(t).asLong());
      if (rho > 0) {
        dual.step((rho - Money.units(cost)) / scale);
      }
      golden.same("mu " + t, dual.multiplier(), expected.get("mu_after").get(t));
    }
    golden.same("value", value, expected.get("value"));
    assertThat(ledger.summary().spentNanos()).isEqualTo(expected.get("spent_nanos").asLong());
  }

  private static double rho(
      Target target, double[] weights, long budget, int slots, Ledger ledger, int t) {
    if (target == Target.EVEN) {
      return weights[0];
    }
    List<Double> week = new ArrayList<>(Collections.nCopies(Plan.HOURS_PER_WEEK, 0.0));
    for (int i = 0; i < weights.length; i++) {
      week.set(i, weights[i]);
    }
    SpendPlan plan = SpendPlan.of(new Plan(Plan.Shape.TRAFFIC, week), ZoneOffset.UTC);
    long end = MONDAY + slots * HOUR;
    long from = MONDAY + t * HOUR;
    if (target == Target.REMAINING) {
      return Money.units(ledger.available(0)) * plan.share(from, from + HOUR, end);
    }
    double before = t == 0 ? 0 : plan.share(MONDAY, from, end);
    return Money.units(budget) * (plan.share(MONDAY, from + HOUR, end) - before);
  }

  @Test
  void reservesFullBidsUntilTheirOutcomeIsKnown() {
    GoldenCase golden = GoldenCase.read("delayed-feedback-reservations");
    JsonNode expected = golden.expected();
    int delay = golden.parameters().get("delay").asInt();
    int slots = golden.parameters().get("T").asInt();
    double budget = golden.parameter("budget", 0);
    double rho = budget / slots;
    Ledger ledger = new Ledger(Math.round(budget * 1e9), null);
    DualVariable dual =
        new DualVariable(
            Euclidean.DEFAULT,
            new StepSize.Constant(golden.parameter("eta", 0)),
            golden.parameter("mu1", 0));
    record Open(long bid, long price) {}
    Deque<Open> open = new ArrayDeque<>();
    BiddingRule rule = BiddingRule.of(Objective.PROFIT);
    for (int t = 0; t < golden.input().size() + delay; t++) {
      if (t >= delay) {
        Open first = open.remove();
        long cost = first.bid >= first.price && first.bid > 0 ? first.price : 0;
        if (cost > 0) {
          ledger.settle(0, first.bid, cost);
        } else {
          ledger.release(0, first.bid);
        }
        dual.step(rho - Money.units(cost));
      }
      if (t >= golden.input().size()) {
        continue;
      }
      JsonNode round = golden.input().get(t);
      long available = ledger.available(0);
      assertThat(available).isEqualTo(expected.get("available_nanos").get(t).asLong());
      long bid =
          Math.min(
              Money.floorNanos(rule.bid(round.get("value").asDouble(), dual.multiplier())),
              available);
      assertThat(bid).as("bid %d", t).isEqualTo(expected.get("bid_nanos").get(t).asLong());
      ledger.lease(0, bid);
      ledger.reserve(0, bid);
      open.add(new Open(bid, Math.round(round.get("price").asDouble() * 1e9)));
      assertThat(ledger.summary().reservedNanos())
          .isEqualTo(expected.get("reserved_nanos").get(t).asLong());
      assertThat(ledger.summary().spentNanos())
          .isEqualTo(expected.get("settled_nanos").get(t).asLong());
      golden.same("mu " + t, dual.multiplier(), expected.get("mu_after").get(t));
    }
    assertThat(ledger.summary().spentNanos()).isEqualTo(expected.get("final_spent_nanos").asLong());
    assertThat(ledger.summary().reservedNanos())
        .isEqualTo(expected.get("final_reserved_nanos").asLong());
    golden.same("final mu", dual.multiplier(), expected.get("final_mu"));
  }

  @Test
  void followsBudgetAndHorizonAsTheyChange() {
    GoldenCase golden = GoldenCase.read("budget-and-horizon-changes");
    JsonNode expected = golden.expected();
    Ledger ledger = new Ledger(Math.round(golden.parameter("budget", 0) * 1e9), null);
    DualVariable dual =
        new DualVariable(
            Euclidean.DEFAULT,
            new StepSize.Constant(golden.parameter("eta", 0)),
            golden.parameter("mu1", 0));
    BiddingRule rule = BiddingRule.of(Objective.PROFIT);
    int horizon = golden.parameters().get("T").asInt();
    int used = 0;
    boolean paused = false;
    double rho = golden.parameter("budget", 0) / horizon;
    for (int t = 0; t < golden.input().size(); t++) {
      JsonNode round = golden.input().get(t);
      JsonNode op = round.path("op");
      if (op.has("budget")) {
        ledger.setBudgets(Math.round(op.get("budget").asDouble() * 1e9), null);
      }
      if (op.has("horizon")) {
        horizon = op.get("horizon").asInt();
      }
      if (op.has("pause")) {
        paused = op.get("pause").asBoolean();
      }
      if (op.isObject()) {
        rho = used < horizon ? Money.units(ledger.available(0)) / (horizon - used) : 0;
      }
      golden.same("rho " + t, rho, expected.get("rho").get(t));
      double bid = 0;
      long cost = 0;
      if (!paused && used < horizon) {
        double v = round.get("value").asDouble();
        bid = Math.min(rule.bid(v, dual.multiplier()), Money.units(ledger.available(0)));
        if (v > 0 && bid > 0 && bid >= round.get("price").asDouble()) {
          cost = Math.round(round.get("price").asDouble() * 1e9);
          ledger.lease(0, cost);
          ledger.reserve(0, cost);
          ledger.settle(0, cost, cost);
        }
        used++;
        if (rho > 0) {
          dual.step(rho - Money.units(cost));
        }
      }
      golden.same("bid " + t, bid, expected.get("bid").get(t));
      assertThat(cost).isEqualTo(expected.get("cost_nanos").get(t).asLong());
      assertThat(ledger.available(0)).isEqualTo(expected.get("remaining_nanos").get(t).asLong());
      golden.same("mu " + t, dual.multiplier(), expected.get("mu_after").get(t));
    }
  }

  private static double[] weights(GoldenCase golden) {
    JsonNode node = golden.parameters().get("weights");
    double[] weights = new double[node.size()];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = node.get(i).asDouble();
    }
    return weights;
  }

  private static BiddingRule rule(GoldenCase golden) {
    return BiddingRule.of(
        golden.parameters().get("objective").asText().equals("value")
            ? Objective.VALUE
            : Objective.PROFIT);
  }

  private static MirrorMap map(GoldenCase golden) {
    double ceiling = golden.parameter("mu_max", MirrorMap.CEILING);
    double clip = golden.parameter("clip", MirrorMap.CLIP);
    return switch (golden.parameters().get("mirror").asText()) {
      case "euclidean" -> new Euclidean(ceiling);
      case "entropy" ->
          new Entropy(clip, golden.parameter("mu_min", MirrorMap.ENTROPY_FLOOR), ceiling);
      case "shifted-entropy" -> new ShiftedEntropy(golden.parameter("shift", 1), clip, ceiling);
      default -> throw new IllegalArgumentException(golden.parameters().toString());
    };
  }
}
