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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HindsightCommandTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path folder = Path.of("");

  private Path file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  private static Captured run(Path log, String... options) {
    List<String> arguments = new ArrayList<>(List.of("hindsight", "--log", log.toString()));
    arguments.addAll(List.of(options));
    return Captured.run(arguments.toArray(new String[0]));
  }

  private static JsonNode json(Path log, String... options) throws IOException {
    List<String> arguments = new ArrayList<>(List.of(options));
    arguments.add("--json");
    Captured run = run(log, arguments.toArray(new String[0]));
    assertThat(run.status()).as(run.err()).isZero();
    JsonNode json = JSON.readTree(run.out());
    assertThat(json.path("schema").asInt()).isEqualTo(1);
    assertThat(json.path("command").asText()).isEqualTo("hindsight");
    return json;
  }

  private static void close(JsonNode actual, double expected) {
    assertThat(actual.isNumber()).as("%s", actual).isTrue();
    assertThat(actual.asDouble()).isCloseTo(expected, within(1e-9));
  }

  /** By hand: ratios 0.1, 0.05, 0.025 and too dear; 30 units buy the first two and a quarter. */
  @Test
  void tellsTheOptimumOfOneCampaign() throws IOException {
    Path log = file("log", "1 10 1.0\n0 10 0.5\n0 40 1.0\n0 301 1.0\n");
    JsonNode json = json(log, "--format", "ipinyou", "--budget", "30");
    close(json.path("value"), 1.75);
    close(json.path("spend"), 30);
    close(json.path("budget"), 30);
    close(json.at("/duals/budget"), 0.025);
    close(json.path("multiplier"), 40);
    close(json.path("tie_share"), 40.0 / 30);
    assertThat(json.path("binding").asText()).isEqualTo("budget");
    assertThat(json.path("rows").asInt()).isEqualTo(4);
    close(json.at("/best_fixed_multiplier/value"), 1.5);
    close(json.at("/best_fixed_multiplier/ratio"), 1.5 / 1.75);
    assertThat(json.path("runs")).hasSize(1);
    // A bid that may go to 301 reaches the last one too: all of 361 is needed for everything.
    JsonNode rich = json(log, "--format", "ipinyou", "--budget", "1000", "--max-bid", "301");
    close(rich.path("value"), 3.5);
    close(rich.path("spend"), 361);
    close(rich.at("/duals/budget"), 0);
    assertThat(rich.path("binding").asText()).isEqualTo("none");
    assertThat(rich.path("multiplier").isNull()).isTrue();
  }

  @Test
  void takesSeveralFractionsLogsAndAPartOfTheRows() throws IOException {
    Path first = file("first", "0 10 0.5\n0 20 0.5\n");
    Path second = file("second", "0 30 0.5\n");
    // The mean price of all three is 20, and two rows are taken.
    JsonNode json =
        json(
            first,
            second.toString(),
            "--format",
            "ipinyou",
            "--rows",
            "2..3",
            "--budget-fraction",
            "1/4,1");
    assertThat(json.path("rows").asInt()).isEqualTo(2);
    close(json.at("/runs/0/budget"), 10);
    close(json.at("/runs/0/value"), 0.25);
    close(json.at("/runs/1/budget"), 40);
    close(json.at("/runs/1/value"), 0.5 + 0.5 * 20 / 30);
    assertThat(json.at("/runs/1/budget_fraction").asText()).isEqualTo("1");
    close(json.path("value"), 0.25);
  }

  /** Worth 2 and 1 a unit of spend at target 1: the slack of the first pays for the second. */
  @Test
  void keepsTheReturnOnSpend() throws IOException {
    Path log = file("log", "0 10 0.2\n0 30 0.2\n");
    JsonNode json =
        json(log, "--format", "ipinyou", "--constraint", "ros", "--value-per-click", "100");
    // Slack 10, and 10 a unit is lost: all of it. At target 1.25 worth is 16: slack 6 of 14.
    close(json.path("value"), 40);
    assertThat(json.path("budget").isNull()).isTrue();
    JsonNode both =
        json(
            log,
            "--format",
            "ipinyou",
            "--target-ros",
            "1.25",
            "--value-per-click",
            "100",
            "--budget",
            "1000");
    assertThat(both.path("constraint").asText()).isEqualTo("both");
    assertThat(both.path("binding").asText()).isEqualTo("ros");
    close(both.path("value"), 20 + 20 * 6 / 14.0);
    double ratio = 16.0 / 30;
    close(both.at("/duals/ros"), ratio / (1 - ratio));
    close(both.at("/duals/budget"), 0);
    close(both.path("multiplier"), 30.0 / 20);
    assertThat(both.path("value").asDouble())
        .isCloseTo(1.25 * both.path("spend").asDouble(), within(1e-9));
  }

  @Test
  void setsTheBudgetBackInEpisodes() throws IOException {
    Path log = file("log", "0 10 0.5\n0 10 0.3\n0 10 0.1\n");
    JsonNode json =
        json(log, "--format", "ipinyou", "--protocol", "rlb", "--episode", "2", "--budget", "10");
    close(json.path("value"), 0.6);
    close(json.path("spend"), 20);
    close(json.path("budget"), 20);
    close(json.path("episode_budget"), 10);
  }

  @Test
  void countsProfitWhereAsked() throws IOException {
    Path log = file("log", "0 10 0.5\n0 50 0.3\n");
    JsonNode json =
        json(
            log,
            "--format",
            "ipinyou",
            "--objective",
            "profit",
            "--value-per-click",
            "100",
            "--auction",
            "first-price",
            "--budget",
            "100");
    // The second is worth 30 and costs 50. Bidding exactly 10 for the first leaves 40.
    close(json.path("value"), 40);
    close(json.path("spend"), 10);
    close(json.at("/best_fixed_multiplier/value"), 40);
    close(json.at("/best_fixed_multiplier/multiplier"), 0.2);
  }

  /** Two units of a's budget and one shared seat; success half the time counts half. */
  @Test
  void solvesAnAllocationLog() throws IOException {
    Path log =
        file(
            "arrivals.jsonl",
            """
            {"capacity": {"a": {"budget": 2}, "seat": 1}}
            {"t": 1, "options": [{"campaign": "a", "reward": 3, "consumption": {"budget": 2}},
            """
                    .stripTrailing()
                + """
                 {"campaign": "b", "reward": 5, "consumption": {"seat": 1}}]}

                {"t": 2, "options": [{"campaign": "a", "reward": 4, "consumption": {"budget": 4}, \
                "success_probability": 0.5}]}
                {"t": 3, "options": []}
                """);
    JsonNode json = json(log);
    // Arrival 1 to b for 5, arrival 2 to a for 4 / 2, which takes 4 / 2.
    close(json.path("value"), 7);
    close(json.path("bound"), 7);
    close(json.path("spend"), 2);
    close(json.path("budget"), 2);
    assertThat(json.path("rows").asInt()).isEqualTo(3);
    assertThat(json.path("method").asText()).isEqualTo("linear-program");
    assertThat(json.path("duals").has("a.budget")).isTrue();
    assertThat(json.path("duals").has("seat")).isTrue();
    Captured table = run(log);
    assertThat(table.out()).contains("a.budget", "value 7.000, at most 7.000");
    assertThat(json(log, "--rows", "2..3").path("value").asDouble()).isCloseTo(2, within(1e-9));
  }

  @Test
  void sharesALogAmongCampaigns() throws IOException {
    Path log = file("log", "0 10 0.2\n0 10 0.1\n0 10 0.05\n");
    Path campaigns =
        file("campaigns.yaml", "campaigns:\n" + campaign("a", 10, 100) + campaign("b", 10, 200));
    String[] options = {"--format", "ipinyou", "--campaigns", campaigns.toString()};
    JsonNode json = json(log, options);
    // Each can afford one: b takes the best for 40, a the next for 10.
    close(json.path("value"), 50);
    close(json.path("spend"), 20);
    close(json.path("budget"), 20);
    assertThat(json.path("duals").size()).isEqualTo(2);
    // Without budgets b takes all that keeps its return above 1.5: 70 for 30.
    JsonNode ros =
        json(
            log,
            "--format",
            "ipinyou",
            "--campaigns",
            campaigns.toString(),
            "--constraint",
            "ros",
            "--target-ros",
            "1.5");
    close(ros.path("value"), 70);
    close(ros.path("spend"), 30);
    assertThat(ros.path("budget").isNull()).isTrue();
    assertThat(ros.path("duals").has("a.ros")).isTrue();
  }

  private static String campaign(String id, int budget, int valuePerClick) {
    return """
      - id: %s
        advertiser: shoes.example
        budget: "%d"
        flight: {start: 2026-03-01T00:00:00, end: 2026-03-15T00:00:00, zone: UTC}
        value-per-click: "%d"
        max-bid-cpm: "300000"
        start-multiplier: 1
        creatives:
          - id: banner
            size: 300x250
    """
        .formatted(id, budget, valuePerClick)
        .indent(2);
  }

  @Test
  void tellsWhereTheInputIsWrong() throws IOException {
    assertWrong(
        run(file("a", "0 1 0.1\n0 x 0.1\n"), "--format", "ipinyou", "--budget", "1"), "a:2:3");
    assertWrong(run(file("b", "0 1 7\n"), "--format", "ipinyou", "--budget", "1"), "b:1:5");
    assertWrong(run(file("c.gz", "0 1 0.1\n"), "--format", "ipinyou", "--budget", "1"), "c.gz:1:1");
    assertWrong(run(file("d.jsonl", "{\"options\": []}\n{\"options\": [}\n")), "d.jsonl:2:14");
    assertWrong(
        run(
            file(
                "e.jsonl",
                "{\"options\": [{\"campaign\": \"a\", \"reward\": 1, \"consumption\": {\"cash\":"
                    + " 1}}]}\n")),
        "e.jsonl:1:61: found the resource 'cash' of 'a' without a capacity");
    assertWrong(
        run(file("f.jsonl", "{\"capacity\": {\"a\": {\"budget\": -1}}}\n")), "f.jsonl:1:21");
    Path log = file("log", "0 1 0.1\n");
    assertWrong(run(log, "--format", "xml"), "--format: found 'xml'");
    assertWrong(run(log, "--format", "ipinyou"), "found no budget");
    assertWrong(
        run(log, "--format", "ipinyou", "--budget", "1", "--constraint", "time"),
        "--constraint: found 'time'; accepted: budget, ros, both");
    assertWrong(
        run(log, "--format", "ipinyou", "--budget", "1", "--protocol", "rlb", "--target-ros", "1"),
        "--protocol");
    assertWrong(
        run(log, "--format", "ipinyou", "--budget", "1", "--value-per-click", "-1"),
        "--value-per-click: found -1.0");
    assertWrong(run(folder.resolve("nowhere"), "--format", "ipinyou", "--budget", "1"), "nowhere");
    assertWrong(Captured.run("hindsight"), "--log: found nothing");
  }

  private static void assertWrong(Captured run, String message) {
    assertThat(run.status()).as(run.err()).isEqualTo(2);
    assertThat(run.err()).contains(message);
    assertThat(run.out()).isEmpty();
  }
}
