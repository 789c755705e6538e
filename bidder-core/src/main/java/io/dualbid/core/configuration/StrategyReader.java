package io.dualbid.core.configuration;

import static io.dualbid.core.configuration.CampaignReader.constant;

import io.dualbid.core.model.Attribution;
import io.dualbid.core.model.Campaign.Mirror;
import io.dualbid.core.model.Campaign.Objective;
import io.dualbid.core.model.Money;
import io.dualbid.core.model.Strategy;
import io.dualbid.core.model.Strategy.AuctionType;
import io.dualbid.core.model.Strategy.Constraint;
import io.dualbid.core.model.Strategy.LinearPrice;
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
  private static final String BASE_BID = "base-bid-cpm";
  private static final String MEAN_RATE = "mean-click-rate";
  private static final String CLICK_COST = "cost-per-click";

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
    if (combines && constraint != Constraint.BOTH) {
      section.problem("method", "found a method that combines two constraints", "constraint: both");
    }
    if (method.isForBudgetAlone() && constraint != Constraint.BUDGET) {
      section.problem("method", "found a method for a budget alone", "constraint: budget");
    }
    double target = target(section, constraint);
    Step step = step(section.section("step"));
    Attribution attribution = attribution(section, constraint);
    requireUse(section, method);
    if (!section.isFaultless() || step == null || attribution == null) {
      return null;
    }
    LinearPrice linear = method.isLinear() ? section.make(() -> linear(section, method)) : null;
    if (method.isLinear() && linear == null) {
      return null;
    }
    return section.make(
        () ->
            new Strategy(
                objective,
                constraint,
                target,
                strict,
                method,
                mirror,
                step,
                start,
                auction,
                attribution,
                linear));
  }

  /** What lin and mcpc bid by; both must be there for the one that uses them, and only then. */
  private static void requireUse(Section section, Method method) {
    for (String key : List.of(BASE_BID, MEAN_RATE, CLICK_COST)) {
      Method own = key.equals(CLICK_COST) ? Method.MCPC : Method.LIN;
      if (method == own && !section.has(key)) {
        section.problem("method", "found no '" + key + "'", "a number '" + key + "' beside it");
      } else if (method != own && section.has(key)) {
        section.problem(
            key, "found a number without use", "'method: " + CampaignReader.label(own) + "'");
      }
    }
    if (method.isLinear() && section.has("start-multiplier")) {
      section.problem(
          "start-multiplier",
          "found a multiplier of a method that has none",
          "another method, or no start-multiplier");
    }
  }

  private static LinearPrice linear(Section section, Method method) {
    return method == Method.LIN
        ? new LinearPrice(Money.units(section.cpm(BASE_BID, 0)), section.number(MEAN_RATE, 1))
        : new LinearPrice(Money.units(section.money(CLICK_COST, 0)), 1);
  }

  private static @Nullable Attribution attribution(Section campaign, Constraint constraint) {
    if (!campaign.has("attribution")) {
      return Attribution.NONE;
    }
    Section section = campaign.section("attribution");
    boolean calibrated = section.bool("calibrate", true);
    if (calibrated && constraint == Constraint.BUDGET) {
      campaign.problem(
          "attribution",
          "found a return to calibrate without one",
          "constraint: ros or both beside it, or calibrate: false");
    }
    if (!section.has("window")) {
      campaign.problem(
          "attribution", "found no 'window'", "a duration 'window' in it, such as 24h");
      return null;
    }
    return section.make(() -> new Attribution(section.duration("window", 0), calibrated));
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
