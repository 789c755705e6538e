package io.dualbid.simulator.cases;

import com.fasterxml.jackson.databind.JsonNode;
import io.dualbid.core.matching.BayesianInstance;
import io.dualbid.core.matching.BayesianMatching;
import io.dualbid.simulator.matching.BayesianLp;
import io.dualbid.simulator.matching.BayesianOptimum;
import io.dualbid.simulator.matching.BayesianValue;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Bayesian matching: benchmarks, and the policy given a solution of its program. */
final class BayesianCases {
  private BayesianCases() {}

  /** Every value that a case expects. */
  static void bayesian(GoldenCase golden, Comparison comparison) {
    List<String> ids = new ArrayList<>();
    JsonNode json = golden.input().path("instance");
    json.path("offline").forEach(node -> ids.add(node.asText()));
    BayesianInstance instance = instance(json, ids);
    for (var value : golden.expected().properties()) {
      String what = value.getKey();
      JsonNode expected = value.getValue();
      switch (what) {
        case "online_lp" -> comparison.same(what, BayesianLp.online(instance).value(), expected);
        case "offline_lp" -> comparison.same(what, BayesianLp.offline(instance).value(), expected);
        case "online_optimum" -> comparison.same(what, BayesianOptimum.online(instance), expected);
        case "prophet_value" -> comparison.same(what, BayesianOptimum.prophet(instance), expected);
        case "expected_value_given_x" ->
            comparison.same(
                what,
                BayesianValue.exact(
                    instance, new BayesianMatching(instance, x(golden, instance, ids), false)),
                expected);
        case "run", "run_recycling" ->
            run(
                what,
                golden,
                comparison,
                ids,
                instance,
                new BayesianMatching(
                    instance, x(golden, instance, ids), what.equals("run_recycling")));
        default -> throw new CaseMismatch(what + ": expected, but nothing is known of it");
      }
    }
  }

  private static void run(
      String what,
      GoldenCase golden,
      Comparison comparison,
      List<String> ids,
      BayesianInstance instance,
      BayesianMatching matching) {
    JsonNode draws = golden.input().path("draws");
    JsonNode rounds = golden.expected().path(what).path("rounds");
    comparison.length(what + ".rounds", draws.size(), rounds);
    double sum = 0;
    for (int t = 0; t < draws.size(); t++) {
      String place = what + ".rounds[" + t + "]";
      JsonNode draw = draws.get(t).path("type");
      int type =
          draw.isIntegralNumber() && draw.asInt() >= 0 ? instance.firstType(t) + draw.asInt() : -1;
      ListedChance chance = new ListedChance(draws.get(t).path("uniforms"));
      int node = matching.arrive(type, chance);
      List<@Nullable String> proposers = new ArrayList<>();
      List<@Nullable String> discarded = new ArrayList<>();
      for (int k = 0; k < matching.proposers(); k++) {
        proposers.add(ids.get(matching.proposer(k)));
        if (k > 0) {
          discarded.add(ids.get(matching.proposer(k)));
        }
      }
      if (node >= 0) {
        sum += instance.weight(instance.edge(type, node));
      }
      MatchingCases.word(
          comparison,
          place + ".match",
          node < 0 ? null : ids.get(node),
          rounds.get(t).path("match"));
      MatchingCases.words(
          comparison, place + ".proposers", proposers, rounds.get(t).path("proposers"));
      MatchingCases.words(
          comparison, place + ".discarded", discarded, rounds.get(t).path("discarded"));
      // Where nobody comes there is nothing to draw, and the cases say nothing of it.
      if (type >= 0) {
        comparison.same(
            place + ".uniforms_used", chance.used(), rounds.get(t).path("uniforms_used"));
      }
    }
    comparison.same(what + ".value", sum, golden.expected().path(what).path("value"));
  }

  private static BayesianInstance instance(JsonNode json, List<String> ids) {
    BayesianInstance.Builder builder = new BayesianInstance.Builder(ids.size());
    for (JsonNode round : json.path("rounds")) {
      builder.round();
      for (JsonNode type : round) {
        builder.type(type.path("p").asDouble());
        for (int i = 0; i < ids.size(); i++) {
          JsonNode weight = type.path("weights").path(ids.get(i));
          if (weight.isNumber()) {
            builder.weight(i, weight.asDouble());
          }
        }
      }
    }
    return builder.build();
  }

  private static double[] x(GoldenCase golden, BayesianInstance instance, List<String> ids) {
    double[] x = new double[instance.edges()];
    for (JsonNode entry : golden.input().path("x")) {
      int type = instance.firstType(entry.path("round").asInt()) + entry.path("type").asInt();
      int edge = instance.edge(type, ids.indexOf(entry.path("offline").asText()));
      if (edge < 0) {
        throw new CaseMismatch("x has an edge that the instance hasn't: " + entry);
      }
      x[edge] = entry.path("x").asDouble();
    }
    return x;
  }
}
