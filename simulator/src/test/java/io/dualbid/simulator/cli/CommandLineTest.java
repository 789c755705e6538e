package io.dualbid.simulator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandLineTest {
  @TempDir private Path folder = Path.of("");

  @Test
  void helpsWithAnExampleForEveryCommand() {
    assertThat(Captured.run("--help").out()).contains("demo", "stream", "validate", "Example");
    for (String command :
        List.of(
            "demo",
            "stream",
            "exchange",
            "audit",
            "validate",
            "cases",
            "hindsight",
            "replay",
            "simulate",
            "generate-log",
            "place",
            "fit")) {
      Captured help = Captured.run(command, "--help");
      assertThat(help.status()).as(command).isZero();
      assertThat(help.out()).as(command).contains("Example");
      assertThat(help.err()).as(command).isEmpty();
    }
  }

  @Test
  void endsWithTwoWhereTheCommandLineIsWrong() {
    assertThat(Captured.run().status()).isEqualTo(2);
    assertThat(Captured.run("dance").status()).isEqualTo(2);
    assertThat(Captured.run("demo", "--duration", "soon").status()).isEqualTo(2);
    assertThat(Captured.run("demo", "--rate", "0").err()).contains("--rate: found 0");
    assertThat(Captured.run("demo", "--log", "x", "--format", "xml").err())
        .contains("accepted: tsv, csv, jsonl, parquet, ipinyou");
    Captured missing = Captured.run("demo", "--log", "no-such", "--format", "ipinyou");
    assertThat(missing.status()).isEqualTo(2);
    assertThat(missing.err()).contains("no-such");
    assertThat(Captured.run("audit").err()).contains("--bootstrap");
  }

  @Test
  void refusesALogThatCannotBeReadBeforeAnythingIsStarted() throws IOException {
    Path log = Files.writeString(folder.resolve("log"), "0 1 0.1\nnonsense\n");
    Captured run =
        Captured.run("demo", "--log", log.toString(), "--format", "ipinyou", "--budget", "5");
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).contains("log:2:1: found").contains("accepted:").doesNotContain("broker");
  }

  @Test
  void validatesTheExamples() throws IOException {
    Captured run =
        Captured.run("validate", "--json", "../config/engine.yaml", "../config/campaigns.yaml");
    assertThat(run.status()).isZero();
    JsonNode json = new ObjectMapper().readTree(run.out());
    assertThat(json.path("schema").asInt()).isEqualTo(1);
    assertThat(json.path("files")).hasSize(2);
    assertThat(json.at("/files/0/ok").asBoolean()).isTrue();
  }

  @Test
  void tellsEveryProblemOfAFileWithItsPlace() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("engine.yaml"), "kafka:\n  bootstrap: nowhere\n  topic: {}\n");
    Captured run = Captured.run("validate", file.toString());
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err())
        .contains("engine.yaml:2:14: found 'nowhere'", "engine.yaml:3:3", "'topics'");
    JsonNode json =
        new ObjectMapper().readTree(Captured.run("validate", "--json", file.toString()).out());
    assertThat(json.at("/files/0/problems/0/line").asInt()).isEqualTo(2);
    assertThat(Captured.run("validate", "nowhere.yaml").status()).isEqualTo(2);
  }
}
