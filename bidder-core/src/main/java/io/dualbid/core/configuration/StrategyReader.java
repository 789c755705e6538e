package io.dualbid.core.configuration;

import static io.dualbid.core.configuration.CampaignReader.constant;

import io.dualbid.core.model.Campaign.Mirror;
import io.dualbid.core.model.Campaign.Objective;
import io.dualbid.core.model.Strategy;
import io.dualbid.core.model.Strategy.AuctionType;
import io.dualbid.core.model.Strategy.Constraint;
import io.dualbid.core.model.Strategy.Method;
import io.dualbid.core.model.Strategy.Step;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads how a campaign bids. A return on spend has several names; each is turned into the value
 * that a unit of spend must return: {@code target-ros} and {@code target-roas} say it, {@code
 * target-roi} adds the spend itself, {@code target-cpc} and {@code target-cpa} name the most that a
 * click or conversion may cost.
 */
final class StrategyReader {
  private static final List<String> TARGETS =
      List.of("target-ros", "target-roas", "target-roi", "target-cpc", "target-cpa");

  private StrategyReader() {}

  /** The strategy of a campaign, or null where the document's problems tell why not. */
  static @Nullable Strategy read(Section section) {
    Objective objective =
        section.choice("objective", Objective.VALUE, label -> Objective.valueOf(constant(label)));
    Mirror mirror =
        section.choice("mirror", Mirror.ENTROPY, label -> Mirror.valueOf(constant(label)));
    Constraint constraint =
        section.choice(
            "constraint", Constraint.BUDGET, label -> Constraint.valueOf(constant(label)));
    Method method = section.choice("method", Method.DUAL, label -> Method.valueOf(constant(label)));
    AuctionType auction =
        section.choice(
            "auction", AuctionType.AS_REQUESTED, label -> AuctionType.valueOf(constant(label)));
    double start = section.number("start-multiplier", 1.0);
    if (start == 0 && (objective == Objective.VALUE || mirror == Mirror.ENTROPY)) {
      section.problem(
          "start-multiplier",
          "found 0",
          "more than 0 (0 only with objective: profit and a mirror other than entropy)");
    }
    boolean strict = section.bool("strict", false);
    if (strict && constraint == Constraint.BUDGET) {
      section.problem(
          "strict", "found a return to keep strictly without one", "constraint: ros or both");
    }
    boolean combines = method == Method.MIN || method == Method.SEQUENTIAL;
    boolean single = method == Method.PID || method == Method.THROTTLING || method == Method.FIXED;
    if (combines && constraint != Constraint.BOTH) {
      section.problem("method", "found a method that combines two constraints", "constraint: both");
    }
    if (single && constraint != Constraint.BUDGET) {
      section.problem("method", "found a method for a budget alone", "constraint: budget");
    }
    double target = target(section, constraint);
    Step step = step(section.section("step"));
    if (!section.isFaultless() || step == null) {
      return null;
    }
    return section.make(
        () ->
            new Strategy(
                objective, constraint, target, strict, method, mirror, step, start, auction));
  }

  private static double target(Section section, Constraint constraint) {
    List<String> given = TARGETS.stream().filter(section::has).toList();
    if (constraint == Constraint.BUDGET) {
      given.forEach(
          key ->
              section.problem(
                  key, "found a target without use", "constraint: ros or both beside it"));
      return 1;
    }
    if (given.size() != 1) {
      section.problem(
          given.isEmpty() ? "constraint" : given.get(1),
          "found " + (given.isEmpty() ? "no target" : "a second target"),
          "one of " + String.join(", ", TARGETS));
      return 1;
    }
    double number = section.number(given.get(0), 1);
    double value = section.number("value-per-click", 1);
    return switch (given.get(0)) {
      case "target-roi" -> 1 + number;
      case "target-cpc" -> value / number;
      case "target-cpa" -> {
        if (!section.has("conversion-rate")) {
          section.problem(
              "target-cpa",
              "found no 'conversion-rate'",
              "a number 'conversion-rate' beside it: conversions of a click");
        }
        yield value / (number * section.number("conversion-rate", 1));
      }
      default -> number;
    };
  }

  private static @Nullable Step step(Section section) {
    Step.Kind kind =
        section.choice("kind", Step.Kind.ADAPTIVE, label -> Step.Kind.valueOf(constant(label)));
    double size = section.number("size", Step.DEFAULT_SIZE);
    if (kind != Step.Kind.ADAPTIVE && !section.has("size")) {
      section.problem("kind", "found no 'size'", "a size above 0 beside it");
      return null;
    }
    return section.make(() -> new Step(kind, size));
  }
}
