package io.dualbid.simulator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xml.sax.InputSource;

class SimulateCommandTest {
  private static final String IID = "../config/scenarios/pacing-iid.yaml";
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path folder = Path.of("");

  @Test
  void printsOneDocument() throws Exception {
    Captured run =
        Captured.run(
            "simulate",
            IID,
            "--policy",
            "dmd:mirror=euclidean,step=1/sqrt(T),pid",
            "--seeds",
            "2",
            "--horizon",
            "200,800",
            "--json");
    assertThat(run.status()).as(run.err()).isZero();
    JsonNode json = JSON.readTree(run.out());
    assertThat(json.path("schema").asInt()).isEqualTo(1);
    assertThat(json.path("command").asText()).isEqualTo("simulate");
    assertThat(json.path("runs")).hasSize(2 * 2 * 2);
    JsonNode first = json.at("/runs/0");
    for (String key :
        new String[] {
          "policy",
          "budget_fraction",
          "seed",
          "horizon",
          "auctions",
          "bids",
          "wins",
          "clicks",
          "value",
          "spend",
          "budget",
          "ros",
          "violation",
          "hindsight_value",
          "ratio",
          "regret",
          "auctions_per_second"
        }) {
      assertThat(first.has(key)).as(key).isTrue();
    }
    assertThat(first.path("budget").asDouble()).isEqualTo(20);
    assertThat(first.path("regret").asDouble())
        .isEqualTo(first.path("hindsight_value").asDouble() - first.path("value").asDouble());
    assertThat(json.path("slopes").has("pid")).isTrue();
    assertThat(json.path("slopes").has("dmd:mirror=euclidean,step=1/sqrt(T)")).isTrue();
  }

  @Test
  void writesAPageWithEveryPolicy() throws Exception {
    Path out = folder.resolve("results");
    Captured run =
        Captured.run(
            "simulate", IID, "--seeds", "2", "--horizon", "200,800", "--out", out.toString());
    assertThat(run.status()).as(run.err()).isZero();
    assertThat(run.out()).contains("slope of regret");
    String page = Files.readString(out.resolve("report.html"));
    DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(page)));
    JsonNode summary = JSON.readTree(Files.readString(out.resolve("summary.json")));
    assertThat(summary.path("means")).hasSize(8);
    summary
        .path("means")
        .forEach(
            mean -> assertThat(page).contains("<th scope=\"row\">" + mean.path("policy").asText()));
    assertThat(Files.readAllLines(out.resolve("runs.csv"))).hasSize(1 + 2 * 2 * 4);
    assertThat(Files.readString(out.resolve("scenario.yaml")))
        .isEqualTo(Files.readString(Path.of(IID)));
    for (String plot : new String[] {"regret", "ratio", "spend", "multipliers"}) {
      assertThat(Files.readString(out.resolve(plot + ".svg"))).startsWith("<svg ");
    }
  }

  @Test
  void tellsWhatIsWrongWithTheInput() throws Exception {
    Path broken = Files.writeString(folder.resolve("s.yaml"), "world:\n  law: {kind: flat}\n");
    Captured run = Captured.run("simulate", broken.toString());
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err())
        .contains(broken + ":2:15: found 'flat'; accepted: uniform or log-normal")
        .contains("found no 'policies'");
    Captured validated = Captured.run("validate", broken.toString(), IID);
    assertThat(validated.status()).isEqualTo(2);
    assertThat(validated.err()).contains(broken + ":2:15: found 'flat'");
    assertThat(validated.out()).contains(IID + ": ok");
    Captured policy = Captured.run("simulate", IID, "--policy", "dmdd");
    assertThat(policy.status()).isEqualTo(2);
    assertThat(policy.err()).contains("found the policy 'dmdd' in 'dmdd'; accepted: dmd, ros");
    Captured horizon = Captured.run("simulate", IID, "--horizon", "5");
    assertThat(horizon.status()).isEqualTo(2);
    assertThat(horizon.err()).contains("5");
    assertThat(Captured.run("simulate", folder.resolve("none.yaml").toString()).status())
        .isEqualTo(2);
  }
}
