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

/** Policies of matching on allocation logs, from the command line. */
class AllocationReplayTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Whoever takes the 3 first has no room for 2 + 2. */
  private static final String CERTAIN =
      """
      {"capacity": {"a": {"budget": 1}, "b": {"budget": 1}}}
      {"t": 1, "options": [{"campaign": "a", "reward": 3, "consumption": {"budget": 1}}]}
      {"t": 2, "options": [{"campaign": "a", "reward": 5, "consumption": {"budget": 1}}, \
      {"campaign": "b", "reward": 2, "consumption": {"budget": 0.5}}]}
      {"t": 3, "options": [{"campaign": "b", "reward": 2, "consumption": {"budget": 0.5}}]}
      {"t": 4, "options": [{"campaign": "b", "reward": 9, "consumption": {"budget": 0.5}}]}
      """;

  @TempDir private Path folder = Path.of("");

  private Path file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  private static Captured run(Path log, String... more) {
    List<String> args = new ArrayList<>(List.of("replay", "--log", log.toString()));
    Collections.addAll(args, more);
    return Captured.run(args.toArray(String[]::new));
  }

  private static JsonNode json(Path log, String... more) throws IOException {
    List<String> args = new ArrayList<>(List.of(more));
    args.add("--json");
    Captured run = run(log, args.toArray(String[]::new));
    assertThat(run.status()).as(run.err()).isZero();
    return JSON.readTree(run.out());
  }

  private Path generated(int rows, String... more) {
    Path log = folder.resolve("made.jsonl.gz");
    List<String> args = new ArrayList<>(List.of("generate-allocations", "--rows", "" + rows));
    Collections.addAll(args, "--out", log.toString());
    Collections.addAll(args, more);
    Captured made = Captured.run(args.toArray(String[]::new));
    assertThat(made.status()).as(made.err()).isZero();
    return log;
  }

  /** By hand: greedy takes 3, then for b 2 and 2; the best is 5 of a, and 2 + 9 of b. */
  @Test
  void playsALogThatCanBeReckonedByHand() throws IOException {
    JsonNode json = json(file("a.jsonl", CERTAIN), "--policy", "greedy", "--seeds", "2");
    JsonNode run = json.at("/runs/0");
    assertThat(run.path("value").asDouble()).isEqualTo(3 + 2 + 2);
    assertThat(run.path("spend").asDouble()).isEqualTo(2);
    assertThat(run.path("budget").asDouble()).isEqualTo(2);
    assertThat(run.path("clicks").asInt()).isEqualTo(3);
    assertThat(run.path("wasted").asInt()).isEqualTo(1);
    assertThat(run.path("hindsight_value").asDouble()).isCloseTo(16, within(1e-6));
    assertThat(run.path("offline_optimum").asDouble()).isCloseTo(16, within(1e-6));
    assertThat(json.at("/benchmarks/online-optimum").asDouble()).isCloseTo(16, within(1e-9));
    assertThat(run.path("ratio").asDouble()).isCloseTo(7 / 16.0, within(1e-6));
    assertThat(json.at("/means/0/value_half_width").asDouble()).isZero();
    assertThat(json.at("/campaigns/1/successes").asInt()).isEqualTo(2);
    assertThat(json.path("skipped_rows").asInt()).isZero();
  }

  @Test
  void liesBelowEveryBenchmarkOnAverage() throws IOException {
    Path log = generated(60, "--campaign-count", "3", "--success-probability", "0.5");
    JsonNode json =
        json(
            log,
            "--policy",
            "greedy,stochastic-balance,stochastic-balance:discount=msvv,ranking,perturbed-greedy,"
                + "msvv,dmd:step=0.5,highest-bid",
            "--seeds",
            "400");
    assertThat(json.path("runs")).hasSize(8 * 400);
    double lp = json.at("/benchmarks/matching-lp").asDouble();
    for (JsonNode mean : json.path("means")) {
      double error = mean.path("value_half_width").asDouble();
      assertThat(error).isPositive();
      // The half width is about two standard errors: five of them.
      assertThat(mean.path("value").asDouble()).isLessThan(lp + 2.5 * error);
    }
    for (JsonNode run : json.path("runs")) {
      assertThat(run.path("spend").asDouble()).isLessThanOrEqualTo(run.path("budget").asDouble());
      assertThat(run.path("value").asDouble())
          .isLessThanOrEqualTo(run.path("offline_optimum").asDouble() + 1e-6);
    }
    assertThat(value(json, 0)).isEqualTo(value(json, 7));
  }

  private static double value(JsonNode json, int policy) {
    return json.at("/means/" + policy + "/value").asDouble();
  }

  private static String timeless(String summary) {
    return summary.replaceAll("\"auctions_per_second\" : [^\\n]*", "");
  }

  @Test
  void hasTheSameBytesAtAnyNumberOfThreads() throws IOException {
    Path log = generated(500);
    String[] faults = {
      "--feedback-delay",
      "20ms",
      "--feedback-loss",
      "0.1",
      "--feedback-duplicates",
      "0.1",
      "--seeds",
      "3",
      "--seed",
      "7"
    };
    List<String> summaries = new ArrayList<>();
    for (String threads : List.of("1", "4")) {
      Path out = folder.resolve("out" + threads);
      List<String> args = new ArrayList<>(List.of(faults));
      Collections.addAll(args, "--threads", threads, "--out", out.toString());
      Captured run = run(log, args.toArray(String[]::new));
      assertThat(run.status()).as(run.err()).isZero();
      assertThat(run.out()).contains("untold", "matching-lp", "offline-optimum", "±");
      summaries.add(timeless(Files.readString(out.resolve("summary.json"))));
    }
    assertThat(summaries.get(1)).isEqualTo(summaries.get(0));
    for (String name : List.of("timeseries.csv", "campaigns.csv")) {
      assertThat(folder.resolve("out4").resolve(name))
          .hasSameBinaryContentAs(folder.resolve("out1").resolve(name));
    }
    assertThat(Files.readString(folder.resolve("out1").resolve("report.html")))
        .contains("Load over time: stochastic-balance", "campaign-1", "Share of each benchmark");
    JsonNode run = JSON.readTree(folder.resolve("out1").resolve("run.json").toFile());
    assertThat(run.at("/inputs/0/sha256").asText()).hasSize(64);
    List<String> rows = Files.readAllLines(folder.resolve("out1").resolve("timeseries.csv"));
    assertThat(rows.get(0)).isEqualTo("policy,seed,arrivals,value,campaign,load,consumed,reserved");
    assertThat(rows).hasSizeGreaterThan(1 + 5 * 8 * 200);
  }

  /** What is told twice counts once; what is never told brings nothing and is given up. */
  @Test
  void meetsRepeatedAndLostOutcomes() throws IOException {
    Path log = generated(3_000);
    JsonNode once = json(log, "--policy", "stochastic-balance", "--seeds", "1");
    JsonNode twice =
        json(log, "--policy", "stochastic-balance", "--seeds", "1", "--feedback-duplicates", "1");
    assertThat(twice.at("/runs/0/value")).isEqualTo(once.at("/runs/0/value"));
    JsonNode lost =
        json(log, "--policy", "stochastic-balance", "--seeds", "1", "--feedback-loss", "0.3");
    assertThat(lost.at("/runs/0/untold_successes").asInt()).isPositive();
    assertThat(lost.at("/runs/0/value").asDouble()).isLessThan(once.at("/runs/0/value").asDouble());
    JsonNode never =
        json(log, "--policy", "stochastic-balance", "--seeds", "1", "--feedback-loss", "1");
    assertThat(never.at("/runs/0/value").asDouble()).isZero();
    assertThat(never.at("/runs/0/spend").asDouble()).isZero();
  }

  @Test
  void readsManyFilesAndBudgetsOfCampaigns() throws IOException {
    List<String> lines = CERTAIN.lines().toList();
    Path one = file("1.jsonl", lines.get(1) + "\n" + lines.get(3) + "\n");
    Path two = file("2.jsonl", lines.get(2) + "\n" + lines.get(4) + "\n");
    Path campaigns = file("campaigns.yaml", "campaigns:\n" + campaign("a") + campaign("b"));
    JsonNode json =
        json(one, two.toString(), "--campaigns", campaigns.toString(), "--policy", "greedy");
    assertThat(json.at("/runs/0/value").asDouble()).isEqualTo(7);
    assertThat(json.at("/runs/0/horizon").asInt()).isEqualTo(4);
    JsonNode part = json(file("a.jsonl", CERTAIN), "--rows", "2..4", "--policy", "greedy");
    assertThat(part.at("/runs/0/value").asDouble()).isEqualTo(5 + 2 + 9);
  }

  private static String campaign(String id) {
    return """
      - id: %s
        advertiser: shoes.example
        budget: "1"
        flight: {start: 2026-03-01T00:00:00, end: 2026-03-15T00:00:00, zone: UTC}
        value-per-click: "1"
        max-bid-cpm: "300000"
        creatives:
          - id: banner
            size: 300x250
    """
        .formatted(id)
        .indent(2);
  }

  @Test
  void stopsAtOrSkipsLinesThatCannotBeRead() throws IOException {
    Path log = file("a.jsonl", CERTAIN + "{\"t\": 5}\n{\"t\": 6, \"options\": []}\n");
    Captured stopped = run(log);
    assertThat(stopped.status()).isEqualTo(2);
    assertThat(stopped.err()).startsWith(log + ":6:1: found neither a list 'options'");
    Path told = folder.resolve("told.jsonl");
    JsonNode json =
        json(log, "--on-error", "skip", "--skipped", told.toString(), "--policy", "greedy");
    assertThat(json.path("skipped_rows").asInt()).isEqualTo(1);
    assertThat(json.at("/runs/0/horizon").asInt()).isEqualTo(5);
    assertThat(Files.readString(told)).contains("\"line\":6");
    Captured hindsight =
        Captured.run(
            "hindsight",
            "--log",
            log.toString(),
            "--on-error",
            "skip",
            "--skipped",
            told.toString(),
            "--json");
    assertThat(JSON.readTree(hindsight.out()).path("skipped_rows").asInt()).isEqualTo(1);
    assertThat(JSON.readTree(hindsight.out()).path("value").asDouble()).isCloseTo(16, within(1e-6));
    // A first line that is broken doesn't hide what kind of log it is.
    Path broken = file("b.jsonl", "{\"capacity\"\n" + CERTAIN);
    assertThat(run(broken).err()).startsWith(broken + ":1:");
    assertThat(
            json(broken, "--on-error", "skip", "--skipped", told.toString())
                .path("skipped_rows")
                .asInt())
        .isEqualTo(1);
  }

  @Test
  void refusesWhatIsNotForAllocationLogs() throws IOException {
    Path log = file("a.jsonl", CERTAIN);
    assertThat(run(log, "--policy", "rlb").err())
        .startsWith("--policy: found the policy 'rlb'; accepted: greedy,");
    assertThat(run(log, "--policy", "dmd:step=x").err()).contains("'dmd:step=x'");
    assertThat(run(log, "--policy", "greedy,greedy").err()).contains("twice");
    assertThat(run(log, "--budget", "5").err()).startsWith("found a budget for an allocation log");
    assertThat(run(log, "--max-bid", "5").err())
        .startsWith("found --max-bid for an allocation log; accepted: a log of auctions");
    assertThat(run(log, "--seeds", "0").err()).startsWith("--seeds: found 0; accepted: 1 or more");
    assertThat(run(log, "--delays", "exponential", "--feedback-delay", "1ms").err())
        .startsWith("--delays: found exponential for an allocation log");
  }

  @Test
  void explainsOneArrival() throws IOException {
    Path log = file("a.jsonl", CERTAIN);
    Captured table =
        Captured.run("explain", "--log", log.toString(), "--arrival", "2", "--policy", "greedy");
    assertThat(table.status()).as(table.err()).isZero();
    assertThat(table.out()).startsWith("arrival 2, greedy: b, a success");
    assertThat(table.out()).containsPattern("a .* CAPACITY").containsPattern("b .* assigned");
    Captured run =
        Captured.run(
            "explain", "--log", log.toString(), "--arrival", "3", "--policy", "msvv", "--json");
    JsonNode json = JSON.readTree(run.out());
    assertThat(json.path("assigned").asText()).isEqualTo("b");
    assertThat(json.at("/candidates/1/reason").asText()).isEqualTo("NO_EDGE");
    // b has spent half: 1 - e^(-1/2).
    assertThat(json.at("/candidates/0/discount").asDouble())
        .isCloseTo(1 - Math.exp(-0.5), within(1e-12));
    assertThat(json.at("/candidates/0/key").asDouble())
        .isCloseTo(2 * (1 - Math.exp(-0.5)), within(1e-12));
    Captured beyond = Captured.run("explain", "--log", log.toString(), "--arrival", "5", "--json");
    assertThat(beyond.status()).isEqualTo(2);
    assertThat(beyond.err()).startsWith("--arrival: found 5; accepted: 1 to 4");
    assertThat(Captured.run("explain").err()).startsWith("--campaigns: found nothing");
  }
}
