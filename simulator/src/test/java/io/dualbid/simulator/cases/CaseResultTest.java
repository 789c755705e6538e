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
import org.junit.jupiter.params.provider.CsvSource;

class CaseResultTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path PACING = Path.of("src/test/resources/cases/pacing");

  @TempDir private Path folder = Path.of("");

  private static ObjectNode golden(String name) throws IOException {
    return (ObjectNode) JSON.readTree(Files.readString(PACING.resolve(name + ".json")));
  }

  private CaseResult run(JsonNode golden) throws IOException {
    Files.writeString(folder.resolve("case.json"), golden.toString());
    List<CaseResult> results = CaseResult.ofFolder(folder);
    assertThat(results).hasSize(1);
    return results.get(0);
  }

  @Test
  void passesTheCaseThatTheOthersHereAreMadeOf() throws IOException {
    assertThat(run(golden("dmd-euclidean-second-price")))
        .isEqualTo(
            new CaseResult("dmd-euclidean-second-price", "truthful-auction", Status.PASSED, ""));
  }

  @Test
  void namesTheFirstDifference() throws IOException {
    ObjectNode golden = golden("dmd-euclidean-second-price");
    ArrayNode mu = (ArrayNode) golden.at("/expected/mu_after");
    double right = mu.get(3).asDouble();
    mu.set(3, DoubleNode.valueOf(right + 1e-6));
    mu.set(7, DoubleNode.valueOf(-1));
    CaseResult result = run(golden);
    assertThat(result.status()).isEqualTo(Status.FAILED);
    assertThat(result.detail()).startsWith("mu_after[3]: ").contains("expected " + mu.get(3));
  }

  @Test
  void tellsTheDifferenceThatHappenedFirstNotTheOneThatIsListedFirst() throws IOException {
    ObjectNode golden = golden("dmd-euclidean-second-price");
    ((ArrayNode) golden.at("/expected/rho")).set(9, DoubleNode.valueOf(77));
    ((ArrayNode) golden.at("/expected/cost_nanos")).set(2, LongNode.valueOf(77));
    assertThat(run(golden).detail()).startsWith("cost_nanos[2]: ");
  }

  /** Whatever a case expects is compared: change any of it by a little and the case fails. */
  @Test
  void failsWhereAnyExpectedValueIsWrong() throws IOException {
    List<CaseResult> all = CaseResult.ofFolder(PACING);
    List<String> survivors = new ArrayList<>();
    int changes = 0;
    for (CaseResult result : all) {
      // Optima hold inputs among what they expect and have a test of their own; statistics play for
      // seconds.
      if (result.status() != Status.PASSED
          || result.form().startsWith("hindsight")
          || result.form().startsWith("statistics")) {
        continue;
      }
      ObjectNode golden = golden(result.name());
      for (Change change : changes(golden.get("expected"), "expected")) {
        change.apply();
        CaseResult changed = run(golden);
        if (changed.status() == Status.PASSED) {
          survivors.add(result.name() + ": " + change.path);
        }
        change.undo();
        changes++;
      }
    }
    assertThat(survivors).isEmpty();
    assertThat(changes).isGreaterThan(1_000);
  }

  @ParameterizedTest
  @CsvSource({
    "euclidean-utility/regret/mean",
    "entropy-value/ratio/min",
    "fpw-ros/lowest_slack/first_seed",
    "fpw-ros-budget/spend/max",
    "strict-warm-up/start/mean",
    "strict-guard/opt/mean",
  })
  void failsWhereAStatisticIsWrong(String path) throws IOException {
    ObjectNode golden = golden("statistics-iid-uniform");
    ObjectNode expected = (ObjectNode) golden.get("expected");
    expected.retain("1000");
    assertThat(run(golden).status()).isEqualTo(Status.PASSED);
    String moment = path.substring(path.lastIndexOf('/') + 1);
    ObjectNode figure =
        (ObjectNode) expected.at("/1000/" + path.substring(0, path.lastIndexOf('/')));
    figure.put(moment, figure.get(moment).asDouble() + 2e-3);
    assertThat(run(golden).status()).isEqualTo(Status.FAILED);
  }

  /** A parameter that made no difference would be one that the check doesn't read. */
  @ParameterizedTest
  @CsvSource({
    "allocation-two-resources-entropy, T, 23",
    "allocation-two-resources-entropy, mirror, shifted-entropy",
    "allocation-two-resources-entropy, eta, 0.4",
    "allocation-two-resources-entropy, mu1, 0.4",
    "allocation-two-resources-entropy, mu_min, 0.31",
    "allocation-two-resources-entropy, mu_max, 0.4",
    "allocation-two-resources-entropy, clip, 0.05",
    "allocation-two-resources-entropy, scale, 2",
    "allocation-two-resources-entropy, scale, rho",
    "network-revenue-management, gradient, realised",
    "network-revenue-management, mirror, entropy",
    "network-revenue-management, scale, rho",
    "proportional-matching-softmax, kappa, 0.3",
    "proportional-matching-softmax, gradient, realised",
    "proportional-matching-softmax, null_entropy, false",
    "assortment-mnl, w0, 2",
    "assortment-mnl, gradient, realised",
    "assortment-mnl, mu_max, 0.3",
    "dmd-entropy-second-price, T, 19",
    "dmd-entropy-second-price, budget, 3.1",
    "dmd-entropy-second-price, objective, value",
    "dmd-entropy-second-price, mirror, euclidean",
    "dmd-entropy-second-price, eta, 0.8",
    "dmd-entropy-second-price, mu1, 0.6",
    "dmd-entropy-second-price, mu_min, 0.5",
    "dmd-entropy-second-price, mu_max, 0.4",
    "dmd-entropy-second-price, clip, 0.01",
    "dmd-entropy-second-price, scale, 2",
    "dmd-entropy-second-price, scale, rho",
    "dmd-euclidean-second-price, mu_max, 0.1",
    "dmd-shifted-entropy-second-price, shift, 0.6",
    "dmd-shifted-entropy-second-price, clip, 0.01",
    "traffic-shaped, eta, 0.5",
    "delayed-feedback-reservations, delay, 2",
    "delayed-feedback-reservations, delay, 0",
    "delayed-feedback-reservations, mirror, entropy",
    "delayed-feedback-reservations, objective, value",
    "delayed-feedback-reservations, scale, 2",
    "delayed-feedback-reservations, mu_max, 0.2",
    "budget-and-horizon-changes, mirror, shifted-entropy",
    "budget-and-horizon-changes, objective, value",
    "budget-and-horizon-changes, scale, 2",
    "lazy-catch-up, shift, 0.6",
    "lazy-catch-up, mu_max, 0.83",
    "lazy-catch-up, mu_min, 0.85",
    "step-sizes, t0, 2",
    "step-sizes, c, 0.4",
  })
  void honoursEveryParameter(String name, String parameter, String other) throws IOException {
    ObjectNode golden = golden(name);
    ObjectNode parameters = (ObjectNode) golden.get("parameters");
    if (Character.isLetter(other.charAt(0))) {
      parameters.put(parameter, other);
    } else {
      parameters.put(parameter, Double.parseDouble(other));
    }
    assertThat(run(golden).status()).isEqualTo(Status.FAILED);
    assertThat(run(golden).detail()).contains(", expected ");
  }

  @Test
  void failsWhereTheCaseExpectsWhatIsNotComputed() throws IOException {
    ObjectNode golden = golden("dmd-euclidean-second-price");
    ((ObjectNode) golden.get("expected")).putArray("regret").add(0);
    assertThat(run(golden).detail()).contains("'regret'");
    golden.putObject("expected");
    assertThat(run(golden).status()).isEqualTo(Status.FAILED);
  }

  @Test
  void failsWhereAColumnHasAnotherLength() throws IOException {
    ObjectNode golden = golden("dmd-euclidean-second-price");
    ((ArrayNode) golden.at("/expected/bid")).remove(19);
    assertThat(run(golden).detail()).isEqualTo("bid: 20 values, expected 19");
  }

  @Test
  void failsWhereAParameterIsMissingOrUnknown() throws IOException {
    ObjectNode golden = golden("dmd-euclidean-second-price");
    ((ObjectNode) golden.get("parameters")).put("mirror", "quadratic");
    assertThat(run(golden).detail()).contains("'quadratic'", "accepted: euclidean, entropy");
    ((ObjectNode) golden.get("parameters")).put("mirror", "euclidean").remove("eta");
    assertThat(run(golden).detail()).contains("'eta'");
  }

  @Test
  void tellsAnUnknownForm() throws IOException {
    ObjectNode golden = golden("dmd-euclidean-second-price");
    golden.put("form", "third-price");
    CaseResult result = run(golden);
    assertThat(result.status()).isEqualTo(Status.UNKNOWN);
    assertThat(result.detail()).contains("'third-price'", "accepted:", "truthful-auction");
  }

  @Test
  void namesFileAndLineOfWhatItCannotRead() throws IOException {
    Path broken =
        Files.writeString(folder.resolve("broken.json"), "{\n  \"name\": \"a\",\n  \"form\" 3\n}");
    List<CaseResult> results = CaseResult.ofFolder(folder);
    assertThat(results).hasSize(1);
    assertThat(results.get(0).status()).isEqualTo(Status.FAILED);
    assertThat(results.get(0).detail()).startsWith(broken + ":3:").contains("accepted:");
    Files.writeString(broken, "{\"name\": \"a\", \"form\": \"splitmix64\"}");
    assertThat(CaseResult.ofFolder(folder).get(0).detail())
        .startsWith(broken + ":1:1: found no 'expected'");
    Files.writeString(broken, "");
    assertThat(CaseResult.ofFolder(folder).get(0).status()).isEqualTo(Status.FAILED);
  }

  @Test
  void readsCasesInTheOrderOfTheirPathsFromFoldersWithin() throws IOException {
    Files.createDirectories(folder.resolve("b"));
    Files.copy(PACING.resolve("splitmix64.json"), folder.resolve("b/1.json"));
    Files.copy(PACING.resolve("step-sizes.json"), folder.resolve("a.json"));
    Files.writeString(folder.resolve("notes.txt"), "not a case");
    assertThat(CaseResult.ofFolder(folder))
        .extracting(CaseResult::name)
        .containsExactly("step-sizes", "splitmix64");
  }

  /** One value somewhere in a case, made wrong and right again. */
  private record Change(String path, JsonNode parent, Object at, JsonNode right, JsonNode wrong) {
    void apply() {
      set(wrong);
    }

    void undo() {
      set(right);
    }

    private void set(JsonNode value) {
      if (parent instanceof ArrayNode array) {
        array.set((Integer) at, value);
      } else {
        ((ObjectNode) parent).set((String) at, value);
      }
    }
  }

  private static List<Change> changes(JsonNode parent, String path) {
    List<Change> changes = new ArrayList<>();
    if (parent instanceof ArrayNode array) {
      for (int i = 0; i < array.size(); i++) {
        add(changes, path + "/" + i, parent, i, array.get(i));
      }
    } else {
      for (var entry : parent.properties()) {
        add(changes, path + "/" + entry.getKey(), parent, entry.getKey(), entry.getValue());
      }
    }
    return changes;
  }

  private static void add(
      List<Change> changes, String path, JsonNode parent, Object at, JsonNode value) {
    if (value.isContainerNode()) {
      changes.addAll(changes(value, path));
    } else {
      changes.add(new Change(path, parent, at, value, wrong(value)));
    }
  }

  private static JsonNode wrong(JsonNode value) {
    if (value.isBoolean()) {
      return BooleanNode.valueOf(!value.asBoolean());
    }
    if (value.isIntegralNumber()) {
      return LongNode.valueOf(value.asLong() + 1);
    }
    if (value.isNumber()) {
      return DoubleNode.valueOf(value.asDouble() + 1e-6 * Math.max(1, Math.abs(value.asDouble())));
    }
    return JSON.getNodeFactory().textNode(value.asText() + "1");
  }
}
