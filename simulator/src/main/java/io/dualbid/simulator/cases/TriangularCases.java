package io.dualbid.simulator.cases;

import com.fasterxml.jackson.databind.JsonNode;
import io.dualbid.core.matching.Greedy;
import io.dualbid.core.matching.MatchingPolicy;
import io.dualbid.core.matching.Ranks;
import io.dualbid.simulator.matching.Coins;
import io.dualbid.simulator.matching.MatchingPlay;
import io.dualbid.simulator.matching.MatchingPolicies;
import io.dualbid.simulator.matching.TriangularLimit;
import io.dualbid.simulator.matching.UpperTriangular;
import java.util.stream.IntStream;

/** The upper-triangular family: exact values, and shares of the optimum within ranges. */
final class TriangularCases {
  private TriangularCases() {}

  /** Exact shares as probabilities vanish. */
  static void limit(GoldenCase golden, Comparison comparison) {
    JsonNode sizes = golden.input().path("n");
    double[] ratio = new double[sizes.size()];
    for (int k = 0; k < ratio.length; k++) {
      ratio[k] = TriangularLimit.ratio(sizes.get(k).asInt());
    }
    comparison.same("ratio", ratio, golden.expected().path("ratio"));
  }

  /** A policy on hidden orders, and greedy on the order that is worst for it. */
  static void statistics(GoldenCase golden, Comparison comparison) {
    int n = (int) golden.number("n");
    double p = golden.number("p");
    int copies = (int) golden.number("copies_per_group", Math.rint(1 / p));
    int seeds = (int) golden.number("seeds");
    String word = golden.word("policy", "stochastic-balance");
    String name = word.equals("stochastic-balance") ? word + "/exp" : word;
    UpperTriangular trap = UpperTriangular.trap(n, p, copies);
    comparison.same("lp_value", trap.matchingLp(), golden.input().path("lp_value"));
    double[] shares = new double[seeds];
    double sum = 0;
    double greedy = 0;
    for (int seed = 1; seed <= seeds; seed++) {
      UpperTriangular hidden = UpperTriangular.hidden(n, p, copies, seed);
      MatchingPolicy policy =
          MatchingPolicies.named(
              name, ranks(n, seed), hidden.capacities(), hidden.arrivals(), 1 / Math.sqrt(copies));
      shares[seed - 1] =
          MatchingPlay.play(hidden, policy, Coins.of(seed)).value() / hidden.matchingLp();
      sum += shares[seed - 1];
      greedy += MatchingPlay.play(trap, new Greedy(), Coins.of(seed)).value() / trap.matchingLp();
    }
    within("mean_ratio", sum / seeds, golden.expected().path("mean_ratio_range"));
    for (int k = 0; k < seeds; k++) {
      within("run[" + k + "]", shares[k], golden.expected().path("single_run_range"));
    }
    within(
        "greedy_latest_index_mean",
        greedy / seeds,
        golden.expected().path("greedy_latest_index_mean_range"));
  }

  private static double[] ranks(int n, long seed) {
    return Ranks.of(seed, IntStream.range(0, n).mapToObj(Integer::toString).toList());
  }

  private static void within(String what, double actual, JsonNode range) {
    if (!range.isArray() || range.size() != 2) {
      throw new CaseMismatch(what + ": " + actual + ", but the case expects no range");
    }
    if (actual < range.get(0).asDouble() || actual > range.get(1).asDouble()) {
      throw new CaseMismatch(what + ": " + actual + ", expected within " + range);
    }
  }
}
