package io.dualbid.simulator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Scenarios of matching from the command line. */
class MatchingCommandTest {
  private static final Path SCENARIOS = Path.of("../config/scenarios");
  private static final String SMALL =
      """
      matching:
        family: decomposable
        vertices: [2, 4]
        arrivals-per-vertex: 2
        draws: 20
      policies: [greedy, stochastic-balance/exp]
      seeds: 5
      """;

  @TempDir private Path folder = Path.of("");

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("s.yaml"), text);
  }

  @Test
  void findsNothingWrongWithItsOwnScenarios() throws IOException {
    try (Stream<Path> files = Files.list(SCENARIOS)) {
      List<String> own =
          files
              .filter(path -> path.getFileName().toString().startsWith("matching-"))
              .map(Path::toString)
              .sorted()
              .toList();
      assertThat(own).hasSizeGreaterThan(5);
      String[] args = Stream.concat(Stream.of("validate"), own.stream()).toArray(String[]::new);
      assertThat(Captured.run(args).status()).isZero();
    }
  }

  @Test
  void tellsTheShareOfEachBenchmarkAndRepeatsItself() throws IOException {
    Path out = folder.resolve("out");
    Captured run =
        Captured.run("simulate", file(SMALL).toString(), "--out", out.toString(), "--json");
    assertThat(run.status()).isZero();
    JsonNode json = new ObjectMapper().readTree(run.out());
    assertThat(json.path("runs")).hasSize(20);
    assertThat(json.at("/runs/0/benchmarks").has("online-optimum")).isTrue();
    assertThat(json.at("/means/0/ratio").asDouble()).isBetween(0.0, 1.5);
    assertThat(Files.readString(out.resolve("report.html")))
        .contains("online-optimum", "Load over");
    assertThat(out.resolve("load-greedy.svg")).exists();
    String rows = Files.readString(out.resolve("runs.csv"));
    assertThat(rows.lines()).hasSize(21);
    Captured.run("simulate", file(SMALL).toString(), "--out", out.toString());
    assertThat(out.resolve("runs.csv")).hasContent(rows.strip());
  }

  /** The defaults of the schema are those of the reader. */
  @Test
  void hasTheDefaultsOfItsSchema() throws IOException {
    JsonNode schema =
        new ObjectMapper().readTree(Path.of("../config/schema/matching.schema.json").toFile());
    StringBuilder spelled =
        new StringBuilder("matching:\n  family: decomposable\n  vertices: [3]\n");
    for (var key : schema.at("/properties/matching/properties").properties()) {
      if (key.getValue().has("default")) {
        spelled.append("  ").append(key.getKey()).append(": ");
        spelled.append(key.getValue().get("default")).append('\n');
      }
    }
    String rest = "policies: [greedy, ranking]\nseeds: 3\n";
    Captured whole = Captured.run("simulate", file(spelled + rest).toString(), "--json");
    Captured least =
        Captured.run(
            "simulate",
            file("matching: { family: decomposable, vertices: [3] }\n" + rest).toString(),
            "--json");
    assertThat(whole.status()).isZero();
    assertThat(whole.out()).isEqualTo(least.out()).isNotEmpty();
  }

  @Test
  void comparesBayesianPolicies() throws IOException {
    Captured run =
        Captured.run(
            "simulate",
            file("""
                    matching: { family: bayesian-late, vertices: [3], draws: 50 }
                    policies: [pivotal, priced]
                    """)
                .toString(),
            "--seeds",
            "2");
    assertThat(run.status()).isZero();
    assertThat(run.out()).contains("pivotal", "priced", "online-optimum", "offline-lp");
  }

  @Test
  void tellsWhereAScenarioIsWrong() throws IOException {
    Captured family =
        Captured.run("simulate", file(SMALL.replace("decomposable", "odd")).toString());
    assertThat(family.status()).isEqualTo(2);
    assertThat(family.err()).contains("s.yaml:2:", "upper-triangular");
    Captured policy =
        Captured.run("simulate", file(SMALL).toString(), "--policy", "greedy,pivotal");
    assertThat(policy.status()).isEqualTo(2);
    assertThat(policy.err()).contains("'pivotal'", "perturbed-greedy");
    Captured horizon = Captured.run("simulate", file(SMALL).toString(), "--horizon", "10");
    assertThat(horizon.status()).isEqualTo(2);
    assertThat(horizon.err()).contains("--horizon");
  }
}
