package io.dualbid.simulator.cases;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * What the core did, by the names that a case uses: columns with one entry for each round, and
 * totals. Comparing takes every name that the case expects, so nothing in a case goes unread, and
 * round after round, so the first difference told is the first that happened.
 */
final class Trace {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private final ObjectNode seen = JSON.objectNode();

  /** Appends to a column. */
  void add(String column, double value) {
    seen.withArrayProperty(column).add(value);
  }

  /** Appends to a column. */
  void add(String column, long value) {
    seen.withArrayProperty(column).add(value);
  }

  /** Appends to a column. */
  void add(String column, boolean value) {
    seen.withArrayProperty(column).add(value);
  }

  /** Appends a word to a column. */
  void add(String column, String value) {
    seen.withArrayProperty(column).add(value);
  }

  /** Appends that there is no value in this round. */
  void addNothing(String column) {
    seen.withArrayProperty(column).addNull();
  }

  /** Appends a row of numbers to a column. */
  void add(String column, double[] values) {
    ArrayNode row = seen.withArrayProperty(column).addArray();
    for (double value : values) {
      row.add(value);
    }
  }

  /** Appends a row of whole numbers to a column. */
  void add(String column, long[] values) {
    ArrayNode row = seen.withArrayProperty(column).addArray();
    for (long value : values) {
      row.add(value);
    }
  }

  /** Sets a total. */
  void put(String name, double value) {
    seen.put(name, value);
  }

  /** Sets a total. */
  void put(String name, long value) {
    seen.put(name, value);
  }

  /**
   * Compares with everything that a case expects.
   *
   * @param expected an object of columns and totals
   * @throws CaseMismatch at the first difference, at a name that the check doesn't know, and where
   *     nothing is expected
   */
  void compare(Comparison comparison, JsonNode expected) {
    if (!expected.isObject() || expected.isEmpty()) {
      throw new CaseMismatch("the case expects nothing that could be compared");
    }
    int rounds = 0;
    for (var entry : expected.properties()) {
      JsonNode actual = seen.path(entry.getKey());
      if (actual.isMissingNode()) {
        throw new CaseMismatch("the case expects '" + entry.getKey() + "', which is not computed");
      }
      if (actual.isArray()) {
        length(entry.getKey(), actual, entry.getValue());
        rounds = Math.max(rounds, actual.size());
      }
    }
    for (int t = 0; t < rounds; t++) {
      for (var entry : expected.properties()) {
        JsonNode column = seen.path(entry.getKey());
        if (column.isArray() && t < column.size()) {
          value(comparison, entry.getKey() + "[" + t + "]", column.get(t), entry.getValue().get(t));
        }
      }
    }
    for (var entry : expected.properties()) {
      JsonNode total = seen.path(entry.getKey());
      if (!total.isArray()) {
        value(comparison, entry.getKey(), total, entry.getValue());
      }
    }
  }

  private static void value(
      Comparison comparison, String what, JsonNode actual, JsonNode expected) {
    if (actual.isArray()) {
      length(what, actual, expected);
      for (int i = 0; i < actual.size(); i++) {
        value(comparison, what + "[" + i + "]", actual.get(i), expected.get(i));
      }
    } else if (actual.isNull()) {
      if (!expected.isNull()) {
        throw new CaseMismatch(what + ": no value, expected " + expected);
      }
    } else if (actual.isTextual()) {
      comparison.same(what, actual.asText(), expected);
    } else if (actual.isBoolean()) {
      comparison.same(what, actual.asBoolean(), expected);
    } else if (actual.isIntegralNumber()) {
      comparison.same(what, actual.asLong(), expected);
    } else {
      comparison.same(what, actual.asDouble(), expected);
    }
  }

  private static void length(String what, JsonNode actual, JsonNode expected) {
    if (expected.size() != actual.size() || !expected.isArray()) {
      throw new CaseMismatch(what + ": " + actual.size() + " values, expected " + expected.size());
    }
  }
}
