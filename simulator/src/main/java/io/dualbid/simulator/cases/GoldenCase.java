package io.dualbid.simulator.cases;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A case of an independent reference.
 *
 * @param name what to call it
 * @param form which check can read it
 * @param parameters what holds for all of it
 * @param input one entry for each round
 * @param expected what the reference found
 * @param tolerance the number of the case, an object where each value has its own, or missing
 */
record GoldenCase(
    String name,
    String form,
    JsonNode parameters,
    JsonNode input,
    JsonNode expected,
    JsonNode tolerance) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * Reads a file.
   *
   * @throws IOException if it can't be read as a case; the message names file, place and remedy
   */
  static GoldenCase read(Path file) throws IOException {
    JsonNode node;
    try {
      node = JSON.readTree(Files.readString(file));
    } catch (JsonProcessingException e) {
      var at = e.getLocation();
      throw new IOException(
          file
              + ":"
              + (at == null ? 1 : at.getLineNr())
              + ":"
              + (at == null ? 1 : at.getColumnNr())
              + ": found no JSON ("
              + e.getOriginalMessage()
              + "); accepted: a golden case",
          e);
    }
    for (String key : new String[] {"name", "form", "expected"}) {
      if (!node.has(key)) {
        throw new IOException(
            file
                + ":1:1: found no '"
                + key
                + "'; accepted: an object with name, form, parameters, input, expected, tolerance");
      }
    }
    return new GoldenCase(
        node.get("name").asText(),
        node.get("form").asText(),
        node.path("parameters"),
        node.path("input"),
        node.get("expected"),
        node.path("tolerance"));
  }

  /** A number among the parameters. */
  double number(String key) {
    JsonNode node = parameters.path(key);
    if (!node.isNumber()) {
      throw new CaseMismatch("found no number '" + key + "' among the parameters");
    }
    return node.asDouble();
  }

  /** A number among the parameters, or another where it is missing. */
  double number(String key, double otherwise) {
    JsonNode node = parameters.path(key);
    return node.isNumber() ? node.asDouble() : otherwise;
  }

  /** A word among the parameters, or another where it is missing. */
  String word(String key, String otherwise) {
    JsonNode node = parameters.path(key);
    return node.isTextual() ? node.asText() : otherwise;
  }
}
