package io.dualbid.simulator.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a replay leaves in its folder. */
class ReplayResultsTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path folder = Path.of("");

  private Path played(String name, String... more) throws IOException {
    Path log = folder.resolve("auctions.csv");
    if (!Files.exists(log)) {
      Captured made =
          Captured.run(
              "generate-log",
              "--rows",
              "3000",
              "--seed",
              "4",
              "--campaign-count",
              "2",
              "--out",
              log.toString());
      assertThat(made.status()).as(made.err()).isZero();
    }
    Path out = folder.resolve(name);
    List<String> args = new ArrayList<>(List.of("replay", "--log", log.toString()));
    Collections.addAll(args, "--policy", "dmd,throttling", "--budget-fraction", "1/4,1/16");
    Collections.addAll(args, "--out", out.toString());
    Collections.addAll(args, more);
    Captured run = Captured.run(args.toArray(String[]::new));
    assertThat(run.status()).as(run.err()).isZero();
    assertThat(run.out()).contains("CPM", "cost/click", "RoS", "violation", "auctions/s");
    return out;
  }

  private static String timeless(Path out) throws IOException {
    return Files.readString(out.resolve("summary.json"))
        .replaceAll("\"auctions_per_second\" : [^\\n]*", "");
  }

  @Test
  void areTheSameBytesAtAnyNumberOfThreads() throws IOException {
    String[] faults = {"--feedback-loss", "0.02", "--feedback-duplicates", "0.02", "--seed", "9"};
    Path one = played("one", concat(faults, "--threads", "1"));
    Path four = played("four", concat(faults, "--threads", "4"));
    assertThat(timeless(four)).isEqualTo(timeless(one));
    assertThat(Files.readAllBytes(four.resolve("timeseries.csv")))
        .isEqualTo(Files.readAllBytes(one.resolve("timeseries.csv")));
  }

  private static String[] concat(String[] first, String... second) {
    List<String> all = new ArrayList<>(List.of(first));
    Collections.addAll(all, second);
    return all.toArray(String[]::new);
  }

  @Test
  void endInTheTimeSeriesAsInTheSummary() throws IOException {
    Path out = played("plain");
    List<String> rows = Files.readAllLines(out.resolve("timeseries.csv"));
    List<String> names = List.of(rows.get(0).split(",", -1));
    JsonNode runs = JSON.readTree(out.resolve("summary.json").toFile()).path("runs");
    assertThat(runs).hasSize(2 * 2 * 2);
    assertThat(rows).hasSize(1 + 500 * runs.size());
    for (int i = 0; i < runs.size(); i++) {
      List<String> last = List.of(rows.get(500 * (i + 1)).split(",", -1));
      JsonNode run = runs.get(i);
      for (String same : List.of("policy", "campaign", "budget_fraction", "wins", "clicks")) {
        assertThat(last.get(names.indexOf(same))).isEqualTo(run.path(same).asText());
      }
      for (String near : List.of("auctions", "budget", "spend", "value", "hindsight_value")) {
        assertThat(Double.parseDouble(last.get(names.indexOf(near))))
            .as(near)
            .isCloseTo(run.path(near).asDouble(), within(1e-9));
      }
    }
    JsonNode again = JSON.readTree(out.resolve("run.json").toFile());
    assertThat(again.path("arguments").get(0).asText()).isEqualTo("replay");
    assertThat(again.at("/inputs/0/sha256").asText()).hasSize(64);
    assertThat(Files.readString(out.resolve("report.html")))
        .contains("Value against hindsight", "Prices of wins, and bids", "Cost per click");
  }

  /** Whoever is told of a win twice pays once; whoever is not told can't know. */
  @Test
  void staysWithinBudgetsWhateverNoticesAreRepeatedOrLost() throws IOException {
    JsonNode twice =
        JSON.readTree(
                played("twice", "--feedback-duplicates", "1", "--feedback-delay", "20ms")
                    .resolve("summary.json")
                    .toFile())
            .path("runs");
    JsonNode once =
        JSON.readTree(played("once", "--feedback-delay", "20ms").resolve("summary.json").toFile())
            .path("runs");
    JsonNode lost =
        JSON.readTree(played("lost", "--feedback-loss", "0.1").resolve("summary.json").toFile())
            .path("runs");
    long untold = 0;
    for (int i = 0; i < once.size(); i++) {
      assertThat(twice.get(i).path("spend")).isEqualTo(once.get(i).path("spend"));
      assertThat(twice.get(i).path("untold_wins").asLong()).isZero();
      JsonNode run = lost.get(i);
      untold += run.path("untold_wins").asLong();
      assertThat(run.path("spend").asDouble() - run.path("untold_spend").asDouble())
          .as("what the ledger knows: %s", run)
          .isLessThanOrEqualTo(run.path("budget").asDouble() + 1e-9);
    }
    assertThat(untold).isPositive();
  }

  @Test
  void refusesSharesAndThreadsThatAreNone() {
    for (String[] wrong : new String[][] {{"--feedback-loss", "1.5"}, {"--threads", "0"}}) {
      Captured run =
          Captured.run("replay", "--log", "pom.xml", "--format", "csv", wrong[0], wrong[1]);
      assertThat(run.status()).isEqualTo(2);
      assertThat(run.err()).startsWith(wrong[0] + ": found").contains("accepted:");
    }
  }
}
