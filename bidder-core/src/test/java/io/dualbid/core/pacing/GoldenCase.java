package io.dualbid.core.pacing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** A golden case of an independent reference: parameters, input, expected, tolerance. */
record GoldenCase(
    String name, JsonNode parameters, JsonNode input, JsonNode expected, double tolerance) {
  private static final ObjectMapper JSON = new ObjectMapper();

  static GoldenCase read(String name) {
    try (InputStream in = GoldenCase.class.getResourceAsStream("/cases/pacing/" + name + ".json")) {
      JsonNode node = JSON.readTree(in);
      return new GoldenCase(
          name,
          node.get("parameters"),
          node.get("input"),
          node.get("expected"),
          node.get("tolerance").asDouble());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  double parameter(String key, double otherwise) {
    JsonNode node = parameters.path(key);
    return node.isNumber() ? node.asDouble() : otherwise;
  }

  /** Compares as the cases prescribe: |actual - expected| ≤ tolerance · max(1, |expected|). */
  void same(String what, double actual, JsonNode expectedNode) {
    double wanted = expectedNode.asDouble();
    assertThat(Math.abs(actual - wanted))
        .as("%s: %s: %s instead of %s", name, what, actual, wanted)
        .isLessThanOrEqualTo(tolerance * Math.max(1, Math.abs(wanted)));
  }
}
