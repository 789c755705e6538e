package io.dualbid.simulator.cli;

import io.dualbid.core.model.Money;
import java.math.BigDecimal;

/** Amounts, fractions and ranges as options write them. */
final class OptionTexts {
  private OptionTexts() {}

  /** Two whole numbers {@code A..B}, 0 or more, in order. */
  static long[] range(String option, String text) {
    int dots = text.indexOf("..");
    try {
      long from = Long.parseLong(text.substring(0, Math.max(0, dots)));
      long to = Long.parseLong(text.substring(dots + 2));
      if (from >= 0 && from <= to) {
        return new long[] {from, to};
      }
    } catch (NumberFormatException e) {
      throw new WrongInput(option + ": found '" + text + "'; accepted: two whole numbers A..B", e);
    }
    throw new WrongInput(option + ": found '" + text + "'; accepted: A..B with 0 <= A <= B");
  }

  /** An amount as {@code --budget} names it, in nanos. */
  static long amount(String text) {
    try {
      BigDecimal amount = new BigDecimal(text);
      if (amount.signum() >= 0) {
        return Money.parse(amount.toPlainString());
      }
    } catch (NumberFormatException e) {
      throw new WrongInput(
          "--budget: found '" + text + "'; accepted: an amount such as 1250.50", e);
    }
    throw new WrongInput("--budget: found " + text + "; accepted: 0 or more");
  }

  /** A budget fraction as a number. */
  static double fraction(String text) {
    try {
      int slash = text.indexOf('/');
      double value =
          slash < 0
              ? Double.parseDouble(text)
              : Double.parseDouble(text.substring(0, slash))
                  / Double.parseDouble(text.substring(slash + 1));
      if (value > 0 && value <= 1e6) {
        return value;
      }
    } catch (NumberFormatException e) {
      throw new WrongInput(
          "--budget-fraction: found '" + text + "'; accepted: a number such as 0.25 or 1/16", e);
    }
    throw new WrongInput("--budget-fraction: found '" + text + "'; accepted: more than 0");
  }
}
