package io.dualbid.simulator.cases;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dualbid.simulator.cases.CaseResult.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The cases of the baselines, and that their checks look at every value. */
class BaselineCasesTest {
  private static final Path CASES = Path.of("src/test/resources/cases/pacing");
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path folder = Path.of("");

  private CaseResult run(JsonNode document) throws IOException {
    Files.writeString(folder.resolve("case.json"), document.toString());
    return CaseResult.ofFolder(folder).get(0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"pid-pacing", "throttling", "lin-mcpc", "rlb-dp"})
  void agreesWithTheReference(String name) throws IOException {
    JsonNode document = JSON.readTree(CASES.resolve(name + ".json").toFile());
    assertThat(run(document))
        .isEqualTo(new CaseResult(name, document.get("form").asText(), Status.PASSED, ""));
  }

  @ParameterizedTest
  @ValueSource(strings = {"pid-pacing", "throttling", "lin-mcpc", "rlb-dp"})
  void seesEveryExpectedValueThatIsWrong(String name) throws IOException {
    JsonNode document = JSON.readTree(CASES.resolve(name + ".json").toFile());
    List<String> places = new ArrayList<>();
    collect(document.get("expected"), "/expected", places);
    assertThat(places).hasSizeGreaterThan(15);
    for (String place : places) {
      JsonNode wrong = document.deepCopy();
      spoil(wrong, place);
      CaseResult result = run(wrong);
      assertThat(result.status()).as(place).isEqualTo(Status.FAILED);
      assertThat(result.detail()).as(place).contains("expected ");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"pid-pacing", "throttling", "lin-mcpc", "rlb-dp"})
  void seesExpectedValuesThatAreMissing(String name) throws IOException {
    JsonNode document = JSON.readTree(CASES.resolve(name + ".json").toFile());
    List<String> arrays = new ArrayList<>();
    for (var field : document.get("expected").properties()) {
      if (field.getValue().isArray()) {
        arrays.add(field.getKey());
      }
    }
    assertThat(arrays).isNotEmpty();
    for (String key : arrays) {
      JsonNode shorter = document.deepCopy();
      ArrayNode array = (ArrayNode) shorter.get("expected").get(key);
      array.remove(array.size() - 1);
      assertThat(run(shorter).status()).as(key).isEqualTo(Status.FAILED);
    }
  }

  @Test
  void bidsNothingAfterTheLastRound() throws IOException {
    JsonNode document =
        JSON.readTree(
            """
            {"name": "short", "form": "pid-pacing", "tolerance": 1e-12,
             "parameters": {"T": 2, "budget": 2, "base": 0.5, "kp": 4, "ki": 0, "kd": 0,
               "interval": 9, "phi_max": 1},
             "input": [{"value": 0.8, "price": 0.3}, {"value": 0.8, "price": 0.4},
               {"value": 0.8, "price": 0.1}],
             "expected": {"phi": [0.0, 0.0, 0.0], "bid": [0.4, 0.4, 0.0],
               "win": [true, true, false], "cost_nanos": [300000000, 400000000, 0],
               "remaining_nanos": [1700000000, 1300000000, 1300000000]}}
            """);
    assertThat(run(document)).isEqualTo(new CaseResult("short", "pid-pacing", Status.PASSED, ""));
  }

  private static void collect(JsonNode node, String place, List<String> places) {
    if (node.isObject()) {
      for (var field : node.properties()) {
        collect(field.getValue(), place + "/" + field.getKey(), places);
      }
    } else if (node.isArray()) {
      for (int i = 0; i < node.size(); i++) {
        collect(node.get(i), place + "/" + i, places);
      }
    } else {
      places.add(place);
    }
  }

  private static void spoil(JsonNode document, String place) {
    int slash = place.lastIndexOf('/');
    JsonNode parent = document.at(place.substring(0, slash));
    String key = place.substring(slash + 1);
    JsonNode value = document.at(place);
    JsonNode other =
        value.isBoolean()
            ? BooleanNode.valueOf(!value.asBoolean())
            : value.isIntegralNumber()
                ? LongNode.valueOf(value.asLong() + 1)
                : DoubleNode.valueOf(value.asDouble() + 1e-9);
    if (parent instanceof ArrayNode array) {
      array.set(Integer.parseInt(key), other);
    } else {
      ((ObjectNode) parent).set(key, other);
    }
  }
}
