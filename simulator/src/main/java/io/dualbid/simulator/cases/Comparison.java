package io.dualbid.simulator.cases;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * Compares as the cases prescribe: doubles by {@code |actual - expected| ≤ tolerance · max(1,
 * |expected|)}, whole numbers, words and truth values exactly. The first difference ends the check
 * with {@link CaseMismatch}.
 */
final class Comparison {
  private final double tolerance;

  Comparison(GoldenCase golden) {
    tolerance = golden.tolerance().asDouble(0);
  }

  Comparison(double tolerance) {
    this.tolerance = tolerance;
  }

  /**
   * A double against a value of the case.
   *
   * @param what names the value, such as {@code "bid[3]"}
   */
  void same(String what, double actual, JsonNode expected) {
    if (!expected.isNumber()) {
      throw missing(what, Double.toString(actual), expected);
    }
    double wanted = expected.asDouble();
    boolean close =
        actual == wanted || Math.abs(actual - wanted) <= tolerance * Math.max(1, Math.abs(wanted));
    if (!close) {
      throw differs(what, Double.toString(actual), expected.asText());
    }
  }

  /** Doubles, one after the other. */
  void same(String what, double[] actual, JsonNode expected) {
    length(what, actual.length, expected);
    for (int i = 0; i < actual.length; i++) {
      same(what + "[" + i + "]", actual[i], expected.get(i));
    }
  }

  /** A whole number, exactly. */
  void same(String what, long actual, JsonNode expected) {
    if (!expected.isIntegralNumber()) {
      throw missing(what, Long.toString(actual), expected);
    }
    if (expected.asLong() != actual) {
      throw differs(what, Long.toString(actual), expected.asText());
    }
  }

  /** Whole numbers, one after the other. */
  void same(String what, long[] actual, JsonNode expected) {
    length(what, actual.length, expected);
    for (int i = 0; i < actual.length; i++) {
      same(what + "[" + i + "]", actual[i], expected.get(i));
    }
  }

  /** A truth value. */
  void same(String what, boolean actual, JsonNode expected) {
    if (!expected.isBoolean()) {
      throw missing(what, Boolean.toString(actual), expected);
    }
    if (expected.asBoolean() != actual) {
      throw differs(what, Boolean.toString(actual), expected.asText());
    }
  }

  /** Truth values, one after the other. */
  void same(String what, boolean[] actual, JsonNode expected) {
    length(what, actual.length, expected);
    for (int i = 0; i < actual.length; i++) {
      same(what + "[" + i + "]", actual[i], expected.get(i));
    }
  }

  /** A word. */
  void same(String what, String actual, JsonNode expected) {
    if (!expected.isTextual()) {
      throw missing(what, actual, expected);
    }
    if (!expected.asText().equals(actual)) {
      throw differs(what, actual, expected.asText());
    }
  }

  /** Number of entries of an array. */
  void length(String what, int actual, JsonNode expected) {
    if (!expected.isArray() || expected.size() != actual) {
      throw new CaseMismatch(
          what + ": " + actual + " values, expected " + (expected.isArray() ? expected.size() : 0));
    }
  }

  private static CaseMismatch differs(String what, String actual, String expected) {
    return new CaseMismatch(what + ": " + actual + ", expected " + expected);
  }

  private static CaseMismatch missing(String what, String actual, JsonNode expected) {
    return new CaseMismatch(
        what
            + ": "
            + actual
            + ", but the case expects "
            + (expected.isMissingNode() ? "nothing there" : expected));
  }
}
