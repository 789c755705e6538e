package io.dualbid.simulator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.dualbid.core.configuration.EngineConfig;
import io.dualbid.stream.embedded.EmbeddedBroker;
import io.dualbid.stream.kafka.KafkaClients;
import io.dualbid.stream.topics.TopicSetup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Definitions go out as versions, all of a file or none, and come back. */
class ApplyCommandIT {
  @TempDir private Path folder = Path.of("");

  private static String campaign(String id, String budget) {
    return """
          - id: %s
            advertiser: shoes.example
            budget: %s
            flight: { start: 2026-03-01T00:00:00Z, end: 2099-03-02T00:00:00Z }
            value-per-click: 1
            click-rate: 0.001
            max-bid-cpm: 10
            creatives: [{ id: square, type: banner, size: 300x250 }]
        """
        .formatted(id, budget);
  }

  private static Captured ok(String... args) {
    Captured run = Captured.run(args);
    assertThat(run.status()).as("%s%n%s", run.out(), run.err()).isZero();
    return run;
  }

  @Test
  void appliesRollsBackAndListsVersions() throws IOException {
    try (EmbeddedBroker broker = new EmbeddedBroker()) {
      String settings =
          Files.writeString(
                  folder.resolve("engine.yaml"), EngineFile.addressText(broker.bootstrap()))
              .toString();
      EngineConfig engine = EngineFile.read(Path.of(settings));
      TopicSetup.ensure(KafkaClients.of(engine), engine);
      Path file = folder.resolve("campaigns.yaml");
      Files.writeString(file, "campaigns:\n" + campaign("a", "500") + campaign("b", "7"));
      String[] apply = {
        "apply", file.toString(), "--config", settings, "--author", "anna", "--reason", "spring"
      };

      String[] dry = Arrays.copyOf(apply, apply.length + 1);
      dry[apply.length] = "--dry-run";
      assertThat(ok(dry).out())
          .contains("campaigns\ta\t", "campaign-history\tb\t", "author=anna", "not written");
      assertThat(Captured.run("history", "a", "--config", settings).status()).isEqualTo(2);

      assertThat(ok(apply).out()).contains("a: version 1", "b: version 1");
      Files.writeString(file, "campaigns:\n" + campaign("a", "650") + campaign("b", "7"));
      assertThat(ok(apply).out()).contains("a: version 2", "b: as it was");

      // One wrong campaign of a file, and none of it is applied.
      Files.writeString(file, "campaigns:\n" + campaign("a", "900") + campaign("b", "x"));
      Captured wrong = Captured.run(apply);
      assertThat(wrong.status()).isEqualTo(2);
      assertThat(wrong.err()).contains(file + ":12:");

      Files.writeString(file, "campaigns:\n" + campaign("a", "650"));
      assertThat(ok("apply", file.toString(), "--config", settings, "--rollback").out())
          .contains("a: version 3");
      assertThat(ok("history", "a", "--config", settings).out())
          .containsSubsequence("500", "spring", "650", "spring", "500");
    }
  }
}
