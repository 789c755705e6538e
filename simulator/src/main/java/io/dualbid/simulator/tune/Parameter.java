package io.dualbid.simulator.tune;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;

/** What may take several values, each of which has a place between 0 and 1. */
public sealed interface Parameter {
  /** Its name. */
  String name();

  /**
   * The value at a place.
   *
   * @param place at least 0, below 1
   */
  String at(double place);

  /** The middle of the places at which a value stands; a value that it may take. */
  double place(String value);

  /** How many values it may take; 0 for any number of them. */
  int count();

  /**
   * One of a list, where neighbours have nothing in common.
   *
   * @param values at least one, each once
   */
  record Choice(String name, List<String> values) implements Parameter {
    public Choice {
      values = List.copyOf(values);
      if (values.isEmpty()) {
        throw new IllegalArgumentException("a parameter needs a value: " + name);
      }
    }

    @Override
    public String at(double place) {
      return values.get((int) (place * values.size()));
    }

    @Override
    public double place(String value) {
      return (values.indexOf(value) + 0.5) / values.size();
    }

    @Override
    public int count() {
      return values.size();
    }
  }

  /**
   * A number between two others, rounded to three digits so that it can be read and written.
   *
   * @param from the least
   * @param to the greatest, above it
   * @param logarithmic whether equal factors, not equal steps, are equally likely; then both are
   *     above 0
   */
  record Range(String name, double from, double to, boolean logarithmic) implements Parameter {
    private static final MathContext DIGITS = new MathContext(3);

    public Range {
      if (!(from < to) || Double.isInfinite(to - from) || (logarithmic && !(from > 0))) {
        throw new IllegalArgumentException(
            "a range needs two finite numbers, the lower one first"
                + (logarithmic ? ", above 0" : "")
                + ": "
                + from
                + ".."
                + to);
      }
    }

    @Override
    public String at(double place) {
      double number = logarithmic ? from * Math.pow(to / from, place) : from + place * (to - from);
      double within =
          Math.min(to, Math.max(from, new BigDecimal(number).round(DIGITS).doubleValue()));
      return BigDecimal.valueOf(within).stripTrailingZeros().toPlainString();
    }

    @Override
    public double place(String value) {
      double number = Double.parseDouble(value);
      double place =
          logarithmic
              ? Math.log(number / from) / Math.log(to / from)
              : (number - from) / (to - from);
      return Math.min(Math.nextDown(1.0), Math.max(0, place));
    }

    @Override
    public int count() {
      return 0;
    }
  }
}
