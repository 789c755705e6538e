package io.dualbid.simulator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CasesCommandTest {
  private static final String CASE =
      """
      {
        "name": "one-step",
        "form": "mirror-steps",
        "parameters": {},
        "input": [{"mirror": "euclidean", "mu": 0.2, "g": -0.9, "parameters": {"eta": 0.5}}],
        "expected": {"mu_after": [0.65]},
        "tolerance": 1e-12
      }
      """;

  @TempDir private Path folder = Path.of("");

  private Captured run(String text, String... options) throws IOException {
    Files.writeString(folder.resolve("case.json"), text);
    String[] args = new String[options.length + 2];
    args[0] = "cases";
    args[1] = folder.toString();
    System.arraycopy(options, 0, args, 2, options.length);
    return Captured.run(args);
  }

  @Test
  void endsWithZeroWhereAllPass() throws IOException {
    Captured run = run(CASE);
    assertThat(run.status()).isZero();
    assertThat(run.out()).contains("passed  one-step", "1 passed, 0 failed, 0 of unknown form");
  }

  @Test
  void endsWithOneWhereACaseFailsAndTellsTheDifference() throws IOException {
    Captured run = run(CASE.replace("0.65", "0.66"));
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.out()).contains("failed  one-step: mu_after[0]: 0.65, expected 0.66");
  }

  @Test
  void endsWithOneWhereAFormIsUnknownOrAFileUnreadable() throws IOException {
    Captured unknown = run(CASE.replace("mirror-steps", "mirrors"));
    assertThat(unknown.status()).isEqualTo(1);
    assertThat(unknown.out()).contains("unknown  one-step: found the form 'mirrors'");
    Captured broken = run("{\n\"name\":");
    assertThat(broken.status()).isEqualTo(1);
    assertThat(broken.out()).contains("case.json:2:");
  }

  @Test
  void endsWithTwoWithoutAFolderOfCases() {
    assertThat(Captured.run("cases").status()).isEqualTo(2);
    Captured empty = Captured.run("cases", folder.toString());
    assertThat(empty.status()).isEqualTo(2);
    assertThat(empty.err()).contains("found no case");
    Captured missing = Captured.run("cases", folder.resolve("no-such").toString());
    assertThat(missing.status()).isEqualTo(2);
    assertThat(missing.err()).contains("no-such", "accepted: a folder");
  }

  @Test
  void printsOneJsonDocument() throws IOException {
    Captured run = run(CASE.replace("0.65", "0.66"), "--json");
    JsonNode json = new ObjectMapper().readTree(run.out());
    assertThat(json.path("schema").asInt()).isEqualTo(1);
    assertThat(json.path("failed").asInt()).isEqualTo(1);
    assertThat(json.at("/cases/0/form").asText()).isEqualTo("mirror-steps");
    assertThat(json.at("/cases/0/status").asText()).isEqualTo("failed");
    assertThat(json.at("/cases/0/detail").asText()).startsWith("mu_after[0]");
    assertThat(run.status()).isEqualTo(1);
  }
}
