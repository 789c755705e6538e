package io.dualbid.simulator.cases;

import com.fasterxml.jackson.databind.JsonNode;
import io.dualbid.core.matching.Arrival;
import io.dualbid.core.matching.BudgetBalance;
import io.dualbid.core.matching.DualMirrorDescent;
import io.dualbid.core.matching.KeyedPolicy;
import io.dualbid.core.matching.Matcher;
import io.dualbid.simulator.matching.Coins;
import io.dualbid.simulator.matching.ConfigurationLp;
import io.dualbid.simulator.matching.Feedback;
import io.dualbid.simulator.matching.MatchingBounds;
import io.dualbid.simulator.matching.MatchingInstance;
import io.dualbid.simulator.matching.MatchingPlay;
import io.dualbid.simulator.matching.MatchingPolicies;
import io.dualbid.simulator.matching.OnlineOptimum;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Matching with stochastic rewards: runs of policies on given coins, and what was possible. */
final class MatchingCases {
  private static final double DEFAULT_STEP = 0.1;

  private MatchingCases() {}

  /** Runs of policies, one block of expected values for each. */
  static void policies(GoldenCase golden, Comparison comparison) {
    List<String> ids = ids(golden);
    MatchingInstance instance = instance(golden, ids);
    int delay = golden.input().path("feedback_delay").asInt(0);
    for (var block : golden.expected().properties()) {
      KeyedPolicy policy = policy(golden, block.getKey(), ids, instance);
      List<@Nullable String> assignments = new ArrayList<>();
      List<@Nullable Boolean> successes = new ArrayList<>();
      Matcher matcher =
          MatchingPlay.play(
              instance,
              policy,
              coins(golden),
              Feedback.after(delay),
              (arrival, vertex, success, state) -> {
                assignments.add(vertex < 0 ? null : ids.get(vertex));
                successes.add(vertex < 0 ? null : success);
              });
      for (var value : block.getValue().properties()) {
        String what = block.getKey() + "." + value.getKey();
        JsonNode expected = value.getValue();
        switch (value.getKey()) {
          case "assignments" -> words(comparison, what, assignments, expected);
          case "success" -> flags(comparison, what, successes, expected);
          case "value" -> comparison.same(what, matcher.value(), expected);
          case "load" -> {
            // The cases tell the expected consumption, not its share of the capacity.
            for (int v = 0; v < ids.size(); v++) {
              comparison.same(
                  what + "." + ids.get(v),
                  matcher.view().expectedConsumption(v),
                  expected.path(ids.get(v)));
            }
          }
          case "multipliers" -> {
            if (!(policy instanceof DualMirrorDescent descent)) {
              throw new CaseMismatch(what + ": the policy has none");
            }
            for (int v = 0; v < ids.size(); v++) {
              comparison.same(
                  what + "." + ids.get(v), descent.multiplier(v), expected.path(ids.get(v)));
            }
          }
          default -> throw new CaseMismatch(what + ": expected, but nothing is known of it");
        }
      }
    }
  }

  /** Linear programs, the online optimum, and exact values of policies. */
  static void benchmarks(GoldenCase golden, Comparison comparison) {
    List<String> ids = ids(golden);
    MatchingInstance instance = instance(golden, ids);
    for (var value : golden.expected().properties()) {
      String what = value.getKey();
      switch (what) {
        case "matching_lp" ->
            comparison.same(what, MatchingBounds.matchingLp(instance).value(), value.getValue());
        case "configuration_lp" ->
            comparison.same(what, ConfigurationLp.solve(instance), value.getValue());
        case "online_optimum" ->
            comparison.same(what, OnlineOptimum.solve(instance), value.getValue());
        case "exact_policy_value" -> {
          for (var policy : value.getValue().properties()) {
            comparison.same(
                what + "." + policy.getKey(),
                MatchingPlay.expectedValue(
                    instance, () -> policy(golden, policy.getKey(), ids, instance)),
                policy.getValue());
          }
        }
        default -> throw new CaseMismatch(what + ": expected, but nothing is known of it");
      }
    }
  }

  /** Balance of budgets, whole prices only, charged on success. */
  static void adwords(GoldenCase golden, Comparison comparison) {
    List<String> ids = ids(golden);
    double[] weight = new double[ids.size()];
    // A success brings its price: money in nanos, so a unit of it is worth a billionth.
    Arrays.fill(weight, 1e-9);
    long[] budget = new long[ids.size()];
    for (int v = 0; v < budget.length; v++) {
      budget[v] = nanos(golden.input().path("offline").get(v).path("budget"));
    }
    Matcher matcher = new Matcher(new BudgetBalance(), weight, budget);
    List<@Nullable String> assignments = new ArrayList<>();
    Arrival arrival = new Arrival();
    long t = 0;
    for (JsonNode node : golden.input().path("arrivals")) {
      arrival.clear();
      for (int v = 0; v < budget.length; v++) {
        JsonNode bid = node.path("bids").path(ids.get(v));
        if (bid.isNumber()) {
          arrival.edge(v, node.path("edges").path(ids.get(v)).asDouble(1), nanos(bid));
        }
      }
      int vertex = matcher.decide(arrival, t, t);
      assignments.add(vertex < 0 ? null : ids.get(vertex));
      if (vertex >= 0) {
        double p = arrival.probability(arrival.edgeTo(vertex));
        matcher.outcome(t, node.path("coin").asDouble(0) < p);
      }
      t++;
    }
    long revenue = 0;
    for (int v = 0; v < budget.length; v++) {
      long spent = matcher.view().consumed(v);
      revenue += spent;
      comparison.same(
          "spent." + ids.get(v), spent / 1e9, golden.expected().path("spent").path(ids.get(v)));
    }
    words(comparison, "assignments", assignments, golden.expected().path("assignments"));
    comparison.same("revenue", revenue / 1e9, golden.expected().path("revenue"));
  }

  private static long nanos(JsonNode amount) {
    return amount.decimalValue().movePointRight(9).longValueExact();
  }

  private static List<String> ids(GoldenCase golden) {
    List<String> ids = new ArrayList<>();
    golden.input().path("offline").forEach(vertex -> ids.add(vertex.path("id").asText()));
    return ids;
  }

  private static MatchingInstance instance(GoldenCase golden, List<String> ids) {
    double[] weight = new double[ids.size()];
    long[] capacity = new long[ids.size()];
    for (int v = 0; v < weight.length; v++) {
      JsonNode vertex = golden.input().path("offline").get(v);
      weight[v] = vertex.path("weight").asDouble(1);
      capacity[v] = vertex.path("capacity").asLong(1);
    }
    MatchingInstance.Builder builder = new MatchingInstance.Builder(weight, capacity);
    for (JsonNode arrival : golden.input().path("arrivals")) {
      builder.arrival();
      for (int v = 0; v < weight.length; v++) {
        JsonNode edge = arrival.path("edges").path(ids.get(v));
        if (edge.isNumber()) {
          builder.edge(v, edge.asDouble());
        }
      }
    }
    return builder.build();
  }

  private static Coins coins(GoldenCase golden) {
    JsonNode arrivals = golden.input().path("arrivals");
    return (arrival, p) -> arrivals.get(arrival).path("coin").asDouble() < p;
  }

  private static KeyedPolicy policy(
      GoldenCase golden, String name, List<String> ids, MatchingInstance instance) {
    double[] ranks = new double[ids.size()];
    for (int v = 0; v < ranks.length; v++) {
      ranks[v] = golden.parameters().path("ranks").path(ids.get(v)).asDouble(0);
    }
    String whole =
        name.equals("stochastic-balance") ? name + "/" + golden.word("discount", "exp") : name;
    return MatchingPolicies.named(
        whole,
        ranks,
        instance.capacities(),
        instance.arrivals(),
        golden.number("eta", DEFAULT_STEP));
  }

  /** Words, or null where there is none. */
  static void words(
      Comparison comparison, String what, List<@Nullable String> actual, JsonNode expected) {
    comparison.length(what, actual.size(), expected);
    for (int i = 0; i < actual.size(); i++) {
      word(comparison, what + "[" + i + "]", actual.get(i), expected.get(i));
    }
  }

  /** A word, or null where there is none. */
  static void word(Comparison comparison, String what, @Nullable String actual, JsonNode expected) {
    if (actual != null) {
      comparison.same(what, actual, expected);
    } else if (!expected.isNull()) {
      throw new CaseMismatch(what + ": null, expected " + expected);
    }
  }

  private static void flags(
      Comparison comparison, String what, List<@Nullable Boolean> actual, JsonNode expected) {
    comparison.length(what, actual.size(), expected);
    for (int i = 0; i < actual.size(); i++) {
      Boolean flag = actual.get(i);
      if (flag != null) {
        comparison.same(what + "[" + i + "]", flag ? 1L : 0L, expected.get(i));
      } else if (!expected.get(i).isNull()) {
        throw new CaseMismatch(what + "[" + i + "]: null, expected " + expected.get(i));
      }
    }
  }
}
