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

class WhatIfCommandTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path folder = Path.of("");

  private Captured whatIf(String... options) throws IOException {
    Path log = folder.resolve("log.csv");
    if (!Files.exists(log)) {
      Captured made =
          Captured.run("generate-log", "--rows", "5000", "--seed", "5", "--out", log.toString());
      assertThat(made.status()).as(made.err()).isZero();
    }
    List<String> args = new ArrayList<>(List.of("what-if", "--log", log.toString()));
    args.addAll(List.of(options));
    return Captured.run(args.toArray(String[]::new));
  }

  private JsonNode points(String... options) throws IOException {
    List<String> args = new ArrayList<>(List.of(options));
    args.add("--json");
    Captured run = whatIf(args.toArray(String[]::new));
    assertThat(run.status()).as(run.err()).isZero();
    JsonNode answer = JSON.readTree(run.out());
    assertThat(answer.path("command").asText()).isEqualTo("what-if");
    return answer.path("points");
  }

  @Test
  void drawsTheCurveOfTheBudget() throws IOException {
    JsonNode points = points("--budget", "x0.5..x2", "--points", "4", "--budget-fraction", "1/8");
    // Today's budget is among them though four equal factors miss it.
    assertThat(points).hasSize(5);
    assertThat(points.get(0).path("budget_factor").asDouble()).isCloseTo(0.5, within(1e-6));
    assertThat(points.get(2).path("budget_factor").asDouble()).isEqualTo(1);
    assertThat(points.get(4).path("budget_factor").asDouble()).isCloseTo(2, within(1e-6));
    for (int i = 0; i < 5; i++) {
      JsonNode point = points.get(i);
      assertThat(point.path("spend").asDouble())
          .isPositive()
          .isLessThanOrEqualTo(point.path("budget").asDouble());
      assertThat(point.path("ratio").asDouble()).isBetween(0.7, 1.0);
      assertThat(point.path("multiplier_mean").asDouble())
          .isCloseTo(
              point.path("shadow_price").asDouble(),
              within(0.25 * point.path("shadow_price").asDouble()));
      if (i < 4) {
        // What one more unit brings falls, and between two points lies between its ends.
        assertThat(point.path("hindsight_marginal_value").asDouble())
            .isBetween(
                points.get(i + 1).path("shadow_price").asDouble(),
                point.path("shadow_price").asDouble());
        assertThat(point.path("marginal_value").asDouble()).isPositive();
      } else {
        assertThat(point.path("marginal_value").isNull()).isTrue();
      }
    }
  }

  @Test
  void saysOfTodaysBudgetWhatReplaySays() throws IOException {
    JsonNode today = points("--budget", "x0.5..x2", "--points", "3", "--policy", "pid").get(1);
    Captured replayed =
        Captured.run(
            "replay",
            "--json",
            "--log",
            folder.resolve("log.csv").toString(),
            "--policy",
            "pid",
            "--budget-fraction",
            "1/4");
    JsonNode run = JSON.readTree(replayed.out()).at("/runs/0");
    for (String key : List.of("budget", "value", "spend", "wins", "clicks", "hindsight_value")) {
      assertThat(today.path(key)).as(key).isEqualTo(run.path(key));
    }
  }

  /** A stricter target buys less, and its price is the slope of the optimum. */
  @Test
  void drawsTheCurveOfTheTarget() throws IOException {
    JsonNode points =
        points("--target-ros", "1.5..1.503", "--points", "2", "--value-per-click", "1");
    JsonNode loose = points.get(0);
    JsonNode strict = points.get(1);
    assertThat(strict.path("hindsight_value").asDouble())
        .isLessThan(loose.path("hindsight_value").asDouble());
    assertThat(-loose.path("hindsight_marginal_value").asDouble())
        .isCloseTo(
            loose.path("target_price").asDouble(),
            within(0.05 * loose.path("target_price").asDouble()));
    assertThat(loose.path("ros").asDouble()).isGreaterThan(1.45);
  }

  @Test
  void takesTheCampaignOfAFile() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("campaigns.yaml"),
            """
            campaigns:
              - id: shoes
                advertiser: shop.example
                budget: "2.5"
                flight: { start: 2026-01-01T00:00:00Z, end: 2026-02-01T00:00:00Z }
                value-per-click: "10"
                max-bid-cpm: "300"
                constraint: both
                target-ros: 1.2
                start-multiplier: 2
                creatives: [{ id: a, size: 300x250 }]
            """);
    String[] options = {
      "--campaigns", file.toString(), "--campaign", "shoes", "--budget", "x1..x2", "--points", "2"
    };
    JsonNode points = points(options);
    assertThat(points.get(0).path("budget").asDouble()).isEqualTo(2.5);
    assertThat(points.get(1).path("budget").asDouble()).isEqualTo(5);
    assertThat(points.get(1).path("target_ros").asDouble()).isEqualTo(1.2);
    Captured other =
        whatIf("--campaigns", file.toString(), "--campaign", "hats", "--budget", "x1..x2");
    assertThat(other.status()).isEqualTo(2);
    assertThat(other.err()).contains("--campaign: found 'hats'; accepted: a campaign in", "shoes");
  }

  @Test
  void writesAPageThatNeedsNothingElse() throws IOException {
    Path out = folder.resolve("out");
    Captured run = whatIf("--budget", "1..4", "--points", "3", "--out", out.toString());
    assertThat(run.status()).as(run.err()).isZero();
    assertThat(run.out()).contains("shadow", "per click");
    String page = Files.readString(out.resolve("report.html"));
    assertThat(page).contains("<svg", "Value of one more unit of budget").doesNotContain("<script");
    // Amounts as they were asked for; today's budget, a quarter of all, is not among them.
    List<String> rows = Files.readAllLines(out.resolve("what-if.csv"));
    assertThat(rows.get(0)).startsWith("budget,budget_factor,target_ros,value,spend");
    assertThat(rows.get(1)).startsWith("1.0,");
    assertThat(rows.get(rows.size() - 1)).startsWith("4.0,");
    assertThat(out.resolve("value.svg")).exists();
    assertThat(out.resolve("summary.json")).exists();
  }

  @Test
  void tellsWhatIsWrongWithTheQuestion() throws IOException {
    for (String[] wrong :
        new String[][] {
          {"", "found no question; accepted: --budget x0.5..x2 or --target-ros 1..3"},
          {"--budget x2..x1", "--budget: found 'x2..x1'; accepted: two numbers above 0"},
          {"--budget x1..2", "--budget: found 'x1..2'"},
          {"--budget 7", "--budget: found '7'"},
          {"--budget x1..x2 --target-ros 1..2", "found two questions"},
          {"--budget x1..x2 --target-ros one", "--target-ros: found 'one'"},
          {"--budget x1..x2 --points 1", "--points: found 1; accepted: 2 to 1000"},
          {"--budget x1..x2 --budget-fraction 1/2,1/4", "--budget-fraction: found 2 budgets"},
          {"--target-ros 1..2 --policy dmd", "found 'dmd', which keeps no return"},
        }) {
      Captured run = whatIf(wrong[0].isEmpty() ? new String[0] : wrong[0].split(" ", -1));
      assertThat(run.status()).as(wrong[0]).isEqualTo(2);
      assertThat(run.err()).contains(wrong[1]);
    }
  }
}
