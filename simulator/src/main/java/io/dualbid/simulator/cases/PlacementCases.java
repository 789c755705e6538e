package io.dualbid.simulator.cases;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dualbid.core.configuration.ConfigurationException;
import io.dualbid.core.placement.Ad;
import io.dualbid.core.placement.CascadeMethod;
import io.dualbid.core.placement.Clicks;
import io.dualbid.core.placement.Objective;
import io.dualbid.core.placement.Placed;
import io.dualbid.core.placement.PlacementAuction;
import io.dualbid.core.placement.PlacementInstance;
import io.dualbid.core.placement.PlacementResult;
import io.dualbid.core.placement.Step;
import io.dualbid.core.placement.value.Histogram;
import io.dualbid.core.placement.value.ValueDistribution;
import io.dualbid.simulator.placement.PlacementReader;
import io.dualbid.simulator.placement.ValueLaws;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** Position auctions: allocations, clicks and prices for both kinds of readers. */
final class PlacementCases {
  private PlacementCases() {}

  /** An auction for MNL readers, for welfare or revenue. */
  static void mnl(GoldenCase golden, Comparison comparison) {
    boolean revenue = golden.word("objective", "welfare").equals("revenue");
    PlacementInstance instance = instance(golden.input(), "mnl");
    PlacementResult result =
        PlacementAuction.run(instance, revenue ? Objective.REVENUE : Objective.WELFARE);
    JsonNode expected = golden.expected();
    for (var value : expected.properties()) {
      String what = value.getKey();
      switch (what) {
        case "welfare", "virtual_welfare" ->
            comparison.same(what, result.value(), value.getValue());
        case "optimal_outcomes" -> anyOf(result, value.getValue(), comparison);
        case "virtual_values" ->
            laws(
                comparison, what, instance, value.getValue(), ad -> law(ad).virtualValue(ad.bid()));
        case "reserves" ->
            laws(comparison, what, instance, value.getValue(), ad -> law(ad).reserve());
        case "click_curve_steps" -> steps(comparison, result, value.getValue());
        case "ironed_intervals" -> ironed(comparison, instance, value.getValue());
        default -> outcome(comparison, "", what, result, value.getValue());
      }
    }
  }

  /** All rules for a cascade reader. */
  static void cascade(GoldenCase golden, Comparison comparison) {
    PlacementInstance instance = instance(golden.input(), "cascade");
    PlacementResult exact =
        PlacementAuction.run(instance, Objective.WELFARE, CascadeMethod.OPTIMUM);
    PlacementResult lottery =
        PlacementAuction.run(instance, Objective.WELFARE, CascadeMethod.LOTTERY);
    for (var value : golden.expected().properties()) {
      String what = value.getKey();
      JsonNode expected = value.getValue();
      switch (what) {
        case "exact" -> block(comparison, what, exact, expected);
        case "lottery" -> block(comparison, what, lottery, expected);
        case "at_most_two_ads" -> {
          ObjectNode two = golden.input().deepCopy();
          two.set("max_ads", IntNode.valueOf(Math.min(2, two.path("max_ads").asInt(2))));
          block(
              comparison,
              what,
              PlacementAuction.run(
                  instance(two, "cascade"), Objective.WELFARE, CascadeMethod.OPTIMUM),
              expected);
        }
        case "deterministic_welfare_of_lottery_support" ->
            comparison.same(what, welfareOfAll(instance, lottery), expected);
        case "ratio_lottery_to_exact" ->
            comparison.same(what, lottery.value() / exact.value(), expected);
        default -> throw new CaseMismatch(what + ": expected, but nothing is known of it");
      }
    }
  }

  /** What showing all of a lottery's ads does to the clicks of one that bids more. */
  static void deterministic(GoldenCase golden, Comparison comparison) {
    JsonNode rows = golden.expected().path("rows");
    for (int r = 0; r < rows.size(); r++) {
      String place = "rows[" + r + "].";
      JsonNode row = rows.get(r);
      if (!row.path("bid_a").isNumber()) {
        throw new CaseMismatch(place + "bid_a: the case must expect a number");
      }
      ObjectNode input = golden.input().deepCopy();
      for (JsonNode ad : input.path("advertisers")) {
        if (ad.path("id").asText().equals("a")) {
          ((ObjectNode) ad).set("bid", row.path("bid_a"));
        }
      }
      PlacementInstance instance = instance(input, "cascade");
      PlacementResult lottery =
          PlacementAuction.run(instance, Objective.WELFARE, CascadeMethod.LOTTERY);
      outcome(comparison, place, "allocation", lottery, row.path("allocation"));
      comparison.same(
          place + "lottery_click_a",
          byAd(lottery, Placed::clickProbability).getOrDefault("a", 0.0),
          row.path("lottery_click_a"));
      comparison.same(
          place + "deterministic_click_a",
          Clicks.of(instance, positions(lottery)).getOrDefault("a", 0.0),
          row.path("deterministic_click_a"));
    }
  }

  /** A law of values, its ironed interval, reserve, and virtual values. */
  static void ironing(GoldenCase golden, Comparison comparison) {
    ValueDistribution law;
    try {
      law = ValueLaws.read(golden.name(), golden.input().toString());
    } catch (IllegalArgumentException e) {
      throw new CaseMismatch("the input can't be read: " + e.getMessage());
    }
    for (var value : golden.expected().properties()) {
      String what = value.getKey();
      JsonNode expected = value.getValue();
      switch (what) {
        case "reserve" -> comparison.same(what, law.reserve(), expected);
        case "ironed_interval" -> {
          Histogram.Ironed ironed = onlyIroned(law);
          comparison.same(what, new double[] {ironed.from(), ironed.to()}, expected);
        }
        case "ironed_virtual_value" -> comparison.same(what, onlyIroned(law).score(), expected);
        case "virtual_value" -> {
          for (int k = 0; k < expected.size(); k++) {
            JsonNode point = expected.get(k);
            if (!point.path("v").isNumber()) {
              throw new CaseMismatch(what + "[" + k + "].v: the case must expect a number");
            }
            comparison.same(
                what + "[" + k + "]",
                law.virtualValue(point.path("v").asDouble()),
                point.path("phi"));
          }
        }
        default -> throw new CaseMismatch(what + ": expected, but nothing is known of it");
      }
    }
  }

  private static PlacementInstance instance(JsonNode input, String model) {
    try {
      return PlacementReader.read("input", input.toString(), model);
    } catch (ConfigurationException e) {
      throw new CaseMismatch("the input can't be read: " + e.getMessage());
    }
  }

  private static double welfareOfAll(PlacementInstance instance, PlacementResult lottery) {
    Map<String, Double> bids = byAd(lottery, Placed::bid);
    double welfare = 0;
    for (var click : Clicks.of(instance, positions(lottery)).entrySet()) {
      welfare += click.getValue() * bids.getOrDefault(click.getKey(), 0.0);
    }
    return welfare;
  }

  private static Map<String, Integer> positions(PlacementResult result) {
    Map<String, Integer> positions = new LinkedHashMap<>();
    result.placed().forEach(p -> positions.put(p.ad(), p.position()));
    return positions;
  }

  private static Map<String, Double> byAd(
      PlacementResult result, ToDoubleFunction<Placed> quantity) {
    Map<String, Double> map = new LinkedHashMap<>();
    result.placed().forEach(p -> map.put(p.ad(), quantity.applyAsDouble(p)));
    return map;
  }

  /** Passes if one of the outcomes agrees; the first difference of the last is told otherwise. */
  private static void anyOf(PlacementResult result, JsonNode outcomes, Comparison comparison) {
    CaseMismatch last = new CaseMismatch("optimal_outcomes: the case expects none");
    for (JsonNode outcome : outcomes) {
      try {
        block(comparison, "optimal_outcomes", result, outcome);
        return;
      } catch (CaseMismatch e) {
        last = e;
      }
    }
    throw last;
  }

  private static void block(
      Comparison comparison, String place, PlacementResult result, JsonNode expected) {
    for (var value : expected.properties()) {
      outcome(comparison, place + ".", value.getKey(), result, value.getValue());
    }
  }

  private static void outcome(
      Comparison comparison, String place, String what, PlacementResult result, JsonNode expected) {
    String where = place + what;
    switch (what) {
      case "welfare" -> comparison.same(where, result.value(), expected);
      case "allocation" -> {
        sameAds(where, positions(result), expected);
        result
            .placed()
            .forEach(
                p -> comparison.same(where + "." + p.ad(), p.position(), expected.path(p.ad())));
      }
      case "click_probability" ->
          numbers(comparison, where, byAd(result, Placed::clickProbability), expected);
      case "payment_per_impression" ->
          numbers(comparison, where, byAd(result, Placed::expectedPayment), expected);
      case "price_per_click" ->
          numbers(comparison, where, byAd(result, Placed::pricePerClick), expected);
      case "show_probability" ->
          numbers(comparison, where, byAd(result, Placed::showProbability), expected);
      default -> throw new CaseMismatch(where + ": expected, but nothing is known of it");
    }
  }

  private static void numbers(
      Comparison comparison, String where, Map<String, Double> actual, JsonNode expected) {
    sameAds(where, actual, expected);
    actual.forEach((ad, x) -> comparison.same(where + "." + ad, x, expected.path(ad)));
  }

  private static void sameAds(String where, Map<String, ?> actual, JsonNode expected) {
    List<String> wanted = new ArrayList<>();
    expected.fieldNames().forEachRemaining(wanted::add);
    if (wanted.size() != actual.size() || !actual.keySet().containsAll(wanted)) {
      throw new CaseMismatch(where + ": " + actual.keySet() + ", expected " + wanted);
    }
  }

  private static void laws(
      Comparison comparison,
      String where,
      PlacementInstance instance,
      JsonNode expected,
      ToDoubleFunction<Ad> quantity) {
    Map<String, Double> actual = new LinkedHashMap<>();
    instance.ads().forEach(ad -> actual.put(ad.id(), quantity.applyAsDouble(ad)));
    numbers(comparison, where, actual, expected);
  }

  private static ValueDistribution law(Ad ad) {
    ValueDistribution law = ad.valueDistribution();
    if (law == null) {
      throw new CaseMismatch(ad.id() + " has no value_distribution");
    }
    return law;
  }

  private static void steps(Comparison comparison, PlacementResult result, JsonNode expected) {
    Map<String, List<Step>> actual = new LinkedHashMap<>();
    result.placed().forEach(p -> actual.put(p.ad(), p.steps()));
    sameAds("click_curve_steps", actual, expected);
    actual.forEach(
        (ad, steps) -> {
          String where = "click_curve_steps." + ad;
          comparison.length(where, steps.size(), expected.path(ad));
          for (int k = 0; k < steps.size(); k++) {
            JsonNode step = expected.path(ad).get(k);
            String at = where + "[" + k + "].";
            comparison.same(at + "value", steps.get(k).value(), step.path("value"));
            comparison.same(at + "score", steps.get(k).score(), step.path("score"));
            comparison.same(at + "jump", steps.get(k).jump(), step.path("jump"));
          }
        });
  }

  private static void ironed(Comparison comparison, PlacementInstance instance, JsonNode expected) {
    Map<String, List<Histogram.Ironed>> actual = new LinkedHashMap<>();
    for (Ad ad : instance.ads()) {
      if (ad.valueDistribution() instanceof Histogram law && !law.ironed().isEmpty()) {
        actual.put(ad.id(), law.ironed());
      }
    }
    sameAds("ironed_intervals", actual, expected);
    actual.forEach(
        (ad, intervals) -> {
          String where = "ironed_intervals." + ad;
          comparison.length(where, intervals.size(), expected.path(ad));
          for (int k = 0; k < intervals.size(); k++) {
            Histogram.Ironed one = intervals.get(k);
            comparison.same(
                where + "[" + k + "]",
                new double[] {one.from(), one.to(), one.score()},
                expected.path(ad).get(k));
          }
        });
  }

  private static Histogram.Ironed onlyIroned(ValueDistribution law) {
    if (law instanceof Histogram histogram && histogram.ironed().size() == 1) {
      return histogram.ironed().get(0);
    }
    throw new CaseMismatch("ironed_interval: there is not exactly one, expected one");
  }
}
