package io.dualbid.simulator.cli;

import io.dualbid.core.model.Money;
import io.dualbid.simulator.whatif.Curve.Question;
import io.dualbid.simulator.whatif.Grid;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What is asked: a range of budgets, as multiples of today's or as amounts, or one of targets.
 *
 * @param question what changes
 * @param from the first budget or target
 * @param to the last one
 * @param multiples whether budgets are multiples of today's
 * @param target the target for the return that is kept all the time; 0 for none
 * @param points how many points, at least 2
 */
record WhatIfOptions(
    Question question, double from, double to, boolean multiples, double target, int points) {
  private static final int MOST_POINTS = 1_000;
  private static final Pattern RANGE =
      Pattern.compile("(x?)([0-9]+(?:\\.[0-9]+)?)\\.\\.(x?)([0-9]+(?:\\.[0-9]+)?)");

  /** Reads the options. */
  static WhatIfOptions of(@Nullable String budget, @Nullable String target, int points) {
    if (points < 2 || points > MOST_POINTS) {
      throw new WrongInput("--points: found " + points + "; accepted: 2 to " + MOST_POINTS);
    }
    boolean ofTarget = target != null && target.contains("..");
    if (budget == null && !ofTarget) {
      throw new WrongInput("found no question; accepted: --budget x0.5..x2 or --target-ros 1..3");
    }
    if (budget != null && ofTarget) {
      throw new WrongInput(
          "found two questions; accepted: --budget x0.5..x2 (with one --target-ros to keep), or"
              + " --target-ros 1..3 (with --budget-fraction)");
    }
    if (budget == null) {
      double[] range = range("--target-ros", String.valueOf(target), false);
      return new WhatIfOptions(Question.TARGET_ROS, range[0], range[1], false, 0, points);
    }
    boolean multiples = budget.startsWith("x");
    double[] range = range("--budget", budget, multiples);
    double kept = target == null ? 0 : number(target);
    return new WhatIfOptions(Question.BUDGET, range[0], range[1], multiples, kept, points);
  }

  private static double number(String target) {
    try {
      return WorldOptions.positive("--target-ros", Double.parseDouble(target));
    } catch (NumberFormatException e) {
      throw new WrongInput(
          "--target-ros: found '" + target + "'; accepted: a number, or a range such as 1..3", e);
    }
  }

  private static double[] range(String option, String text, boolean multiples) {
    Matcher matcher = RANGE.matcher(text);
    boolean alike =
        matcher.matches()
            && matcher.group(1).equals(matcher.group(3))
            && (multiples || matcher.group(1).isEmpty());
    double from = alike ? Double.parseDouble(matcher.group(2)) : 0;
    double to = alike ? Double.parseDouble(matcher.group(4)) : 0;
    if (!(from > 0) || !(to > from)) {
      throw new WrongInput(
          option
              + ": found '"
              + text
              + "'; accepted: two numbers above 0, the lower one first, such as "
              + (option.equals("--budget")
                  ? "x0.5..x2 (multiples) or 100..400 (amounts)"
                  : "1..3"));
    }
    return new double[] {from, to};
  }

  /** The budgets to play, with today's among them where it lies between the others. */
  double[] budgets(double base) {
    double unit = multiples ? base : 1;
    if (!(unit > 0)) {
      throw new WrongInput(
          "--budget: found multiples of nothing; accepted: a campaign with a budget, or"
              + " --budget-fraction");
    }
    double[] budgets = Grid.of(from * unit, to * unit, points, base);
    // Money has nanos: what is played is what is told.
    for (int i = 0; i < budgets.length; i++) {
      budgets[i] = Money.units(Money.floorNanos(budgets[i]));
    }
    return budgets;
  }

  /** The targets to play. */
  double[] targets() {
    return Grid.of(from, to, points, from);
  }

  /** How many points there are. */
  int count(double base) {
    return question == Question.BUDGET ? budgets(base).length : points;
  }
}
