package io.dualbid.simulator.cases;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.dualbid.simulator.cases.CaseResult.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The cases of matching: each has a check, and the checks look at every value. */
class MatchingCasesTest {
  private static final Path CASES = Path.of("src/test/resources/cases/matching");
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path folder = Path.of("");

  private CaseResult run(JsonNode document) throws IOException {
    Files.writeString(folder.resolve("case.json"), document.toString());
    return CaseResult.ofFolder(folder).get(0);
  }

  @Test
  void hasACheckForEveryCase() throws IOException {
    try (Stream<Path> files = Files.list(CASES)) {
      List<String> unchecked = new ArrayList<>();
      for (Path file : files.toList()) {
        if (CaseForms.of(GoldenCase.read(file).form()) == null) {
          unchecked.add(file.toString());
        }
      }
      assertThat(unchecked).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "policies-weighted-unequal-p",
        "policies-delayed-feedback",
        "msvv-pay-per-click",
        "benchmarks-1",
        "pivotal-6",
        "bayesian-3",
        "bayesian-prophet-gap",
        "triangular-limit"
      })
  void seesEveryExpectedValueThatIsWrong(String name) throws IOException {
    JsonNode document = JSON.readTree(CASES.resolve(name + ".json").toFile());
    List<String> places = new ArrayList<>();
    collect(document.get("expected"), "/expected", places);
    assertThat(places).hasSizeGreaterThan(3);
    for (String place : places) {
      JsonNode wrong = document.deepCopy();
      spoil(wrong, place);
      CaseResult result = run(wrong);
      assertThat(result.status()).as(place).isEqualTo(Status.FAILED);
      assertThat(result.detail()).as(place).contains("expect");
    }
  }

  private static void collect(JsonNode node, String place, List<String> places) {
    if (node.isObject()) {
      for (var field : node.properties()) {
        collect(field.getValue(), place + "/" + field.getKey().replace("/", "~1"), places);
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
    String key = place.substring(slash + 1).replace("~1", "/");
    JsonNode value = document.at(place);
    JsonNode other =
        value.isTextual() || value.isNull()
            ? TextNode.valueOf("nobody")
            : value.isIntegralNumber()
                ? LongNode.valueOf(value.asLong() + 1)
                : DoubleNode.valueOf(value.asDouble() + 1e-3);
    if (parent instanceof ArrayNode array) {
      array.set(Integer.parseInt(key), other);
    } else {
      ((ObjectNode) parent).set(key, other);
    }
  }
}
