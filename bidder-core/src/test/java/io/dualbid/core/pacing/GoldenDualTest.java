package io.dualbid.core.pacing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dualbid.core.dual.DualVariable;
import io.dualbid.core.dual.Entropy;
import io.dualbid.core.dual.Euclidean;
import io.dualbid.core.dual.MirrorMap;
import io.dualbid.core.dual.ShiftedEntropy;
import io.dualbid.core.dual.StepSize;
import io.dualbid.core.model.Hash;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Single steps, step sizes, catching up and random draws against the golden cases. */
class GoldenDualTest {
  @Test
  void stepsByEveryMirrorMap() {
    GoldenCase golden = GoldenCase.read("mirror-steps");
    for (int i = 0; i < golden.input().size(); i++) {
      JsonNode step = golden.input().get(i);
      JsonNode parameters = step.get("parameters");
      double move = parameters.get("eta").asDouble() * step.get("g").asDouble();
      double after =
          map(step.get("mirror").asText(), parameters).step(step.get("mu").asDouble(), move);
      golden.same("step " + i, after, golden.expected().get("mu_after").get(i));
    }
  }

  @Test
  void sizesStepsBySchedule() {
    GoldenCase golden = GoldenCase.read("step-sizes");
    double c = golden.parameter("c", 0);
    Map<String, StepSize> schedules =
        Map.of(
            "constant", new StepSize.Constant(c),
            "inverse-sqrt", new StepSize.InverseRoot(c),
            "adagrad", new StepSize.Adaptive(c, golden.parameter("t0", 0)));
    for (Map.Entry<String, StepSize> schedule : schedules.entrySet()) {
      double squares = 0;
      for (int t = 0; t < golden.input().size(); t++) {
        double g = golden.input().get(t).asDouble();
        squares += g * g;
        golden.same(
            schedule.getKey() + " " + t,
            schedule.getValue().at(t + 1, squares),
            golden.expected().get(schedule.getKey()).get(t));
      }
    }
  }

  @Test
  void catchesUpOverIdleSlotsInOneStep() {
    GoldenCase golden = GoldenCase.read("lazy-catch-up");
    double mu = golden.parameter("mu", 0);
    StepSize eta = new StepSize.Constant(golden.parameter("eta", 0));
    JsonNode rho = golden.parameters().get("rho");
    double sum = 0;
    double squares = 0;
    for (JsonNode idle : rho) {
      sum += idle.asDouble();
      squares += idle.asDouble() * idle.asDouble();
    }
    for (String name : new String[] {"euclidean", "entropy", "shifted-entropy"}) {
      MirrorMap map = map(name, golden.parameters());
      DualVariable slotBySlot = new DualVariable(map, eta, mu);
      for (JsonNode idle : rho) {
        slotBySlot.step(idle.asDouble());
      }
      DualVariable atOnce = new DualVariable(map, eta, mu);
      atOnce.advance(sum, squares, rho.size(), 0, Double.POSITIVE_INFINITY);
      JsonNode last = golden.expected().get(name).get(rho.size() - 1);
      golden.same(name + " slot by slot", slotBySlot.multiplier(), last);
      golden.same(name + " at once", atOnce.multiplier(), last);
      assertThat(atOnce.slots()).isEqualTo(slotBySlot.slots());
    }
  }

  @Test
  void drawsTheNumbersOfSplitmix64() {
    GoldenCase golden = GoldenCase.read("splitmix64");
    long state = golden.parameters().get("seed").asLong();
    for (int i = 0; i < golden.expected().get("longs_unsigned").size(); i++) {
      state += Hash.GOLDEN_GAMMA;
      long z = Hash.mix(state);
      assertThat(Long.toUnsignedString(z))
          .isEqualTo(golden.expected().get("longs_unsigned").get(i).asText());
      assertThat(Hash.unit(z)).isEqualTo(golden.expected().get("doubles").get(i).asDouble());
    }
  }

  private static MirrorMap map(String name, JsonNode parameters) {
    double ceiling = parameters.path("mu_max").asDouble(MirrorMap.CEILING);
    double clip = parameters.path("clip").asDouble(MirrorMap.CLIP);
    return switch (name) {
      case "euclidean" -> new Euclidean(ceiling);
      case "entropy" ->
          new Entropy(clip, parameters.path("mu_min").asDouble(MirrorMap.ENTROPY_FLOOR), ceiling);
      case "shifted-entropy" ->
          new ShiftedEntropy(parameters.path("shift").asDouble(1), clip, ceiling);
      default -> throw new IllegalArgumentException(name);
    };
  }
}
