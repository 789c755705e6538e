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
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Optima of 100,000 real auctions, as an independent reference has them. */
class RealLogHindsightTest {
  private static final Path FOLDER = Path.of("..", "..", "shared", "data", "ipinyou");
  private static final Path LOG = FOLDER.resolve("2997-first-100000.txt.gz");
  private static final Path INFO = FOLDER.resolve("campaigns-info.json");
  private static final ObjectMapper JSON = new ObjectMapper();

  @BeforeEach
  void requireTheLog() {
    Assumptions.assumeTrue(
        Files.exists(LOG) && Files.exists(INFO), "skipped: real auctions are not in " + FOLDER);
  }

  private static JsonNode hindsight(String... options) throws IOException {
    List<String> arguments =
        new ArrayList<>(
            List.of("hindsight", "--json", "--format", "ipinyou", "--log", LOG.toString()));
    arguments.addAll(List.of("--campaign-info", INFO.toString(), "--campaign", "2997"));
    arguments.addAll(List.of(options));
    Captured run = Captured.run(arguments.toArray(new String[0]));
    assertThat(run.status()).as(run.err()).isZero();
    return JSON.readTree(run.out());
  }

  private static double[] numbers(JsonNode runs, String key) {
    double[] numbers = new double[runs.size()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = runs.get(i).path(key).asDouble(Double.NaN);
    }
    return numbers;
  }

  @Test
  void findsTheOptimumOfEachBudget() throws IOException {
    JsonNode runs = hindsight("--budget-fraction", "1/2,1/4,1/8,1/16,1/32,1/64").path("runs");
    assertThat(numbers(runs, "budget"))
        .containsExactly(3_150_886, 1_575_443, 787_721, 393_860, 196_930, 98_465);
    assertThat(numbers(runs, "value"))
        .containsExactly(
            new double[] {316.115, 239.631, 181.128, 138.259, 103.969, 70.186}, within(5e-4));
    for (JsonNode run : runs) {
      assertThat(run.at("/best_fixed_multiplier/ratio").asDouble()).isBetween(0.99, 1.0);
      assertThat(run.at("/best_fixed_multiplier/spend").asDouble())
          .isLessThanOrEqualTo(run.path("budget").asDouble());
    }
  }

  @Test
  void findsTheOptimumOfEpisodes() throws IOException {
    JsonNode runs =
        hindsight("--protocol", "rlb", "--budget-fraction", "1/2,1/4,1/8,1/16,1/32,1/64")
            .path("runs");
    assertThat(numbers(runs, "value"))
        .containsExactly(
            new double[] {314.398, 237.695, 179.141, 135.361, 99.773, 64.749}, within(5e-4));
  }

  /** Value per click: a quarter, half and all of what a click cost in training. */
  @Test
  void findsTheOptimumUnderReturnOnSpend() throws IOException {
    JsonNode info = JSON.readTree(INFO.toFile()).get("2997");
    double costPerClick = info.get("cost_train").asDouble() / info.get("clk_train").asDouble();
    double[][] expected = {
      {565_053, 565_053, 491_014},
      {1_796_944, 1_702_062, 982_028},
      {5_232_553, 3_404_123, 1_964_057},
    };
    for (int i = 0; i < expected.length; i++) {
      String valuePerClick = Double.toString(costPerClick * (1 << i) / 4);
      JsonNode alone = hindsight("--constraint", "ros", "--value-per-click", valuePerClick);
      assertThat(alone.path("value").asDouble()).isCloseTo(expected[i][0], within(0.5));
      assertThat(alone.path("value").asDouble())
          .isCloseTo(alone.path("spend").asDouble(), within(1e-3));
      JsonNode both =
          hindsight(
              "--constraint",
              "both",
              "--value-per-click",
              valuePerClick,
              "--budget-fraction",
              "1/4,1/16");
      assertThat(numbers(both.path("runs"), "value"))
          .containsExactly(new double[] {expected[i][1], expected[i][2]}, within(0.5));
    }
  }
}
