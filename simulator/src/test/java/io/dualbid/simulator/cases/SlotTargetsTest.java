package io.dualbid.simulator.cases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SlotTargetsTest {
  private static SlotTargets targets(int slots, double... weights) {
    ObjectNode parameters = JsonNodeFactory.instance.objectNode().put("T", slots);
    if (weights.length > 0) {
      ArrayNode list = parameters.putArray("weights");
      for (double weight : weights) {
        list.add(weight);
      }
    }
    MissingNode none = MissingNode.getInstance();
    return SlotTargets.of(new GoldenCase("", "", parameters, none, none, none));
  }

  /** Up to a week of slots by a traffic profile, beyond it by a clock of traffic. */
  @ParameterizedTest
  @ValueSource(ints = {1, 7, 168, 169, 1_000})
  void sharesInProportionToTheWeights(int slots) {
    double[] weights = new double[slots];
    double sum = 0;
    for (int t = 0; t < slots; t++) {
      weights[t] = 1 + (t * 7) % 5;
      sum += weights[t];
    }
    SlotTargets targets = targets(slots, weights);
    double rest = sum;
    for (int t = 0; t < slots; t++) {
      assertThat(targets.ofAll(t)).isCloseTo(weights[t] / sum, within(1e-13));
      assertThat(targets.ofRest(t)).isCloseTo(weights[t] / rest, within(1e-11));
      rest -= weights[t];
    }
    assertThat(targets.ofAll(slots)).isZero();
    assertThat(targets.ofRest(slots)).isZero();
  }

  @Test
  void sharesEvenlyWithoutWeights() {
    SlotTargets targets = targets(1_000);
    assertThat(targets.ofAll(999)).isCloseTo(0.001, within(1e-15));
    assertThat(targets.ofRest(998)).isEqualTo(0.5);
  }

  @Test
  void refusesWeightsForAnotherNumberOfSlots() {
    assertThatThrownBy(() -> targets(3, 1, 2))
        .isInstanceOf(CaseMismatch.class)
        .hasMessage("found 2 weights for 3 slots");
  }
}
