package io.dualbid.simulator.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TuneCommandTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String SPACE =
      """
      policy: dmd
      parameters:
        mirror: [entropy, shifted-entropy]
        step: { size: log-range 0.05..1 }
        plan: [even, front-loaded]
        start-factor: [0.8, 1]
      budget-fractions: [1/4]
      search: { evaluations: 48, rounds: 2 }
      validation: { blocks: 6, folds: 3 }
      """;

  @TempDir private Path folder = Path.of("");

  private String log() throws IOException {
    Path log = folder.resolve("log.csv");
    if (!Files.exists(log)) {
      Captured made =
          Captured.run("generate-log", "--rows", "3000", "--seed", "5", "--out", log.toString());
      assertThat(made.status()).as(made.err()).isZero();
    }
    return log.toString();
  }

  private Captured tune(String space, String... options) throws IOException {
    Path file = Files.writeString(folder.resolve("space.yaml"), space);
    List<String> args = new ArrayList<>(List.of("tune", file.toString(), "--log", log()));
    args.addAll(List.of(options));
    return Captured.run(args.toArray(String[]::new));
  }

  private static JsonNode json(Captured run) throws IOException {
    assertThat(run.status()).as(run.err()).isZero();
    return JSON.readTree(run.out());
  }

  @Test
  void answersTheSameTwiceAndByTheSeed() throws IOException {
    JsonNode answer = json(tune(SPACE, "--json"));
    assertThat(answer.path("command").asText()).isEqualTo("tune");
    assertThat(answer.path("folds")).hasSize(3);
    assertThat(answer.path("verdict").asText()).contains("3 folds");
    double mean = 0;
    for (JsonNode fold : answer.path("folds")) {
      double gain = fold.path("score").asDouble() - fold.path("default_score").asDouble();
      assertThat(fold.path("improvement").asDouble()).isEqualTo(gain);
      mean += gain / 3;
    }
    assertThat(answer.at("/improvement/mean").asDouble()).isCloseTo(mean, within(1e-12));
    assertThat(answer.path("beats_default").asBoolean())
        .isEqualTo(answer.at("/improvement/low").asDouble() > 0);
    assertThat(json(tune(SPACE, "--json"))).isEqualTo(answer);
    assertThat(json(tune(SPACE, "--json", "--seed", "2")).path("seed").asInt()).isEqualTo(2);
  }

  /** What the default scored on a fold is what replay says of those rows. */
  @Test
  void playsWhatReplayPlays() throws IOException {
    JsonNode fold = json(tune(SPACE, "--json", "--budget-fraction", "1/4")).at("/folds/1");
    String rows = fold.path("first_row").asLong() + ".." + fold.path("last_row").asLong();
    assertThat(rows).isEqualTo("2001..2500");
    // The budget of a block is a share of the whole log's mean price.
    JsonNode all =
        json(Captured.run("hindsight", "--json", "--log", log(), "--budget-fraction", "1/4"));
    double unit = 0.001;
    double budget = Math.floor(all.path("budget").asDouble() / unit / 6 + 1e-6) * unit;
    JsonNode run =
        json(Captured.run(
                "replay",
                "--json",
                "--log",
                log(),
                "--rows",
                rows,
                "--budget",
                String.format(Locale.ROOT, "%.3f", budget)))
            .at("/runs/0");
    assertThat(run.path("ratio").asDouble())
        .isCloseTo(fold.path("default_score").asDouble(), within(1e-3));
  }

  /** The keys of every answer are those of a campaign. */
  @Test
  void printsKeysThatValidateTakes() throws IOException {
    String returns =
        SPACE
            .replace("policy: dmd", "policy: [both, min]")
            .replace("validation", "return: { target-ros: 1.5 }\nvalidation");
    for (String space : List.of(SPACE, returns)) {
      JsonNode answer = json(tune(space, "--json", "--value-per-click", "20"));
      for (String which : List.of("best", "adopt", "default")) {
        String keys = answer.path(which).path("yaml").asText();
        assertThat(keys).contains("method: ", "step: { kind: adaptive", "\nstart-multiplier: ");
        Path file =
            Files.writeString(
                folder.resolve("campaigns.yaml"),
                """
                campaigns:
                  - id: tuned
                    advertiser: shop.example
                    budget: "100"
                    flight: { start: 2026-01-01T00:00:00Z, end: 2026-02-01T00:00:00Z }
                    value-per-click: "20"
                    max-bid-cpm: "300"
                    creatives: [{ id: a, size: 300x250 }]
                """
                    + keys.indent(4));
        Captured run = Captured.run("validate", file.toString());
        assertThat(run.status()).as(run.err() + keys).isZero();
      }
    }
  }

  @Test
  void writesEveryTrial() throws IOException {
    Path out = folder.resolve("out");
    Captured run = tune(SPACE, "--out", out.toString());
    assertThat(run.status()).as(run.err()).isZero();
    assertThat(run.out()).contains("To adopt, for each campaign:", "found on the rows before");
    JsonNode summary = JSON.readTree(Files.readString(out.resolve("summary.json")));
    List<String> trials = Files.readAllLines(out.resolve("trials.csv"));
    assertThat(trials.get(0)).startsWith("policy,start_factor,block,budget_fraction,budget,spend");
    assertThat(trials).hasSize(1 + summary.path("plays").asInt());
    assertThat(Files.readString(out.resolve("adopt.yaml")))
        .isEqualTo(summary.at("/adopt/yaml").asText());
  }

  @Test
  void validatesSpacesAndTellsWhatIsWrong() throws IOException {
    Captured example = Captured.run("validate", "../config/tune/dmd.yaml");
    assertThat(example.status()).as(example.err()).isZero();
    Captured wrong = tune(SPACE.replace("even", "evenly"));
    assertThat(wrong.status()).isEqualTo(2);
    assertThat(wrong.err()).contains("space.yaml:5:10: found 'evenly'; accepted: even, front");
    Captured budget = tune(SPACE, "--budget", "3");
    assertThat(budget.status()).isEqualTo(2);
    assertThat(budget.err()).contains("--budget: found an amount");
    Captured small = tune(SPACE.replace("blocks: 6", "blocks: 8"), "--rows", "1..500");
    assertThat(small.status()).isEqualTo(2);
    assertThat(small.err()).contains("found 500 auctions; accepted: 100 or more for each of 8");
  }
}
