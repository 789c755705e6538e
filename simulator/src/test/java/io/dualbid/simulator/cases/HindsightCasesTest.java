package io.dualbid.simulator.cases;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
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

class HindsightCasesTest {
  private static final Path CASES = Path.of("src", "test", "resources", "cases", "pacing");
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path folder = Path.of("");

  private CaseResult run(JsonNode golden) throws IOException {
    Files.writeString(folder.resolve("case.json"), golden.toString());
    return CaseResult.ofFolder(folder).get(0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"one-campaign", "ties", "ros-budget", "global"})
  void reproducesTheReference(String name) throws IOException {
    CaseResult result = run(read(name));
    assertThat(result.detail()).isEmpty();
    assertThat(result.status()).isEqualTo(Status.PASSED);
  }

  /** Whatever number of the expectation is changed, the case fails: none goes uncompared. */
  @ParameterizedTest
  @ValueSource(strings = {"one-campaign", "ties", "ros-budget", "global"})
  void comparesEveryValue(String name) throws IOException {
    int changed = 0;
    int places = numbers(read(name).get("expected")).size();
    for (int place = 0; place < places; place++) {
      JsonNode golden = read(name);
      Place number = numbers(golden.get("expected")).get(place);
      number.change();
      CaseResult result = run(golden);
      assertThat(result.status()).as("%s changed", number.path).isEqualTo(Status.FAILED);
      changed++;
    }
    assertThat(changed).isGreaterThan(5);
  }

  @Test
  void failsOnAnExpectationThatNothingComputes() throws IOException {
    ObjectNode golden = read("ties");
    ((ObjectNode) golden.get("expected")).put("weather", 3);
    CaseResult result = run(golden);
    assertThat(result.status()).isEqualTo(Status.FAILED);
    assertThat(result.detail()).contains("weather");
  }

  /** With room for everything the duals are 0; where two campaigns are one, they are not unique. */
  @Test
  void acceptsOtherDualsOnlyWhereTheyProveTheOptimumToo() throws IOException {
    ObjectNode golden = read("global");
    golden.withObject("/parameters").putArray("capacity").add(1).add(1);
    ArrayNode input = golden.putArray("input");
    for (int t = 1; t <= 3; t++) {
      ObjectNode round = input.addObject();
      round.putArray("reward").add(t).add(t);
      round.putArray("cost").add(1).add(1);
    }
    // The two best of 1, 2, 3, at any one price from 1 to 2.
    ObjectNode expected = golden.putObject("expected");
    expected.put("value", 5);
    expected.putArray("campaign_duals").add(1.25).add(1.25);
    expected.put("dual_bound_at_duals", 5);
    expected.putObject("dual_bound_at").put("bound", 6).putArray("mu").add(0).add(0);
    assertThat(run(golden).detail()).isEmpty();
    expected.putArray("campaign_duals").add(2.5).add(2.5);
    expected.put("dual_bound_at_duals", 5.5);
    assertThat(run(golden).detail()).contains("campaign_duals");
  }

  private static ObjectNode read(String name) throws IOException {
    return (ObjectNode) JSON.readTree(CASES.resolve("hindsight-" + name + ".json").toFile());
  }

  /** A number in a document, and how to change it. */
  private record Place(String path, double value, Setter setter) {
    void change() {
      setter.set(DoubleNode.valueOf(value + 1e-3 * Math.max(1, Math.abs(value))));
    }
  }

  private interface Setter {
    void set(JsonNode node);
  }

  private static List<Place> numbers(JsonNode root) {
    List<Place> numbers = new ArrayList<>();
    collect("", root, numbers);
    return numbers;
  }

  private static void collect(String path, JsonNode node, List<Place> numbers) {
    if (node instanceof ObjectNode object) {
      for (var entry : object.properties()) {
        child(
            path + "/" + entry.getKey(),
            entry.getValue(),
            other -> object.set(entry.getKey(), other),
            numbers);
      }
    } else if (node instanceof ArrayNode array) {
      for (int i = 0; i < array.size(); i++) {
        int index = i;
        child(path + "/" + i, array.get(i), other -> array.set(index, other), numbers);
      }
    }
  }

  private static void child(String path, JsonNode node, Setter setter, List<Place> numbers) {
    if (node.isNumber()) {
      numbers.add(new Place(path, node.asDouble(), setter));
    } else {
      collect(path, node, numbers);
    }
  }
}
