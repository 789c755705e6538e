package io.dualbid.simulator.cases;

import com.fasterxml.jackson.databind.JsonNode;
import io.dualbid.core.matching.PivotalSampling;
import io.dualbid.simulator.matching.EveryOutcome;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Pivotal sampling: runs on given uniforms, and the whole law. */
final class PivotalCases {
  private PivotalCases() {}

  /** Runs and law. */
  static void pivotal(GoldenCase golden, Comparison comparison) {
    double[] p = DualParameters.numbers(golden.input().path("probabilities"));
    JsonNode uniforms = golden.input().path("uniforms");
    JsonNode runs = golden.expected().path("runs");
    comparison.length("runs", uniforms.size(), runs);
    int[] selected = new int[p.length];
    for (int k = 0; k < uniforms.size(); k++) {
      String what = "runs[" + k + "]";
      ListedChance chance = new ListedChance(uniforms.get(k));
      int count = PivotalSampling.select(p, p.length, chance, selected);
      comparison.same(
          what + ".selected",
          Arrays.stream(selected, 0, count).asLongStream().toArray(),
          runs.get(k).path("selected"));
      comparison.same(what + ".uniforms_used", chance.used(), runs.get(k).path("uniforms_used"));
    }
    Map<List<Integer>, Double> law = new TreeMap<>(PivotalCases::compare);
    EveryOutcome.forEach(
        chance -> {
          int count = PivotalSampling.select(p, p.length, chance, selected);
          law.merge(
              Arrays.stream(selected, 0, count).boxed().toList(),
              chance.probability(),
              Double::sum);
        });
    JsonNode expected = golden.expected().path("law");
    comparison.length("law", law.size(), expected);
    int k = 0;
    for (var set : law.entrySet()) {
      String what = "law[" + k + "]";
      comparison.same(
          what + ".set",
          set.getKey().stream().mapToLong(Integer::longValue).toArray(),
          expected.get(k).path("set"));
      comparison.same(what + ".probability", set.getValue(), expected.get(k).path("probability"));
      k++;
    }
  }

  private static int compare(List<Integer> one, List<Integer> other) {
    return Arrays.compare(
        one.stream().mapToInt(Integer::intValue).toArray(),
        other.stream().mapToInt(Integer::intValue).toArray());
  }
}
