package io.dualbid.simulator.cases;

import com.fasterxml.jackson.databind.JsonNode;
import io.dualbid.core.dual.DualVariable;
import io.dualbid.core.dual.Entropy;
import io.dualbid.core.dual.Euclidean;
import io.dualbid.core.dual.MirrorMap;
import io.dualbid.core.dual.ShiftedEntropy;
import io.dualbid.core.dual.StepSize;
import io.dualbid.core.model.Campaign.Objective;
import java.util.ArrayList;
import java.util.List;

/**
 * Parameters that cases of several forms share, read into the core's types. What is missing or null
 * has the core's default. A parameter of a case with several resources is one number for all or a
 * list. The lowest multiplier mu_min belongs to the entropy map; the others reach 0.
 */
final class DualParameters {
  private DualParameters() {}

  /** The map called {@code name}, with the bounds, clip and shift of {@code parameters}. */
  static MirrorMap map(String name, JsonNode parameters) {
    return map(name, parameters, 0);
  }

  /** The dual variable of a case with one resource: its mirror, eta and mu1. */
  static DualVariable dual(JsonNode parameters) {
    return dual(parameters, 0);
  }

  /** The dual variables of a case with several resources. */
  static List<DualVariable> duals(JsonNode parameters, int resources) {
    List<DualVariable> duals = new ArrayList<>();
    for (int j = 0; j < resources; j++) {
      duals.add(dual(parameters, j));
    }
    return duals;
  }

  /** A number, entry {@code j} of a list of numbers, or {@code otherwise} where there is none. */
  static double number(JsonNode parameters, String key, int j, double otherwise) {
    JsonNode node = parameters.path(key);
    JsonNode one = node.isArray() ? node.path(j) : node;
    return one.isNumber() ? one.asDouble() : otherwise;
  }

  /** The numbers of a list; none where there is no list. */
  static double[] numbers(JsonNode list) {
    double[] numbers = new double[list.isArray() ? list.size() : 0];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = list.get(i).asDouble();
    }
    return numbers;
  }

  /** A word or the words of a list; {@code otherwise} where there are none. */
  static List<String> words(JsonNode node, String otherwise) {
    List<String> words = new ArrayList<>();
    for (JsonNode word : node) {
      words.add(word.asText());
    }
    if (words.isEmpty()) {
      words.add(node.isTextual() ? node.asText() : otherwise);
    }
    return words;
  }

  /** What a case's bidder maximises. */
  static Objective objective(GoldenCase golden) {
    String word = golden.word("objective", "utility");
    return switch (word) {
      case "utility" -> Objective.PROFIT;
      case "value" -> Objective.VALUE;
      default ->
          throw new CaseMismatch("found the objective '" + word + "'; accepted: utility, value");
    };
  }

  private static DualVariable dual(JsonNode parameters, int j) {
    MirrorMap map = map(parameters.path("mirror").asText("euclidean"), parameters, j);
    double eta = number(parameters, "eta", j, Double.NaN);
    if (Double.isNaN(eta)) {
      throw new CaseMismatch("found no number 'eta' among the parameters");
    }
    return new DualVariable(map, new StepSize.Constant(eta), number(parameters, "mu1", j, 0));
  }

  private static MirrorMap map(String name, JsonNode parameters, int j) {
    double ceiling = number(parameters, "mu_max", j, MirrorMap.CEILING);
    double clip = number(parameters, "clip", j, MirrorMap.CLIP);
    return switch (name) {
      case "euclidean" -> new Euclidean(ceiling);
      case "entropy" ->
          new Entropy(clip, number(parameters, "mu_min", j, MirrorMap.ENTROPY_FLOOR), ceiling);
      case "shifted-entropy" ->
          new ShiftedEntropy(
              number(parameters, "shift", j, ShiftedEntropy.DEFAULT.shift()), clip, ceiling);
      default ->
          throw new CaseMismatch(
              "found the mirror '" + name + "'; accepted: euclidean, entropy, shifted-entropy");
    };
  }
}
