package io.dualbid.simulator.cases;

import com.fasterxml.jackson.databind.JsonNode;
import io.dualbid.core.placement.fit.ClickWeights;
import io.dualbid.core.placement.fit.Cosine;
import io.dualbid.core.placement.text.Content;
import io.dualbid.core.placement.text.Granularity;

/** From text to click weights. */
final class TextCases {
  private TextCases() {}

  /** Where ads may stand. */
  static void insertionPoints(GoldenCase golden, Comparison comparison) {
    Content content = Content.parse(golden.input().path("content").asText());
    JsonNode expected = golden.expected();
    for (Granularity granularity : Granularity.values()) {
      String label = granularity.label();
      if (expected.has(label)) {
        comparison.same(label, offsets(content, granularity, 0), expected.path(label));
      }
      for (JsonNode gap : golden.parameters().path("min_gap")) {
        String name = label + "_min_gap_" + gap.asInt();
        if (expected.has(name)) {
          comparison.same(name, offsets(content, granularity, gap.asInt()), expected.path(name));
        }
      }
    }
  }

  private static long[] offsets(Content content, Granularity granularity, int minGap) {
    return content.points(granularity, minGap).stream()
        .mapToLong(point -> point.offset())
        .toArray();
  }

  /** Cosines of given embeddings, and what they weigh. */
  static void clickWeights(GoldenCase golden, Comparison comparison) {
    ClickWeights weights =
        new ClickWeights(
            golden.number("alpha"),
            golden.number("beta"),
            golden.number("decay"),
            golden.number("floor"));
    JsonNode contexts = golden.input().path("context_embeddings");
    JsonNode creatives = golden.input().path("creative_embeddings");
    JsonNode expected = golden.expected();
    comparison.length("cosine", creatives.size(), expected.path("cosine"));
    comparison.length("click_weight", creatives.size(), expected.path("click_weight"));
    for (int i = 0; i < creatives.size(); i++) {
      double[] cosine = new double[contexts.size()];
      double[] weight = new double[contexts.size()];
      for (int j = 0; j < cosine.length; j++) {
        cosine[j] =
            Cosine.of(
                DualParameters.numbers(contexts.get(j)), DualParameters.numbers(creatives.get(i)));
        weight[j] = weights.weight(cosine[j], j);
      }
      comparison.same("cosine[" + i + "]", cosine, expected.path("cosine").get(i));
      comparison.same("click_weight[" + i + "]", weight, expected.path("click_weight").get(i));
    }
  }
}
