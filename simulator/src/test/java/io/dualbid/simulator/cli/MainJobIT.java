package io.dualbid.simulator.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dualbid.stream.embedded.EmbeddedBroker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands end to end: real broker, real Flink. */
class MainJobIT {
  private static final Path LOG =
      Path.of("..", "..", "shared", "data", "ipinyou", "2997-first-100000.txt.gz");

  /** Long enough for a machine that does other work beside. */
  private static final String PATIENT = "5s";

  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path folder = Path.of("");

  private static long sum(JsonNode counts) {
    long sum = 0;
    for (JsonNode count : counts) {
      sum += count.asLong();
    }
    return sum;
  }

  private static void requireAllWell(JsonNode json, long requests) {
    assertThat(json.path("requests").asLong()).isEqualTo(requests);
    assertThat(
            json.path("bids").asLong()
                + sum(json.path("no_bids"))
                + json.path("dead_letters").asLong())
        .isEqualTo(requests);
    assertThat(json.path("drained").asBoolean()).isTrue();
    JsonNode audit = json.path("audit");
    assertThat(audit.path("ok").asBoolean()).as("%s", audit).isTrue();
    assertThat(audit.path("breaches").asLong()).isZero();
    assertThat(audit.path("unmatched").asLong()).isZero();
    for (JsonNode campaign : json.path("campaigns")) {
      assertThat(campaign.path("spent").asDouble())
          .isLessThanOrEqualTo(campaign.path("budget").asDouble());
      assertThat(campaign.path("reserved").asDouble()).isZero();
      assertThat(campaign.path("leased").asDouble()).isZero();
    }
  }

  @Test
  void playsAGeneratedWorldAndAudits() throws IOException {
    Path out = folder.resolve("out");
    Path journal = folder.resolve("journal.jsonl");
    Captured run =
        Captured.run(
            "demo",
            "--duration",
            "6s",
            "--rate",
            "300",
            "--campaign-count",
            "6",
            "--tmax",
            PATIENT,
            "--json",
            "--out",
            out.toString(),
            "--journal",
            journal.toString());
    assertThat(run.status()).as(run.err()).isZero();
    JsonNode json = JSON.readTree(run.out());
    requireAllWell(json, 1_800);
    assertThat(json.path("campaigns")).hasSize(6);
    assertThat(json.path("wins").asLong()).as("%s", json).isPositive();
    assertThat(JSON.readTree(out.resolve("summary.json").toFile())).isEqualTo(json);
    assertThat(Files.readAllLines(out.resolve("timeseries.csv")).size()).isGreaterThan(5);
    assertThat(out.resolve("engine.yaml")).exists();

    Captured again = Captured.run("replay", "--journal", journal.toString(), "--json");
    assertThat(again.status()).as(again.out()).isZero();
    JsonNode same = JSON.readTree(again.out());
    assertThat(same.path("answers").asLong() + same.path("put_aside").asLong()).isEqualTo(1_800);
    assertThat(same.path("bids").asLong()).isEqualTo(json.path("bids").asLong());
    assertThat(same.path("differences").asLong()).isZero();
    assertThat(same.path("same").asBoolean()).isTrue();

    explainsAsItWasDecided(journal);

    raisePredictions(journal);
    Captured other = Captured.run("replay", "--journal", journal.toString(), "--json");
    assertThat(other.status()).isEqualTo(Main.FAILED);
    JsonNode different = JSON.readTree(other.out());
    assertThat(different.path("differences").asLong()).isPositive();
    assertThat(different.path("first_differences")).isNotEmpty();
  }

  /**
   * Of a request that was bid on: the campaign of the bid is the one that scores highest, and its
   * bid is what the journal has; every campaign has had a say.
   */
  private static void explainsAsItWasDecided(Path journal) throws IOException {
    JsonNode bid = JSON.createObjectNode();
    for (String line : Files.readAllLines(journal)) {
      JsonNode record = JSON.readTree(line);
      if (record.path("topic").asText().equals("bids")
          && record.path("value").asText().contains("seatbid")) {
        bid = JSON.readTree(record.path("value").asText());
      }
    }
    String id = bid.path("id").asText();
    Captured run =
        Captured.run("explain", "--journal", journal.toString(), "--request-id", id, "--json");
    assertThat(run.status()).as(run.err()).isZero();
    JsonNode told = JSON.readTree(run.out());
    assertThat(told.path("request").asText()).isEqualTo(id);
    assertThat(told.path("complete").asBoolean()).isTrue();
    JsonNode offered = JSON.createObjectNode();
    double highest = 0;
    Set<String> campaigns = new HashSet<>();
    for (JsonNode candidate : told.path("candidates")) {
      campaigns.add(candidate.path("campaign").asText());
      if (candidate.path("offered").asBoolean()) {
        offered = candidate;
      }
      if (!candidate.has("reason")) {
        highest = Math.max(highest, candidate.path("score").asDouble());
      }
    }
    assertThat(campaigns).hasSize(6);
    JsonNode own = bid.at("/seatbid/0/bid/0");
    assertThat(offered.path("impression").asText()).isEqualTo(own.path("impid").asText());
    assertThat(1_000 * offered.path("bid").asDouble())
        .isCloseTo(own.path("price").asDouble(), within(1e-6));
    assertThat(offered.path("score").asDouble()).isEqualTo(highest);

    Captured text = Captured.run("explain", "--journal", journal.toString(), "--request-id", id);
    assertThat(text.out()).contains("decided 20", "offered");
    Captured none = Captured.run("explain", "--journal", journal.toString(), "--request-id", "?");
    assertThat(none.status()).isEqualTo(2);
    assertThat(none.err()).contains("found no request '?'");
  }

  /** Requests that predict more clicks than they did when they were answered. */
  private static void raisePredictions(Path journal) throws IOException {
    String before = Files.readString(journal);
    String after = before.replace("\\\"pctr\\\":0.0", "\\\"pctr\\\":0.5");
    assertThat(after).isNotEqualTo(before);
    Files.writeString(journal, after);
  }

  @Test
  void playsRealAuctions() throws IOException {
    Assumptions.assumeTrue(Files.exists(LOG), "skipped: real auctions are not at " + LOG);
    Captured run =
        Captured.run(
            "demo",
            "--log",
            LOG.toString(),
            "--format",
            "ipinyou",
            "--rows",
            "1..16000",
            "--rate",
            "1000",
            "--budget",
            "63000",
            "--tmax",
            PATIENT,
            "--json");
    assertThat(run.status()).as(run.err()).isZero();
    JsonNode json = JSON.readTree(run.out());
    requireAllWell(json, 16_000);
    // Only that money and value flow: what a loaded machine reaches is measured elsewhere.
    assertThat(json.at("/campaigns/0/spent").asDouble()).isPositive();
    assertThat(json.at("/campaigns/0/value_ratio").asDouble()).isBetween(0.0, 1.0);
  }

  /**
   * Campaigns that pay by the click, fewer than the shipped scenario has so that a busy machine
   * plays them too: the cap holds, free clicks are told, decisions repeat.
   */
  @Test
  void playsAMarketplaceThatPaysByTheClick() throws IOException {
    Path journal = folder.resolve("clicks.jsonl");
    Path scenario =
        Files.writeString(
            folder.resolve("clicks.yaml"),
            """
            marketplace:
              campaigns: 40
              demand: 0.5
              click-rate: 0.3
              attribution-window: 15s
              click-delay: 1s
            """);
    Captured run =
        Captured.run(
            "demo",
            "--scenario",
            scenario.toString(),
            "--duration",
            "12s",
            "--rate",
            "200",
            "--tmax",
            PATIENT,
            "--allocation",
            "stochastic-balance",
            "--json",
            "--journal",
            journal.toString());
    assertThat(run.status()).as(run.err()).isZero();
    JsonNode json = JSON.readTree(run.out());
    requireAllWell(json, 2_400);
    assertThat(json.path("campaigns")).hasSize(40);
    long clicks = 0;
    long free = 0;
    double spent = 0;
    double due = 0;
    for (JsonNode campaign : json.path("campaigns")) {
      clicks += campaign.path("clicks").asLong();
      free += campaign.path("free_clicks").asLong();
      spent += campaign.path("spent").asDouble();
      due += campaign.path("clicks").asLong() * campaign.path("price_per_click").asDouble();
      assertThat(campaign.path("expected").asDouble()).isZero();
    }
    assertThat(clicks).isPositive().isEqualTo(json.path("clicks").asLong());
    assertThat(spent).isPositive().isLessThanOrEqualTo(due + 1e-6);
    assertThat(json.at("/audit/free_clicks").asLong()).isEqualTo(free);
    assertThat(json.path("spend").asDouble()).isCloseTo(spent, Offset.offset(1e-6));

    Captured again = Captured.run("replay", "--journal", journal.toString(), "--json");
    assertThat(again.status()).as(again.out()).isZero();
    JsonNode same = JSON.readTree(again.out());
    assertThat(same.path("answers").asLong() + same.path("put_aside").asLong()).isEqualTo(2_400);
    assertThat(same.path("differences").asLong()).isZero();
    assertThat(same.path("same").asBoolean()).isTrue();
  }

  @Test
  void playsAgainstJobsOfAnotherCommand() throws Exception {
    try (EmbeddedBroker broker = new EmbeddedBroker()) {
      Path config = folder.resolve("engine.yaml");
      Files.writeString(config, EngineFile.demoText(broker.bootstrap(), PATIENT));
      Thread stream =
          new Thread(() -> Main.execute("stream", "--config", config.toString()), "stream");
      stream.setDaemon(true);
      stream.start();
      Captured exchange =
          Captured.run(
              "exchange",
              "--config",
              config.toString(),
              "--duration",
              "10s",
              "--rate",
              "200",
              "--campaign-count",
              "4",
              "--content-rate",
              "20",
              "--json");
      assertThat(exchange.status()).as(exchange.err()).isZero();
      JsonNode json = JSON.readTree(exchange.out());
      requireAllWell(json, 2_000);
      JsonNode content = json.path("content");
      long texts = content.path("requests").asLong();
      assertThat(texts).isBetween(150L, 1_000L);
      assertThat(content.path("placements").asLong() + sum(content.path("no_placements")))
          .isEqualTo(texts);
      assertThat(content.path("placements").asLong()).isPositive();
      assertThat(content.path("ads").asLong()).isPositive();
      // What is named and not paid for is an ad whose bid is in the journal, late.
      assertThat(content.path("unpaid").asLong()).isEqualTo(content.path("late").asLong());
      assertThat(json.path("command").asText()).isEqualTo("exchange");
      Captured audit = Captured.run("audit", "--bootstrap", broker.bootstrap(), "--json");
      assertThat(audit.status()).isZero();
      assertThat(JSON.readTree(audit.out()).path("ok").asBoolean()).isTrue();
      Captured again =
          Captured.run(
              "replay", "--journal", broker.bootstrap(), "--config", config.toString(), "--json");
      assertThat(again.status()).as(again.out()).isZero();
      JsonNode same = JSON.readTree(again.out());
      assertThat(same.path("answers").asLong() + same.path("put_aside").asLong()).isEqualTo(2_000);
      stream.interrupt();
      stream.join(30_000);
      assertThat(stream.isAlive()).isFalse();
    }
  }
}
