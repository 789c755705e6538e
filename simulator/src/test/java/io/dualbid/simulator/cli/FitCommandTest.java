package io.dualbid.simulator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FitCommandTest {
  @TempDir private Path folder = Path.of("");

  private String drawn(String name, String model) {
    String log = folder.resolve(name).toString();
    Captured run = Captured.run("fit", "--draw", "4000", "--model", model, "--seed", "3", log);
    assertThat(run.status()).as(run.err()).isZero();
    return log;
  }

  @Test
  void learnsFromALogAndSaysWhichModelExplainsIt() throws IOException {
    String log = drawn("clicks.jsonl.gz", "cascade");
    Path weights = folder.resolve("weights.yaml");
    Captured run = Captured.run("fit", log, "--json", "--out", weights.toString());

    assertThat(run.status()).as(run.err()).isZero();
    JsonNode json = new ObjectMapper().readTree(run.out());
    assertThat(json.path("command").asText()).isEqualTo("fit");
    assertThat(json.path("answers").asInt()).isEqualTo(4_000);
    assertThat(json.path("better").asText()).isEqualTo("cascade");
    assertThat(json.path("models")).hasSize(2);
    JsonNode beta = json.at("/models/0/parameters/beta");
    assertThat(beta.path("value").asDouble()).isBetween(1.5, 3.5);
    assertThat(beta.path("standard_error").asDouble()).isPositive();
    assertThat(beta.at("/interval_95/0").asDouble()).isLessThan(beta.path("value").asDouble());
    assertThat(Files.readString(weights))
        .contains("model: cascade\n", "beta: " + beta.path("value").asDouble(), "continuation: ");

    String table = Captured.run("fit", log, "--hold", "continuation=1").out();
    assertThat(table).contains("4000 answers", "standard error", "held", "explains the log better");
  }

  @Test
  void namesWhatIsWrong() throws IOException {
    Path log = folder.resolve("clicks.jsonl");
    for (String[] wrong :
        new String[][] {
          {"nonsense", ":2:9: found no JSON"},
          {"{}", ":2:1: found no list 'shown'"},
          {"{\"shown\":[{\"position\":0}]}", "no position and cosine in shown[0]"},
          {"{\"shown\":[{\"position\":0,\"cosine\":2}]}", "cosine not in [-1, 1]: 2.0"},
          {"{\"shown\":[{\"position\":-1,\"cosine\":0}]}", "positions have to rise: -1"},
          {"{\"shown\":[{\"position\":3,\"cosine\":0}],\"clicked\":4}", "a click at 4, where no"},
        }) {
      Files.writeString(log, "{\"shown\":[]}\n" + wrong[0] + "\n");
      Captured run = Captured.run("fit", log.toString());
      assertThat(run.status()).isEqualTo(Main.WRONG_INPUT);
      assertThat(run.err()).contains("clicks.jsonl:2:").contains(wrong[1]).contains("accepted:");
    }
    assertThat(Captured.run("fit", folder.resolve("none").toString()).status()).isEqualTo(2);
    assertThat(Captured.run("fit", drawn("m.jsonl", "mnl"), "--hold", "gamma=1").err())
        .contains("--hold: found 'gamma'; accepted: alpha, beta, decay, continuation");
    assertThat(Captured.run("fit", "--draw", "0", log.toString()).err()).contains("--draw");
    assertThat(
            Captured.run(
                    "fit", "--draw", "5", "--truth", "beta=9", "--model", "cascade", log.toString())
                .err())
        .contains("alpha + beta below 0");
  }
}
