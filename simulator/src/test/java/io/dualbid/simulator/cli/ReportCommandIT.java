package io.dualbid.simulator.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reports on the journal of a run of all jobs. */
class ReportCommandIT {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path folder = Path.of("");

  private JsonNode report(Path journal, String campaign) throws IOException {
    Path out = folder.resolve(campaign);
    Captured run =
        Captured.run(
            "report", campaign, "--journal", journal.toString(), "--out", out.toString(), "--json");
    assertThat(run.status()).as(run.err()).isZero();
    assertThat(Files.readString(out.resolve("report.html")))
        .contains("<svg", "prefers-color-scheme", "Delivery of " + campaign)
        .doesNotContain("<script", "src=\"http");
    return JSON.readTree(run.out());
  }

  /** Of every campaign what the demo's own audit says; so slowly that a busy machine bids too. */
  @Test
  void saysWhatTheAuditSays() throws IOException {
    Path journal = folder.resolve("journal.jsonl.gz");
    Captured demo =
        Captured.run(
            "demo",
            "--duration",
            "14s",
            "--rate",
            "60",
            "--campaign-count",
            "4",
            "--json",
            "--journal",
            journal.toString());
    assertThat(demo.status()).as(demo.err()).isZero();
    JsonNode played = JSON.readTree(demo.out());
    assertThat(played.at("/audit/ok").asBoolean()).isTrue();
    long wins = 0;
    for (JsonNode campaign : played.path("campaigns")) {
      JsonNode report = report(journal, campaign.path("id").asText());
      assertThat(report.path("spent")).isEqualTo(campaign.path("spent"));
      assertThat(report.path("budget")).isEqualTo(campaign.path("budget"));
      assertThat(report.path("wins").asLong()).isEqualTo(campaign.path("wins").asLong());
      assertThat(report.path("clicks").asLong()).isEqualTo(campaign.path("clicks").asLong());
      assertThat(report.path("value").asDouble())
          .isCloseTo(campaign.path("value").asDouble(), within(1e-9));
      assertThat(report.path("no_bids")).isEqualTo(played.path("no_bids"));
      wins += report.path("wins").asLong();
    }
    assertThat(wins).isEqualTo(played.path("wins").asLong());

    Captured unknown = Captured.run("report", "nobody", "--journal", journal.toString(), "--json");
    assertThat(unknown.status()).isEqualTo(Main.WRONG_INPUT);
    assertThat(unknown.err()).contains("found the campaign 'nobody'; accepted: one of the journal");
    assertThat(wins).isPositive();
  }

  @Test
  void tellsWhatIsWrongWithTheQuestion() {
    assertThat(Captured.run("report", "a", "--journal", "absent", "--json").err())
        .contains("--journal: found no file 'absent'");
    assertThat(Captured.run("report", "a", "--journal", "absent").err())
        .contains("--out: found nothing");
    Captured when = Captured.run("report", "a", "--journal", "absent", "--json", "--from", "noon");
    assertThat(when.status()).isEqualTo(Main.WRONG_INPUT);
    assertThat(when.err()).contains("'--from': found 'noon'; accepted: a time such as");
  }
}
