package io.dualbid.core.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dualbid.core.bidding.BalanceAllocation;
import io.dualbid.core.bidding.PerturbedAllocation;
import io.dualbid.core.configuration.EngineConfig.Allocation;
import io.dualbid.core.matching.Discount;
import io.dualbid.core.model.Campaign;
import io.dualbid.core.model.PerClick;
import io.dualbid.core.model.Plan;
import io.dualbid.core.pacing.PacingConfig;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConfigurationsTest {
  private static final Path CONFIG = Path.of("..", "config");

  private static final String MINIMAL =
      """
      campaigns:
        - id: a
          advertiser: shop.example
          budget: "10.5"
          flight: { start: 2026-01-01T00:00:00Z, end: 2026-01-02T00:00:00Z }
          value-per-click: 2
          max-bid-cpm: "12.5"
          creatives: [{ id: one, size: 300x250 }]
      """;

  private static List<Problem> problems(String text) {
    return Configurations.problems("file.yaml", text, name -> null);
  }

  private static List<String> told(String text) {
    return problems(text).stream().map(Problem::toString).toList();
  }

  private static EngineConfig engine(String text) {
    return Configurations.engine("engine.yaml", text, name -> null);
  }

  @Test
  void readsTheExamplesThatShipWithIt() throws IOException {
    EngineConfig engine = engine(Files.readString(CONFIG.resolve("engine.yaml")));
    assertThat(engine.kafka().bootstrap()).isEqualTo("localhost:9092");
    assertThat(engine.pacing()).isEqualTo(PacingConfig.DEFAULT);
    List<Campaign> campaigns =
        Configurations.campaigns("c", Files.readString(CONFIG.resolve("campaigns.yaml")));
    assertThat(campaigns)
        .extracting(Campaign::id)
        .containsExactly("brand-always-on", "spring-sale", "pay-by-click");
    assertThat(campaigns.get(1).targeting().regions())
        .containsExactlyInAnyOrder("USA-CA", "USA-NY");
  }

  @Test
  void metersThatOthersReachNeedAToken() {
    String kafka = "kafka: { bootstrap: 'b:1' }\n";
    assertThat(told(kafka + "metrics:\n  port: 9404\n  bind: 0.0.0.0\n"))
        .containsExactly(
            "file.yaml:4:9: found 0.0.0.0, an address that others reach, without a token; accepted:"
                + " 127.0.0.1, or a 'token' beside it that readers must show");
    assertThat(told(kafka + "metrics: { bind: 0.0.0.0 }\n")).as("no port is opened").isEmpty();
    assertThat(told(kafka + "metrics: { port: 9404, bind: '::1' }\n")).isEmpty();
    assertThat(told(kafka + "metrics: { port: 9404, bind: 0.0.0.0, token: short-secret }\n"))
        .singleElement()
        .satisfies(
            told -> assertThat(told).contains("a token of 12 characters").doesNotContain("short"));
    EngineConfig engine =
        Configurations.engine(
            "engine.yaml",
            kafka + "metrics: { port: 9404, bind: 0.0.0.0, token: '${TOKEN}' }\n",
            name -> name.equals("TOKEN") ? "a-token-of-the-environment" : null);
    assertThat(engine.metrics().token()).isEqualTo("a-token-of-the-environment");
  }

  /** Whatever is printed of settings, none of it is a secret. */
  @Test
  void secretsAreNotToldByTheSettingsThatHoldThem() {
    String secret = "hush-hush-hush-hush";
    EngineConfig engine =
        Configurations.engine(
            "engine.yaml",
            """
            kafka: { bootstrap: 'b:1', properties: { sasl.jaas.config: 'password="${SECRET}"' } }
            metrics: { port: 9404, bind: 0.0.0.0, token: '${SECRET}' }
            """,
            name -> secret);
    assertThat(engine.kafka().properties().get("sasl.jaas.config")).contains(secret);
    assertThat(engine.toString()).contains("sasl.jaas.config").doesNotContain(secret);
    assertThat(engine.kafka().toString()).doesNotContain(secret);
    assertThat(engine.metrics().toString()).contains("with a token").doesNotContain(secret);
  }

  @Test
  void settingsThatAreHandedOnAreTheSameButForSecrets() {
    String text =
        """
        kafka:
          bootstrap: 'b:1'
          properties: { sasl.jaas.config: 'password="hush-hush"' }
          topics: { bids: my-bids }
        bidding: { default-tmax: 150ms }
        metrics: { port: 9404, token: hush-hush-hush-hush }
        """;
    String handedOn = Configurations.withoutSecrets("engine.yaml", text);
    assertThat(handedOn).doesNotContain("hush");
    EngineConfig engine = engine(handedOn);
    assertThat(engine.kafka().topics()).isEqualTo(engine(text).kafka().topics());
    assertThat(engine.bidding()).isEqualTo(engine(text).bidding());
  }

  @Test
  void tmaxIsBounded() {
    assertThat(told("kafka: { bootstrap: 'b:1' }\nbidding: { default-tmax: 30d }\n"))
        .singleElement()
        .satisfies(told -> assertThat(told).startsWith("file.yaml:2:").contains("1ms to 1h"));
  }

  @Test
  void hasTheDefaultsThatTheSchemaTells() throws IOException {
    JsonNode schema =
        new ObjectMapper().readTree(CONFIG.resolve("schema/engine.schema.json").toFile());
    StringBuilder all = new StringBuilder();
    for (String section : List.of("account", "kafka", "bidding", "pacing", "metrics")) {
      all.append(section).append(":\n");
      if (section.equals("kafka")) {
        all.append("  bootstrap: b:1\n");
      }
      writeDefaults(schema.path("properties").path(section), "  ", all);
    }
    assertThat(engine(all.toString())).isEqualTo(engine("kafka: { bootstrap: b:1 }"));
  }

  private static void writeDefaults(JsonNode schema, String indent, StringBuilder out) {
    for (var property : schema.path("properties").properties()) {
      if (property.getValue().has("default")) {
        out.append(indent)
            .append(property.getKey())
            .append(": ")
            .append(property.getValue().get("default"))
            .append('\n');
      } else if (property.getValue().path("properties").findValue("default") != null) {
        out.append(indent).append(property.getKey()).append(":\n");
        writeDefaults(property.getValue(), indent + "  ", out);
      }
    }
  }

  @Test
  void readsMoneyExactlyAsItIsWritten() {
    Campaign campaign = Configurations.campaigns("c", MINIMAL).get(0);
    assertThat(campaign.budgetNanos()).isEqualTo(10_500_000_000L);
    assertThat(campaign.maxBidNanos()).isEqualTo(12_500_000L);
    assertThat(campaign.plan()).isEqualTo(Plan.EVEN);
    assertThat(told(MINIMAL.replace("\"10.5\"", "0.1234567891")))
        .containsExactly(
            "file.yaml:4:13: found 0.1234567891; accepted: an amount with at most 9 decimals,"
                + " below 9 billion");
  }

  @Test
  void readsLocalTimesInTheZoneOfTheFlight() {
    Campaign campaign =
        Configurations.campaigns(
                "c",
                MINIMAL.replace(
                    "start: 2026-01-01T00:00:00Z", "zone: Asia/Tokyo, start: 2026-01-01T00:00:00"))
            .get(0);
    assertThat(Instant.ofEpochMilli(campaign.flight().startMillis()))
        .isEqualTo(Instant.parse("2025-12-31T15:00:00Z"));
  }

  @Test
  void tellsAllProblemsAtOnceEachAtItsPlace() {
    String text =
        """
        campaigns:
          - id: a
            advertiser: shop.example
            budgett: "10"
            flight: { start: 2026-01-02T00:00:00Z, end: 2026-01-01T00:00:00Z }
            value-per-click: 0
            max-bid-cpm: cheap
            creatives: [{ id: one }]
          - id: a
            plan: evenly
        """;
    assertThat(told(text))
        .contains(
            "file.yaml:4:5: found the unknown key 'budgett'; accepted: 'budget' (did you mean"
                + " that?); id, advertiser, categories, status, budget, daily-budget, flight, plan,"
                + " traffic, objective, constraint, target-ros, target-roas, target-roi, target-cpc,"
                + " target-cpa, conversion-rate, strict, attribution, method,"
                + " base-bid-cpm, mean-click-rate, cost-per-click, step, auction, mirror,"
                + " billing, price-per-click, attribution-window,"
                + " value-per-click, click-rate, max-bid-cpm, start-multiplier, creatives,"
                + " targeting",
            "file.yaml:2:5: found no 'budget'; accepted: budget: lifetime budget in account"
                + " currency, such as \"1250.50\"",
            "file.yaml:5:49: found an end before the start; accepted: a time after the start",
            "file.yaml:6:22: found 0; accepted: value of one click in account currency, above 0,"
                + " such as \"1.80\"",
            "file.yaml:8:17: found a banner without a size; accepted: a size such as 300x250",
            "file.yaml:9:9: found 'a', which is the id of campaign number 1 too; accepted: an id"
                + " of its own for each campaign",
            "file.yaml:10:11: found 'evenly'; accepted: even, front-loaded, asap or traffic (with"
                + " a list 'traffic' beside it)");
    assertThat(problems(text)).isSortedAccordingTo((a, b) -> a.line() - b.line());
    assertThatThrownBy(() -> Configurations.campaigns("file.yaml", text))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("file.yaml:4:5");
  }

  private static String perClick(String more) {
    return """
        campaigns:
          - id: a
            advertiser: shop.example
            budget: "10.5"
            flight: { start: 2026-01-01T00:00:00Z, end: 2026-02-01T00:00:00Z }
            billing: cpc
            creatives: [{ id: one, size: 300x250 }]
        """
        + more.indent(4);
  }

  @Test
  void readsWhatAClickCosts() {
    Campaign campaign =
        Configurations.campaigns(
                "c", perClick("price-per-click: \"0.40\"\nattribution-window: 30m"))
            .get(0);
    assertThat(campaign.perClick()).isEqualTo(new PerClick(400_000_000, 30 * 60_000));
    assertThat(campaign.valuePerClick()).isEqualTo(0.4);
    assertThat(campaign.maxBidNanos()).isEqualTo(400_000_000);
    assertThat(Configurations.campaign("c", Configurations.toJson(campaign))).isEqualTo(campaign);
    Campaign capped =
        Configurations.campaigns(
                "c",
                perClick(
                    "price-per-click: 0.4\nvalue-per-click: 2\nmax-bid-cpm: 12\nclick-rate: 0"))
            .get(0);
    assertThat(capped.perClick()).isEqualTo(new PerClick(400_000_000, 86_400_000));
    assertThat(capped.valuePerClick()).isEqualTo(2);
    assertThat(capped.maxBidNanos()).isEqualTo(12_000_000);
    assertThat(Configurations.campaign("c", Configurations.toJson(capped))).isEqualTo(capped);
  }

  @Test
  void tellsWhereBillingAndTheRestDoNotFit() {
    assertThat(told(perClick("")))
        .containsExactly(
            "file.yaml:6:14: found no 'price-per-click' beside it; accepted: 'price-per-click': what"
                + " a click is charged, such as \"0.40\"");
    assertThat(told(perClick("price-per-click: 1\nconstraint: ros\ntarget-ros: 2")))
        .containsExactly(
            "file.yaml:9:17: found a return on spend beside 'billing: cpc', where spend follows"
                + " clicks; accepted: constraint: budget");
    assertThat(told(perClick("price-per-click: 0\nattribution-window: 5ms")))
        .containsExactly(
            "file.yaml:8:22: found 0; accepted: for 'billing: cpc' what a click is charged, in"
                + " account currency, above 0, such as \"0.40\"",
            "file.yaml:9:25: found '5ms'; accepted: for 'billing: cpc' a duration of at least 1s,"
                + " such as 24h: how long after its auction a click on an impression is charged");
    assertThat(told(MINIMAL.replace("max-bid-cpm: \"12.5\"", "price-per-click: 1")))
        .anyMatch(problem -> problem.contains("found no 'max-bid-cpm'; accepted: 'max-bid-cpm'"))
        .anyMatch(
            problem ->
                problem.endsWith(
                    "found 'price-per-click' without use; accepted: 'billing: cpc' beside it"));
  }

  @Test
  void readsTheAllocationOfClicks() {
    String kafka = "kafka: { bootstrap: b:1 }\nbidding:\n  ";
    assertThat(engine(kafka + "parallelism: 1").bidding().allocation())
        .isEqualTo(Allocation.DEFAULT);
    assertThat(
            engine(kafka + "allocation: stochastic-balance\n  balance-discount: exp")
                .bidding()
                .allocation()
                .policy())
        .isEqualTo(new BalanceAllocation(Discount.EXP));
    assertThat(
            engine(kafka + "allocation: perturbed-greedy\n  allocation-seed: 7")
                .bidding()
                .allocation()
                .policy())
        .isEqualTo(new PerturbedAllocation(7));
    assertThat(told(kafka + "allocation: greedy"))
        .singleElement()
        .asString()
        .startsWith("file.yaml:3:15: found 'greedy'; accepted: who of several campaigns");
  }

  @Test
  void refusesWhatOnlyLooksLikeYaml() {
    assertThat(told("a: [1,\n")).singleElement().asString().startsWith("file.yaml:2:1: found");
    assertThat(told("kafka: 1\nkafka: 2"))
        .contains("file.yaml:2:1: found the key 'kafka' again; accepted: each key once");
    assertThat(told("kafka: !!java.io.File /etc")).isNotEmpty();
    assertThat(told("")).isNotEmpty();
    assertThat(told("--- 1\n--- 2")).isNotEmpty();
    assertThat(told("a: &a [*a]")).isNotEmpty();
  }

  @Test
  void refusesAliasesThatGrowWithoutBound() {
    StringBuilder bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 12; i++) {
      bomb.append("a").append(i).append(": &a").append(i).append(" [");
      bomb.append(("*a" + (i - 1) + ", ").repeat(9)).append("x]\n");
    }
    assertThat(told(bomb.toString()))
        .singleElement()
        .asString()
        .contains("found too many values, with aliases written out");
  }

  @Test
  void keepsWordsThatOldYamlTookForOtherThings() {
    Campaign campaign =
        Configurations.campaigns(
                "c",
                MINIMAL.replace(
                    "value-per-click: 2",
                    "value-per-click: 2\n    targeting: { countries: [NOR], segments: {any-of: [no,"
                        + " 12:30]} }"))
            .get(0);
    assertThat(campaign.targeting().anySegments()).containsExactlyInAnyOrder("no", "12:30");
  }

  @Test
  void fillsSecretsInAndNeverTellsThem() {
    String text =
        """
        kafka:
          bootstrap: b:1
          properties: { sasl.jaas.config: 'password="${PASSWORD}"' }
        """;
    EngineConfig engine =
        Configurations.engine("e", text, name -> name.equals("PASSWORD") ? "s3cr$t" : null);
    assertThat(engine.kafka().properties())
        .containsEntry("sasl.jaas.config", "password=\"s3cr$t\"");
    assertThat(engine.toString()).doesNotContain("s3cr$t");
    ConfigurationException e =
        catchThrowableOfType(ConfigurationException.class, () -> engine(text));
    assertThat(e).hasMessageContaining("engine.yaml:3:35: found ${PASSWORD}, which is not set");
  }

  @Test
  void refusesSettingsThatContradictEachOther() {
    String text =
        """
        kafka: { bootstrap: b:1 }
        pacing:
          deduplication: 1s
          leases: { interval: 5s }
        """;
    assertThat(told(text))
        .containsExactly(
            "file.yaml:3:18: found 1000ms; accepted: at least the win window (10000ms)",
            "file.yaml:4:11: found 3000ms; accepted: more than the lease interval and the clock"
                + " skew together (5020ms)");
  }

  @Test
  void readsBackWhatItWritesForTheTopic() throws IOException {
    String text = Files.readString(CONFIG.resolve("campaigns.yaml"));
    for (Campaign campaign : Configurations.campaigns("c", text)) {
      byte[] json = Configurations.toJson(campaign);
      assertThat(Configurations.campaign("topic", json)).isEqualTo(campaign);
    }
    assertThatThrownBy(
            () -> Configurations.campaign("topic", "{\"id\":".getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(ConfigurationException.class);
    assertThatThrownBy(() -> Configurations.campaign("topic", "3".getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(ConfigurationException.class);
  }
}
