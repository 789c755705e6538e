package io.dualbid.simulator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real processes, really killed: the kinds that tell most, within a minute. */
class ChaosRealIT {
  @TempDir private Path folder = Path.of("");

  @Test
  void nothingIsLostAndNothingOverspentWhenProcessesDie() throws IOException {
    Path out = folder.resolve("out");
    Captured run =
        Captured.run(
            "chaos",
            "--real",
            "--duration",
            "35s",
            "--seed",
            "5",
            "--rate",
            "50",
            "--kinds",
            "task-manager-killed,exchange-killed,broker-killed,pacing-rescaled",
            "--out",
            out.toString(),
            "--json");
    assertThat(run.status()).as("%s%n%s", run.out(), run.err()).isZero();
    JsonNode told = new ObjectMapper().readTree(run.out());
    for (String none : new String[] {"unmatched", "lost_outcomes", "double_charges"}) {
      assertThat(told.path(none).asInt(-1)).as(none).isZero();
    }
    assertThat(told.path("breaches").asInt(-1)).isZero();
    assertThat(told.path("faults").size()).isGreaterThanOrEqualTo(3);
    assertThat(told.at("/exchange/outcomes").asLong()).isPositive();
    assertThat(Files.readAllBytes(out.resolve("summary.json"))).isNotEmpty();
    assertThat(ProcessHandle.current().descendants().filter(ProcessHandle::isAlive)).isEmpty();
  }
}
