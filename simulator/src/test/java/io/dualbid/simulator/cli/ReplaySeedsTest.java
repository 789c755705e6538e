package io.dualbid.simulator.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dualbid.simulator.replay.Deliveries;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A log of auctions under several seeds. */
class ReplaySeedsTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path folder = Path.of("");
  private Path log = Path.of("");

  @BeforeEach
  void generate() {
    log = folder.resolve("auctions.csv");
    Captured made =
        Captured.run("generate-log", "--rows", "3000", "--seed", "4", "--out", log.toString());
    assertThat(made.status()).as(made.err()).isZero();
  }

  private Captured run(String... more) {
    List<String> args = new ArrayList<>(List.of("replay", "--log", log.toString()));
    Collections.addAll(args, "--budget-fraction", "1/4");
    Collections.addAll(args, more);
    return Captured.run(args.toArray(String[]::new));
  }

  private JsonNode json(String... more) throws IOException {
    List<String> args = new ArrayList<>(List.of(more));
    args.add("--json");
    Captured run = run(args.toArray(String[]::new));
    assertThat(run.status()).as(run.err()).isZero();
    return JSON.readTree(run.out());
  }

  /** Three numbers: t at 0.975 with two degrees of freedom is 4.302653. */
  @Test
  void tellsMeansWithTheirIntervals() throws IOException {
    JsonNode json =
        json("--policy", "dmd,pid", "--seeds", "3", "--seed", "5", "--feedback-loss", "0.2");
    assertThat(json.path("seeds").asInt()).isEqualTo(3);
    assertThat(json.path("runs")).hasSize(6);
    assertThat(json.path("means")).hasSize(2);
    double[] value = new double[3];
    for (int s = 0; s < 3; s++) {
      assertThat(json.at("/runs/" + s + "/seed").asInt()).isEqualTo(5 + s);
      value[s] = json.at("/runs/" + s + "/value").asDouble();
    }
    double mean = (value[0] + value[1] + value[2]) / 3;
    double squares = 0;
    for (double each : value) {
      squares += (each - mean) * (each - mean);
    }
    assertThat(squares).isPositive();
    JsonNode told = json.at("/means/0");
    assertThat(told.path("policy").asText()).isEqualTo("dmd");
    assertThat(told.path("value").asDouble()).isCloseTo(mean, within(1e-9));
    assertThat(told.path("value_half_width").asDouble())
        .isCloseTo(4.302653 * Math.sqrt(squares / 2 / 3), within(1e-6 * mean));
    // The first seed is what a replay under it alone has.
    JsonNode alone = json("--policy", "dmd", "--seed", "5", "--feedback-loss", "0.2");
    assertThat(alone.has("means")).isFalse();
    assertThat(alone.at("/runs/0/value").asDouble()).isEqualTo(value[0]);
  }

  private static String timeless(Path out) throws IOException {
    return Files.readString(out.resolve("summary.json"))
        .replaceAll("\"auctions_per_second\" : [^\\n]*", "");
  }

  @Test
  void hasTheSameBytesAtAnyNumberOfThreads() throws IOException {
    for (String threads : List.of("1", "3")) {
      Captured run =
          run(
              "--feedback-delay",
              "30ms",
              "--delays",
              "exponential",
              "--feedback-loss",
              "0.05",
              "--clicks",
              "drawn",
              "--seeds",
              "4",
              "--threads",
              threads,
              "--out",
              folder.resolve("out" + threads).toString());
      assertThat(run.status()).as(run.err()).isZero();
      assertThat(run.out()).contains(" ± ");
    }
    assertThat(timeless(folder.resolve("out3"))).isEqualTo(timeless(folder.resolve("out1")));
    assertThat(folder.resolve("out3").resolve("timeseries.csv"))
        .hasSameBinaryContentAs(folder.resolve("out1").resolve("timeseries.csv"));
    assertThat(Files.readString(folder.resolve("out1").resolve("report.html")))
        .contains("Means over seeds", "Means over 4 seeds with 95 % confidence intervals");
  }

  /** Clicks of a win are drawn by its rate, so on average they are its value; five errors. */
  @Test
  void drawsClicksByTheLoggedRates() throws IOException {
    JsonNode json = json("--policy", "dmd", "--seeds", "60", "--clicks", "drawn");
    double value = json.at("/means/0/value").asDouble();
    double clicks = json.at("/means/0/clicks").asDouble();
    assertThat(json.at("/means/0/value_half_width").asDouble()).isZero();
    assertThat(clicks).isCloseTo(value, within(5 * Math.sqrt(value / 60)));
    assertThat(json.at("/means/0/clicks_half_width").asDouble()).isPositive();
  }

  @Test
  void refusesClicksOfALogWithoutRatesAndRulesThatMeetNoChance() throws IOException {
    Path valued = Files.writeString(folder.resolve("values.csv"), "price,value\n1,2\n3,4\n");
    Captured drawn =
        Captured.run("replay", "--log", valued.toString(), "--budget", "1", "--clicks", "drawn");
    assertThat(drawn.status()).isEqualTo(2);
    assertThat(drawn.err()).startsWith("--clicks: found drawn for a log of values; accepted:");
    assertThat(run("--policy", "lin", "--clicks", "drawn").err()).contains("drawn clicks");
    assertThat(run("--clicks", "some").err())
        .startsWith("--clicks: found 'some'; accepted: logged, drawn");
    assertThat(run("--delays", "some").err()).startsWith("--delays: found 'some'");
  }

  /** An exponential delay of mean 50: of 20,000 the mean's error is 50/√20000; five of them. */
  @Test
  void drawsDelaysThatAreExponential() {
    Deliveries deliveries = new Deliveries(0, 0, 9, Deliveries.Delays.EXPONENTIAL);
    double sum = 0;
    int longer = 0;
    int count = 20_000;
    for (int request = 0; request < count; request++) {
      long delay = deliveries.delayMillis(request, 50);
      assertThat(delay).isBetween(0L, deliveries.longestMillis(50));
      sum += delay;
      longer += delay > 50 ? 1 : 0;
    }
    assertThat(sum / count).isCloseTo(50, within(5 * 50 / Math.sqrt(count)));
    assertThat(longer / (double) count)
        .isCloseTo(Math.exp(-1), within(0.01 + 5 * 0.5 / Math.sqrt(count)));
    assertThat(deliveries.under(10).delayMillis(3, 50)).isNotEqualTo(deliveries.delayMillis(3, 50));
    assertThat(Deliveries.RELIABLE.delayMillis(3, 50)).isEqualTo(50);
  }
}
