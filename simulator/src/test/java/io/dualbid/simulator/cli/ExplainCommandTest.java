package io.dualbid.simulator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExplainCommandTest {
  private static final String CAMPAIGNS = Path.of("..", "config", "campaigns.yaml").toString();

  @TempDir private Path folder = Path.of("");

  private String file(String name, String content) throws IOException {
    Path file = folder.resolve(name);
    Files.writeString(file, content);
    return file.toString();
  }

  private String request() throws IOException {
    return file(
        "request.json",
        "{\"id\":\"r-1\",\"imp\":[{\"id\":\"1\",\"banner\":{\"w\":300,\"h\":250},"
            + "\"ext\":{\"pctr\":0.002}}],\"site\":{\"domain\":\"news.example\"},"
            + "\"device\":{\"geo\":{\"country\":\"FRA\"}}}");
  }

  @Test
  void tellsOfEachCampaignItsBidOrWhyItIsOut() throws IOException {
    Captured run =
        Captured.run(
            "explain",
            "--campaigns",
            CAMPAIGNS,
            "--request",
            request(),
            "--at",
            "2026-03-02T12:00:00Z",
            "--json");

    assertThat(run.status()).as(run.err()).isZero();
    JsonNode candidates = new ObjectMapper().readTree(run.out()).path("candidates");
    JsonNode brand = candidates.get(0);
    assertThat(brand.path("campaign").asText()).isEqualTo("brand-always-on");
    assertThat(brand.path("offered").asBoolean()).isTrue();
    assertThat(brand.path("value").asDouble()).isEqualTo(1.20 * 0.002);
    JsonNode sale = candidates.get(1);
    assertThat(sale.path("campaign").asText()).isEqualTo("spring-sale");
    assertThat(sale.path("reason").asText()).isEqualTo("no-candidate");
    assertThat(sale.path("unmet").asText()).isEqualTo("countries or regions");
  }

  @Test
  void bidsByTheMultipliersThatItIsGiven() throws IOException {
    String start = bid("--request", request());
    String pacing =
        file(
            "pacing.jsonl",
            "{\"campaign\":\"brand-always-on\",\"epoch\":5,\"state\":\"active\","
                + "\"multiplier\":4,\"ledger\":{\"budget_nanos\":9,\"ceiling_nanos\":9,"
                + "\"spent_nanos\":0,\"reserved_nanos\":0,\"leased_nanos\":0},"
                + "\"position\":{\"bids\":1,\"outcomes\":1},\"totals\":{}}\n");

    assertThat(bid("--request", request(), "--pacing", pacing)).isEqualTo("6.0E-4");
    assertThat(start).isNotEqualTo("6.0E-4");
  }

  private static String bid(String... more) throws IOException {
    String[] all = new String[more.length + 6];
    System.arraycopy(
        new String[] {
          "explain", "--campaigns", CAMPAIGNS, "--at", "2026-03-02T12:00:00Z", "--json"
        },
        0,
        all,
        0,
        6);
    System.arraycopy(more, 0, all, 6, more.length);
    Captured run = Captured.run(all);
    assertThat(run.status()).as(run.err()).isZero();
    return Double.toString(
        new ObjectMapper().readTree(run.out()).path("candidates").get(0).path("bid").asDouble());
  }

  @Test
  void namesWhatIsWrong() throws IOException {
    Captured time =
        Captured.run("explain", "--campaigns", CAMPAIGNS, "--request", request(), "--at", "noon");
    assertThat(time.status()).isEqualTo(Main.WRONG_INPUT);
    assertThat(time.err()).contains("'--at': found 'noon'; accepted: a time such as");
    String pacing = file("pacing.jsonl", "\n{\"campaign\":1}\n");
    Captured update =
        Captured.run(
            "explain", "--campaigns", CAMPAIGNS, "--request", request(), "--pacing", pacing);
    assertThat(update.status()).isEqualTo(Main.WRONG_INPUT);
    assertThat(update.err()).contains("pacing.jsonl:2:1: found no usable 'campaign'");
  }
}
