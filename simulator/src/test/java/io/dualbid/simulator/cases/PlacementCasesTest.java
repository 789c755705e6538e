package io.dualbid.simulator.cases;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dualbid.simulator.cases.CaseResult.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The checks of position auctions look at every value that a case expects. */
class PlacementCasesTest {
  private static final Path CASES = Path.of("src/test/resources/cases/placement");
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path folder = Path.of("");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mnl-substitution",
        "mnl-random-6x5-k4",
        "mnl-revenue-uniform",
        "mnl-revenue-ironed",
        "cascade-attention",
        "cascade-deterministic-not-monotone",
        "ironing-two-bins"
      })
  void seesEveryExpectedValueThatIsWrong(String name) throws IOException {
    JsonNode document = JSON.readTree(CASES.resolve(name + ".json").toFile());
    List<String> places = new ArrayList<>();
    collect(document.get("expected"), "/expected", places);
    assertThat(places).hasSizeGreaterThan(3);
    for (String place : places) {
      // What a row or point is about; another one may well have the same results.
      if (place.endsWith("/bid_a") || place.endsWith("/v")) {
        continue;
      }
      JsonNode wrong = document.deepCopy();
      spoil(wrong, place);
      Files.writeString(folder.resolve("case.json"), wrong.toString());
      CaseResult result = CaseResult.ofFolder(folder).get(0);
      assertThat(result.status()).as(place).isEqualTo(Status.FAILED);
      assertThat(result.detail()).as(place).contains("expect");
    }
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
        value.isIntegralNumber()
            ? LongNode.valueOf(value.asLong() + 1)
            : DoubleNode.valueOf(value.asDouble() + 1e-2);
    if (parent instanceof ArrayNode array) {
      array.set(Integer.parseInt(key), other);
    } else {
      ((ObjectNode) parent).set(key, other);
    }
  }
}
