package io.dualbid.simulator.cases;

import com.fasterxml.jackson.databind.JsonNode;
import io.dualbid.simulator.hindsight.AllocationLp;
import io.dualbid.simulator.hindsight.AllocationOptimum;
import io.dualbid.simulator.hindsight.AllocationProblem;
import io.dualbid.simulator.hindsight.Episodes;
import io.dualbid.simulator.hindsight.FixedMultipliers;
import io.dualbid.simulator.hindsight.FixedMultipliers.Outcome;
import io.dualbid.simulator.hindsight.FixedMultipliers.Rules;
import io.dualbid.simulator.hindsight.Knapsack;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;

/**
 * Optima with hindsight. Each check goes through what the case expects, key by key, so that a value
 * without a comparison is a failure and not overlooked.
 */
final class HindsightCases {
  private HindsightCases() {}

  /** One budget, for value and for utility; per episode; the best fixed multiplier. */
  static void oneCampaign(GoldenCase golden, Comparison comparison) {
    double[] value = column(golden, "value");
    double[] price = column(golden, "price");
    double budget = golden.number("budget");
    for (Map.Entry<String, JsonNode> expected : golden.expected().properties()) {
      JsonNode wanted = expected.getValue();
      switch (expected.getKey()) {
        case "value_maximiser" ->
            same("value_maximiser", Knapsack.solve(value, price, budget), wanted, comparison);
        case "utility_maximiser" -> {
          double[] utility = value.clone();
          Arrays.setAll(utility, i -> value[i] - price[i]);
          same("utility_maximiser", Knapsack.solve(utility, price, budget), wanted, comparison);
        }
        case "per_episode_values" ->
            comparison.same(
                "per_episode_values",
                Episodes.solve(
                        value,
                        price,
                        (int) golden.number("episode"),
                        golden.number("episode_budget"))
                    .values(),
                wanted);
        case "best_fixed_multiplier" -> {
          Outcome best = new FixedMultipliers(value, price, Rules.of(budget)).best();
          each(
              "best_fixed_multiplier",
              wanted,
              (what, key, node) -> {
                switch (key) {
                  case "multiplier" -> comparison.same(what, best.multiplier(), node);
                  case "value" -> comparison.same(what, best.gain(), node);
                  default -> throw unknown(what);
                }
              });
        }
        default -> requireNote(expected.getKey(), wanted);
      }
    }
  }

  /** Equal ratios: which of them are taken, and what a fixed multiplier can't have. */
  static void ties(GoldenCase golden, Comparison comparison) {
    double[] value = column(golden, "value");
    double[] price = column(golden, "price");
    double budget = golden.number("budget");
    Knapsack solved = Knapsack.solve(value, price, budget);
    Outcome best = new FixedMultipliers(value, price, Rules.of(budget)).best();
    each(
        "",
        golden.expected(),
        (what, key, node) -> {
          switch (key) {
            case "best_fixed_multiplier" -> comparison.same(what, best.multiplier(), node);
            case "best_fixed_value" -> comparison.same(what, best.gain(), node);
            default -> same(what, key, solved, node, comparison);
          }
        });
  }

  /** Return on spend, with and without a budget: a block for each pair of them. */
  static void rosBudget(GoldenCase golden, Comparison comparison) {
    double[] value = column(golden, "value");
    double[] price = column(golden, "price");
    for (Map.Entry<String, JsonNode> block : golden.expected().properties()) {
      JsonNode wanted = block.getValue();
      if (!wanted.isObject()) {
        requireNote(block.getKey(), wanted);
        continue;
      }
      JsonNode budget = wanted.path("budget");
      Knapsack solved =
          Knapsack.solve(
              value,
              price,
              wanted.path("tau").asDouble(Double.NaN),
              budget.isNumber() ? budget.asDouble() : Double.POSITIVE_INFINITY);
      same(block.getKey(), solved, wanted, comparison);
    }
  }

  /** Several campaigns on one stream: the linear program, its prices, and what prices prove. */
  static void global(GoldenCase golden, Comparison comparison) {
    AllocationProblem problem = problem(golden);
    AllocationOptimum optimum = AllocationLp.solve(problem);
    JsonNode expected = golden.expected();
    double[] duals = numbers("campaign_duals", expected.path("campaign_duals"));
    comparison.same("bound", optimum.bound(), expected.path("value"));
    for (Map.Entry<String, JsonNode> entry : expected.properties()) {
      JsonNode wanted = entry.getValue();
      switch (entry.getKey()) {
        case "value" -> comparison.same("value", optimum.value(), wanted);
        case "campaign_duals" -> sameDuals(problem, optimum, duals, wanted, comparison);
        case "dual_bound_at_duals" ->
            comparison.same("dual_bound_at_duals", problem.dualBound(duals), wanted);
        case "dual_bound_at" ->
            comparison.same(
                "dual_bound_at",
                problem.dualBound(numbers("dual_bound_at.mu", wanted.path("mu"))),
                wanted.path("bound"));
        default -> requireNote(entry.getKey(), wanted);
      }
    }
  }

  /**
   * Prices of a degenerate program are not unique. Other prices than ours are right exactly if they
   * prove the optimum too; if the optimum has only one set of prices, none but ours do.
   */
  private static void sameDuals(
      AllocationProblem problem,
      AllocationOptimum optimum,
      double[] duals,
      JsonNode wanted,
      Comparison comparison) {
    try {
      comparison.same("campaign_duals", optimum.prices(), wanted);
    } catch (CaseMismatch other) {
      double gap = problem.dualBound(duals) - optimum.value();
      if (!(Math.abs(gap) <= 1e-9 * Math.max(1, optimum.value()))) {
        throw other;
      }
    }
  }

  private static AllocationProblem problem(GoldenCase golden) {
    double[] capacity = numbers("capacity", golden.parameters().path("capacity"));
    AllocationProblem.Builder builder = new AllocationProblem.Builder();
    for (int k = 0; k < capacity.length; k++) {
      builder.row(Integer.toString(k), capacity[k]);
    }
    for (JsonNode round : golden.input()) {
      double[] reward = numbers("reward", round.path("reward"));
      double[] cost = numbers("cost", round.path("cost"));
      builder.arrival();
      for (int k = 0; k < capacity.length; k++) {
        builder.option(reward[k]).takes(k, cost[k]);
      }
    }
    return builder.build();
  }

  private interface Check {
    void check(String what, String key, JsonNode wanted);
  }

  private static void each(String prefix, JsonNode block, Check check) {
    for (Map.Entry<String, JsonNode> entry : block.properties()) {
      String key = entry.getKey();
      check.check(prefix.isEmpty() ? key : prefix + "." + key, key, entry.getValue());
    }
  }

  private static void same(String name, Knapsack solved, JsonNode block, Comparison comparison) {
    each(name, block, (what, key, node) -> same(what, key, solved, node, comparison));
  }

  private static void same(
      String what, String key, Knapsack solved, JsonNode wanted, Comparison comparison) {
    switch (key) {
      case "value", "utility" -> comparison.same(what, solved.value(), wanted);
      case "mu" -> comparison.same(what, solved.shadowPrice(), wanted);
      case "lam" -> comparison.same(what, solved.returnPrice(), wanted);
      case "x" -> comparison.same(what, solved.taken(), wanted);
      case "binding" -> {
        String binding = solved.binding().name().toLowerCase(Locale.ROOT);
        if (!(wanted.isNull() && solved.binding() == Knapsack.Binding.NONE)) {
          comparison.same(what, binding, wanted);
        }
      }
      // What the block was solved with, not what came of it.
      case "budget", "tau" -> {}
      default -> requireNote(what, wanted);
    }
  }

  private static void requireNote(String what, JsonNode wanted) {
    if (!what.endsWith("note") || !wanted.isTextual()) {
      throw unknown(what);
    }
  }

  private static CaseMismatch unknown(String what) {
    return new CaseMismatch(what + ": expected by the case, but nothing computes it");
  }

  private static double[] column(GoldenCase golden, String key) {
    double[] column = new double[golden.input().size()];
    for (int i = 0; i < column.length; i++) {
      column[i] = number("input[" + i + "]." + key, golden.input().get(i).path(key));
    }
    return column;
  }

  private static double[] numbers(String what, JsonNode list) {
    double[] numbers = new double[list.size()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = number(what + "[" + i + "]", list.get(i));
    }
    return numbers;
  }

  private static double number(String what, JsonNode node) {
    if (!node.isNumber()) {
      throw new CaseMismatch(what + ": found no number");
    }
    return node.asDouble();
  }
}
