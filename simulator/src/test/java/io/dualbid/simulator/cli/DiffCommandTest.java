package io.dualbid.simulator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiffCommandTest {
  private static final String SAME =
      "{\"schema\":1,\"command\":\"diff\",\"same\":true,\"same_runs\":3,\"changes\":[],"
          + "\"only_old\":[],\"only_new\":[]}";

  @TempDir private Path folder = Path.of("");

  private String result(String name, String runs) throws IOException {
    Path result = Files.createDirectories(folder.resolve(name));
    Files.writeString(result.resolve("summary.json"), "{\"schema\":1,\"runs\":[" + runs + "]}");
    return result.toString();
  }

  private static String run(String policy, String figures) {
    return "{\"policy\":\"" + policy + "\",\"budget_fraction\":\"1/4\"," + figures + "}";
  }

  @Test
  void tellsEveryNumberThatMovedButNoTimes() throws IOException {
    String old =
        result(
            "old",
            run("dmd", "\"value\":100,\"wins\":5,\"auctions_per_second\":7")
                + ","
                + run("pid", "\"value\":90")
                + ","
                + run("gone", "\"value\":1"));
    String now =
        result(
            "new",
            run("dmd", "\"value\":110,\"wins\":5,\"auctions_per_second\":9")
                + ","
                + run("pid", "\"value\":90")
                + ","
                + run("come", "\"value\":1"));

    Captured told = Captured.run("diff", old, now, "--json");

    assertThat(told.status()).isZero();
    JsonNode json = new ObjectMapper().readTree(told.out());
    assertThat(json.path("same").asBoolean()).isFalse();
    assertThat(json.path("same_runs").asInt()).isEqualTo(1);
    assertThat(json.path("changes")).hasSize(1);
    assertThat(json.at("/changes/0/run").asText()).isEqualTo("dmd, 1/4");
    assertThat(json.at("/changes/0/figure").asText()).isEqualTo("value");
    assertThat(json.at("/changes/0/relative").asDouble()).isEqualTo(0.1);
    assertThat(json.path("only_old").get(0).asText()).isEqualTo("gone, 1/4");
    assertThat(json.path("only_new").get(0).asText()).isEqualTo("come, 1/4");
    assertThat(Captured.run("diff", old, now).out())
        .contains("value")
        .contains("+10.00%")
        .contains("only in the new result: come, 1/4");
    assertThat(new ObjectMapper().readTree(Captured.run("diff", old, old, "--json").out()))
        .isEqualTo(new ObjectMapper().readTree(SAME));
  }

  @Test
  void saysWhatIsNoResult() throws IOException {
    String fine = result("fine", run("dmd", "\"value\":1"));
    Path other = folder.resolve("other.json");
    Files.writeString(other, "{\"schema\":1}");
    Captured none = Captured.run("diff", fine, other.toString());
    assertThat(none.status()).isEqualTo(Main.WRONG_INPUT);
    assertThat(none.err()).contains("found neither 'runs' nor 'campaigns' in the new result");
    Files.writeString(other, "{");
    assertThat(Captured.run("diff", other.toString(), fine).err()).contains("other.json:1:");
    assertThat(Captured.run("diff", folder.resolve("absent").toString(), fine).err())
        .contains("absent:1:1: found no result; accepted: a folder with summary.json");
  }

  private String campaigns(String name, String budget) throws IOException {
    return Files.writeString(
            folder.resolve(name),
            """
            campaigns:
              - id: spring-sale
                advertiser: shoes.example
                budget: %s
                flight: { start: 2026-03-01T00:00:00Z, end: 2026-03-02T00:00:00Z }
                value-per-click: 1
                max-bid-cpm: 1000
                creatives: [{ id: square, type: banner, size: 300x250 }]
            """
                .formatted(budget))
        .toString();
  }

  /**
   * Four auctions a day, worth 2, 1.5, 1 and 0.6 for each unit of their price. Money for the first
   * one only ends at 2, for three at 1.
   */
  @Test
  void expectsOfCampaignsWhatALogOfAuctionsTells() throws IOException {
    Path log =
        Files.writeString(
            folder.resolve("day.csv"),
            """
            price,pctr
            500,1.0
            500,0.75
            500,0.5
            500,0.3
            """);
    Captured told =
        Captured.run(
            "diff",
            campaigns("old.yaml", "0.4"),
            campaigns("new.yaml", "1.2"),
            "--log",
            log.toString(),
            "--at",
            "2026-03-01T00:00:00Z");
    assertThat(told.out())
        .as(told.err())
        .isEqualTo(
            "campaign spring-sale: budget 0.40 -> 1.20 (+200 %): with 24 h left the plan rises from"
                + " 0.02 to 0.05 an hour; expected multiplier 2 -> 1\n");
    assertThat(told.status()).isZero();
  }

  @Test
  void tellsRisksByItsStatusAndKeepsTheWaysApart() throws IOException {
    String old = campaigns("old.yaml", "5");
    String now = campaigns("new.yaml", "4");
    Captured over = Captured.run("diff", old, now, "--at", "2026-03-03T00:00:00Z", "--json");
    assertThat(over.status()).as(over.err()).isZero();
    Captured same = Captured.run("diff", old, old);
    assertThat(same.out()).isEqualTo("no campaign changes\n");
    Files.writeString(
        Path.of(now),
        Files.readString(Path.of(now)).replace("2026-03-02T00:00:00Z", "2026-03-01T12:00:00Z"));
    Captured ended = Captured.run("diff", old, now, "--at", "2026-03-01T12:00:00Z", "--json");
    assertThat(ended.status()).isEqualTo(1);
    JsonNode json = new ObjectMapper().readTree(ended.out());
    assertThat(json.at("/campaigns/0/id").asText()).isEqualTo("spring-sale");
    assertThat(json.at("/campaigns/0/risks/0").asText()).contains("has ended");
    Captured wrong = Captured.run("diff", old, folder.toString(), "--at", "2026-03-01T12:00:00Z");
    assertThat(wrong.status()).isEqualTo(2);
    assertThat(wrong.err()).contains("accepted: with campaigns");
    Captured badTime = Captured.run("diff", old, now, "--at", "noon");
    assertThat(badTime.err()).contains("found 'noon'");
  }
}
