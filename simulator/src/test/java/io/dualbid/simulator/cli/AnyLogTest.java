package io.dualbid.simulator.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Replay and hindsight on logs of every format, of one campaign and of several. */
class AnyLogTest {
  private static final int ROWS = 4_000;
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path folder = Path.of("");

  private Path generate(String name, String... more) {
    Path file = folder.resolve(name);
    List<String> args =
        new ArrayList<>(
            List.of(
                "generate-log",
                "--rows",
                String.valueOf(ROWS),
                "--seed",
                "5",
                "--out",
                file.toString()));
    args.addAll(List.of(more));
    Captured run = Captured.run(args.toArray(String[]::new));
    assertThat(run.status()).as(run.err()).isZero();
    return file;
  }

  private static JsonNode json(Object... args) throws IOException {
    List<String> all = new ArrayList<>();
    for (Object arg : args) {
      all.add(arg.toString());
    }
    all.add("--json");
    Captured run = Captured.run(all.toArray(String[]::new));
    assertThat(run.status()).as(run.err()).isZero();
    JsonNode document = JSON.readTree(run.out());
    for (JsonNode one : document.path("runs")) {
      ((ObjectNode) one).remove("auctions_per_second");
    }
    return document;
  }

  private static void refuses(String message, Object... args) {
    List<String> all = new ArrayList<>();
    for (Object arg : args) {
      all.add(arg.toString());
    }
    Captured run = Captured.run(all.toArray(String[]::new));
    assertThat(run.status()).as(run.err()).isEqualTo(2);
    assertThat(run.err()).contains(message);
    assertThat(run.out()).isEmpty();
  }

  private Path campaigns(String... segments) throws IOException {
    StringBuilder yaml = new StringBuilder("campaigns:\n");
    for (int i = 0; i < 3; i++) {
      yaml.append(
          """
            - id: campaign-%d
              advertiser: shoes.example
              budget: "%d"
              flight: {start: 2026-03-01T00:00:00, end: 2026-03-15T00:00:00, zone: UTC}
              value-per-click: "%d"
              max-bid-cpm: "50"
              start-multiplier: 2
              creatives:
                - id: banner
                  size: 300x250
          """
              .formatted(i + 1, i + 1, i + 1));
      if (segments.length > 0) {
        yaml.append("    targeting: {segments: {any-of: [").append(segments[i]).append("]}}\n");
      }
    }
    return Files.writeString(folder.resolve("campaigns.yaml"), yaml);
  }

  @Test
  void saysTheSameOfTheSameAuctionsInEveryFormat() throws IOException {
    Object[] rest = {"--policy", "dmd,pid", "--budget-fraction", "1/4,1/16"};
    JsonNode csv = replay(generate("a.csv"), rest);
    assertThat(csv.path("runs")).hasSize(4);
    for (JsonNode run : csv.path("runs")) {
      assertThat(run.path("auctions").asInt()).isEqualTo(ROWS);
      assertThat(run.path("wins").asInt()).isPositive();
      assertThat(run.path("spend").asDouble())
          .isPositive()
          .isLessThanOrEqualTo(run.path("budget").asDouble());
      assertThat(run.path("ratio").asDouble())
          .isBetween(run.path("policy").asText().equals("dmd") ? 0.9 : 0.1, 1.0);
    }
    for (String name : new String[] {"a.tsv", "a.csv.gz", "a.jsonl", "a.jsonl.gz"}) {
      assertThat(replay(generate(name), rest)).as(name).isEqualTo(csv);
    }
    JsonNode hindsight =
        json("hindsight", "--log", generate("a.tsv.gz"), "--budget-fraction", "1/4");
    assertThat(hindsight.path("value").asDouble())
        .isEqualTo(csv.at("/runs/0/hindsight_value").asDouble());
  }

  private static JsonNode replay(Path log, Object... rest) throws IOException {
    List<Object> args = new ArrayList<>(List.of("replay", "--log", log));
    args.addAll(List.of(rest));
    return json(args.toArray());
  }

  /** A price is for a thousand impressions; in triples, for one. */
  @Test
  void chargesAThousandthOfAPriceButAllOfItInTriples() throws IOException {
    Path triples = generate("t", "--format", "ipinyou");
    StringBuilder text = new StringBuilder("pctr\tprice\tclick\n");
    for (String line : Files.readAllLines(triples)) {
      String[] fields = line.split(" ", -1);
      text.append(String.join("\t", fields[2], fields[1], fields[0])).append('\n');
    }
    Path tsv = Files.writeString(folder.resolve("t.tsv"), text);
    JsonNode whole =
        json("replay", "--log", triples, "--format", "ipinyou", "--budget-fraction", "1/4")
            .at("/runs/0");
    JsonNode cpm = replay(tsv, "--budget-fraction", "1/4").at("/runs/0");
    assertThat(cpm.path("budget").asDouble()).isEqualTo(whole.path("budget").asDouble() / 1_000);
    assertThat(cpm.path("hindsight_value").asDouble())
        .isCloseTo(whole.path("hindsight_value").asDouble(), within(1e-9));
    assertThat(cpm.path("value").asDouble())
        .isCloseTo(whole.path("value").asDouble(), within(0.02 * whole.path("value").asDouble()));
    assertThat(1_000 * cpm.path("spend").asDouble())
        .isCloseTo(whole.path("spend").asDouble(), within(0.02 * whole.path("spend").asDouble()));
  }

  @Test
  void refusesCampaignsThatPayByTheClick() throws IOException {
    Path campaigns =
        Files.writeString(
            folder.resolve("clicks.yaml"),
            """
            campaigns:
              - id: clicks
                advertiser: shop.example
                budget: "10"
                flight: { start: 2026-01-01T00:00:00Z, end: 2026-02-01T00:00:00Z }
                billing: cpc
                price-per-click: 1
                creatives: [{ id: one, size: 300x250 }]
            """);
    for (String command : new String[] {"replay", "hindsight"}) {
      Captured run =
          Captured.run(
              command, "--log", generate("a.tsv").toString(), "--campaigns", campaigns.toString());
      assertThat(run.status()).as(run.err()).isEqualTo(Main.WRONG_INPUT);
      assertThat(run.err()).contains("clicks.yaml:1:1: found 'billing: cpc' of campaign clicks");
    }
  }

  /** An expected value of a win takes the place of click rate and value of a click. */
  @Test
  void takesValuesAsTheyAre() throws IOException {
    StringBuilder rates = new StringBuilder("pctr,price\n");
    StringBuilder values = new StringBuilder("value,price\n");
    for (int i = 0; i < ROWS; i++) {
      int rate = 1 + i * 7 % 13;
      int price = 1 + i * 5 % 11;
      rates
          .append("0.0")
          .append(rate / 10)
          .append(rate % 10)
          .append(',')
          .append(price)
          .append('\n');
      values.append(rate * 0.5 / 1_000).append(',').append(price).append('\n');
    }
    Path one = Files.writeString(folder.resolve("rates.csv"), rates);
    Path other = Files.writeString(folder.resolve("values.csv"), values);
    JsonNode rated = replay(one, "--budget", "5", "--value-per-click", "0.5").at("/runs/0");
    JsonNode valued = replay(other, "--budget", "5", "--value-per-click", "9").at("/runs/0");
    assertThat(valued.path("hindsight_value").asDouble())
        .isCloseTo(rated.path("hindsight_value").asDouble(), within(1e-9));
    assertThat(valued.path("value").asDouble())
        .isCloseTo(rated.path("value").asDouble(), within(0.01 * rated.path("value").asDouble()));
  }

  @Test
  void playsEachCampaignThatALogNamesOnItsOwnRows() throws IOException {
    Path log = generate("a.csv", "--campaign-count", "3");
    JsonNode runs = replay(log, "--budget-fraction", "1/8", "--policy", "dmd,fixed").path("runs");
    assertThat(runs).hasSize(6);
    int rows = 0;
    for (int i = 0; i < 3; i++) {
      rows += runs.get(i).path("auctions").asInt();
      String id = runs.get(i).path("campaign").asText();
      assertThat(id).startsWith("campaign-");
      assertThat(runs.get(i + 3).path("campaign").asText()).isEqualTo(id);
      JsonNode alone = replay(log, "--budget-fraction", "1/8", "--campaign", id).at("/runs/0");
      assertThat(alone).isEqualTo(runs.get(i));
    }
    assertThat(rows).isEqualTo(ROWS);
    JsonNode own = replay(log, "--campaigns", campaigns()).path("runs");
    assertThat(own).hasSize(3);
    for (JsonNode run : own) {
      assertThat(run.path("policy").asText()).isEqualTo("own");
      String id = run.path("campaign").asText();
      assertThat(run.path("budget").asInt()).isEqualTo(id.charAt(id.length() - 1) - '0');
      assertThat(run.path("ratio").asDouble()).isBetween(0.3, 1.0);
    }
    Path more = generate("b.csv", "--campaign-count", "4");
    refuses(
        "found campaign 'campaign-4'; accepted: campaign-1, campaign-2, campaign-3",
        "replay",
        "--log",
        more,
        "--campaigns",
        campaigns());
    refuses(
        "accepted: --campaign with one of campaign-1, campaign-2, campaign-3",
        "hindsight",
        "--log",
        log,
        "--budget",
        "1");
    refuses(
        "found no row of campaign 'x'",
        "hindsight",
        "--log",
        log,
        "--campaign",
        "x",
        "--budget",
        "1");
    JsonNode shared = json("hindsight", "--log", log, "--campaigns", campaigns());
    double sum = 0;
    for (JsonNode run : own) {
      sum += run.path("hindsight_value").asDouble();
    }
    // Nobody takes an auction of another's, so all together have what each has alone.
    assertThat(shared.path("value").asDouble()).isCloseTo(sum, within(0.002 * sum));
  }

  @Test
  void letsCampaignsCompeteForTheSameAuctions() throws IOException {
    Path log = generate("a.csv");
    JsonNode house = replay(log, "--campaigns", campaigns(), "--policy", "dmd");
    JsonNode apart =
        replay(log, "--campaigns", campaigns(), "--policy", "dmd", "--competition", "apart");
    assertThat(house.path("competition").asText()).isEqualTo("house");
    assertThat(house.path("runs")).hasSize(3);
    long wins = 0;
    double housePrice = 0;
    double apartPrice = 0;
    for (int i = 0; i < 3; i++) {
      JsonNode in = house.path("runs").get(i);
      JsonNode out = apart.path("runs").get(i);
      assertThat(in.path("auctions").asInt()).isEqualTo(ROWS);
      // The highest bid of the house enters, so a win of one is none of another.
      wins += in.path("wins").asLong();
      housePrice += in.path("spend").asDouble();
      apartPrice += out.path("spend").asDouble();
      assertThat(in.path("value").asDouble())
          .isLessThanOrEqualTo(in.path("hindsight_value").asDouble());
    }
    assertThat(wins).isLessThanOrEqualTo(ROWS);
    assertThat(apartPrice).isNotEqualTo(housePrice);
    refuses(
        "--competition: found 'all'; accepted: house, apart",
        "replay",
        "--log",
        log,
        "--campaigns",
        campaigns(),
        "--competition",
        "all");
  }

  @Test
  void keepsToTheSegmentsThatCampaignsWant() throws IOException {
    Path log = generate("a.jsonl");
    JsonNode runs = replay(log, "--campaigns", campaigns("auto", "news", "nowhere")).path("runs");
    assertThat(runs.get(0).path("bids").asInt()).isBetween(1, ROWS / 4);
    assertThat(runs.get(1).path("bids").asInt()).isBetween(1, ROWS / 4);
    assertThat(runs.get(2).path("bids").asInt()).isZero();
    assertThat(runs.get(2).path("hindsight_value").asDouble()).isZero();
    assertThat(runs.get(0).path("ratio").asDouble()).isBetween(0.0, 1.0);
  }

  @Test
  void countsConversionsOfWins() throws IOException {
    StringBuilder text = new StringBuilder("value,price,conversion_value\n");
    for (int i = 0; i < 500; i++) {
      // Every tenth converts; every second of those is out of reach.
      text.append(i % 20 == 0 ? "1,900000000," : "1,1,").append(i % 10 == 0 ? "2.5\n" : "\n");
    }
    Path log = Files.writeString(folder.resolve("a.csv"), text);
    JsonNode run = replay(log, "--budget", "100", "--policy", "fixed:start=1").at("/runs/0");
    assertThat(run.path("wins").asInt()).isBetween(450, 475);
    assertThat(run.path("conversions").asInt()).isBetween(22, 25);
    assertThat(run.path("conversion_value").asDouble())
        .isEqualTo(2.5 * run.path("conversions").asInt());
  }

  @Test
  void stopsAtARowThatCannotBeReadOrSkipsIt() throws IOException {
    Path log = generate("a.csv");
    List<String> lines = new ArrayList<>(Files.readAllLines(log));
    lines.add(3, lines.get(2).replaceFirst("\\d+,", "soon,"));
    lines.add(9, "x");
    Path broken = Files.write(folder.resolve("broken.csv"), lines);
    refuses(
        broken + ":4:1: found timestamp 'soon'; accepted: milliseconds since 1970",
        "replay",
        "--log",
        broken,
        "--budget",
        "1");
    refuses(
        "--on-error: found 'go'; accepted: stop, skip",
        "replay",
        "--log",
        broken,
        "--budget",
        "1",
        "--on-error",
        "go");
    Path out = folder.resolve("results");
    JsonNode whole = replay(log, "--budget", "1");
    JsonNode skipping = replay(broken, "--budget", "1", "--on-error", "skip", "--out", out);
    assertThat(whole.path("skipped_rows").asInt()).isZero();
    assertThat(skipping.path("skipped_rows").asInt()).isEqualTo(2);
    assertThat(skipping.path("runs")).isEqualTo(whole.path("runs"));
    assertThat(JSON.readTree(out.resolve("summary.json").toFile()).path("skipped_rows").asInt())
        .isEqualTo(2);
    List<String> skipped = Files.readAllLines(out.resolve("skipped-rows.jsonl"));
    assertThat(skipped).hasSize(2);
    assertThat(JSON.readTree(skipped.get(1)).path("line").asInt()).isEqualTo(10);
    Path named = folder.resolve("named.jsonl");
    JsonNode hindsight =
        json(
            "hindsight",
            "--log",
            broken,
            "--budget",
            "1",
            "--on-error",
            "skip",
            "--skipped",
            named);
    assertThat(hindsight.path("skipped_rows").asInt()).isEqualTo(2);
    assertThat(Files.readAllLines(named)).isEqualTo(skipped);
  }

  @Test
  void takesAPartOfALogOfManyFiles() throws IOException {
    Path log = generate("a.csv");
    List<String> lines = Files.readAllLines(log);
    List<String> odd = new ArrayList<>(List.of(lines.get(0)));
    List<String> even = new ArrayList<>(List.of(lines.get(0)));
    for (int i = 1; i < lines.size(); i++) {
      (i % 3 == 0 ? odd : even).add(lines.get(i));
    }
    Path one = Files.write(folder.resolve("1.csv"), odd);
    Path two = Files.write(folder.resolve("2.csv"), even);
    JsonNode whole = replay(log, "--budget", "1", "--rows", "100..1100");
    assertThat(whole.at("/runs/0/auctions").asInt()).isEqualTo(1_001);
    assertThat(json("replay", "--log", two, one, "--budget", "1", "--rows", "100..1100"))
        .isEqualTo(whole);
    refuses(
        "found 4000 rows; accepted: --rows within them",
        "replay",
        "--log",
        log,
        "--budget",
        "1",
        "--rows",
        "5000..6000");
    refuses("nowhere.csv: found no such file", "replay", "--log", "nowhere.csv", "--budget", "1");
  }

  @Test
  void generatesTheSameLogForTheSameSeed() throws IOException {
    byte[] once = Files.readAllBytes(generate("a.tsv"));
    assertThat(Files.readAllBytes(generate("a.tsv"))).isEqualTo(once);
    refuses(
        "--rows: found 0; accepted: 1 or more", "generate-log", "--rows", "0", "--out", "x.csv");
    refuses("found no format in its name", "generate-log", "--rows", "1", "--out", "x.log");
    refuses("found parquet; accepted: tsv", "generate-log", "--rows", "1", "--out", "x.parquet");
  }
}
