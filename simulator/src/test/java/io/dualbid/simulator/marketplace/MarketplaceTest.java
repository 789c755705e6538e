package io.dualbid.simulator.marketplace;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dualbid.core.configuration.Configurations;
import io.dualbid.core.configuration.EngineConfig;
import io.dualbid.core.configuration.EngineConfig.Allocation;
import io.dualbid.core.configuration.Problem;
import io.dualbid.core.model.Campaign;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The marketplace without the stream. */
class MarketplaceTest {
  private static final Path CONFIG = Path.of("..", "config");
  private static final Path SHIPPED = CONFIG.resolve("scenarios/cpc-marketplace.yaml");
  private static final EngineConfig ENGINE =
      Configurations.engine("e", "kafka: { bootstrap: b:1 }", name -> null);

  private static MarketplaceScenario scenario(String text) {
    return MarketplaceReader.read(Path.of("s.yaml"), text);
  }

  /** 10 s of requests for 20 campaigns, which could pay for a third of all clicks. */
  private static MarketplaceScenario scarce() {
    return scenario(
        "marketplace: { campaigns: 20, demand: 0.3, duration: 10s, rate: 200, click-rate: 0.2 }");
  }

  private static List<String> problems(String text) {
    return MarketplaceReader.problems(Path.of("s.yaml"), text).stream()
        .map(Problem::toString)
        .toList();
  }

  @Test
  void readsWhatIsShipped() throws IOException {
    String text = Files.readString(SHIPPED);
    assertThat(MarketplaceReader.recognises(SHIPPED, text)).isTrue();
    MarketplaceScenario shipped = MarketplaceReader.read(SHIPPED, text);
    List<Campaign> campaigns = shipped.campaigns(0, shipped.durationMillis());
    assertThat(campaigns).hasSize(200).allMatch(campaign -> campaign.perClick() != null);
    assertThat(shipped.policies())
        .extracting(MarketplacePolicy::label)
        .containsExactly("dual", "stochastic-balance", "perturbed-greedy", "highest-bid");
  }

  @Test
  void hasTheDefaultsOfItsSchema() throws IOException {
    JsonNode schema =
        new ObjectMapper().readTree(CONFIG.resolve("schema/marketplace.schema.json").toFile());
    StringBuilder all = new StringBuilder("marketplace:\n");
    for (var property : schema.at("/properties/marketplace/properties").properties()) {
      all.append("  ")
          .append(property.getKey())
          .append(": ")
          .append(property.getValue().get("default"))
          .append('\n');
    }
    for (String key : List.of("allocation", "seeds", "seed")) {
      all.append(key)
          .append(": ")
          .append(schema.path("properties").path(key).path("default"))
          .append('\n');
    }
    assertThat(scenario(all.toString())).isEqualTo(scenario("marketplace: {}"));
  }

  @Test
  void tellsWhatIsWrongWithItsPlace() {
    assertThat(problems("marketplace: { campaigns: 0 }\npolicies: [greedy]"))
        .containsExactly(
            "s.yaml:1:27: found 0; accepted: number of campaigns that pay by the click, 1 to 100000",
            "s.yaml:2:12: found 'greedy'; accepted: dual, stochastic-balance, perturbed-greedy or"
                + " highest-bid, and ':delayed' after it where clicks are to come as late as in the"
                + " stream");
    assertThat(problems("marketplace: { lowest-price: 2, highest-price: 1 }"))
        .singleElement()
        .asString()
        .startsWith("s.yaml:1:14: found that highest-price must be at least lowest-price");
  }

  @Test
  void makesBudgetsOfTheDemandThatItSays() {
    MarketplaceScenario scenario =
        scenario("marketplace: { campaigns: 20000, demand: 2, lowest-price: 1, highest-price: 1 }");
    double sum =
        scenario.campaigns(0, 1_000).stream().mapToDouble(c -> c.budgetNanos() / 1e9).sum();
    double clicks = scenario.requests() * scenario.market().meanClickRate();
    // The spread of one budget is below its mean, so that of 20,000 lies below a hundredth of it.
    assertThat(sum / clicks).isBetween(2 * 0.98, 2 * 1.02);
  }

  @ParameterizedTest
  @ValueSource(strings = {"dual", "stochastic-balance", "perturbed-greedy", "highest-bid"})
  void spendsScarceBudgetsNeverMoreAndTheSameTwice(String policy) {
    MarketplaceScenario scenario = scarce();
    MarketplaceRun run = MarketplaceReplay.play(ENGINE, scenario, MarketplacePolicy.of(policy));
    assertThat(run.auctions()).isEqualTo(2_000);
    assertThat(run.spend()).isBetween(0.6 * run.budget(), run.budget());
    assertThat(run.clicks()).isPositive();
    MarketplaceRun again = MarketplaceReplay.play(ENGINE, scenario, MarketplacePolicy.of(policy));
    assertThat(again.spend()).isEqualTo(run.spend());
    assertThat(again.bids()).isEqualTo(run.bids());
    MarketplaceRun late =
        MarketplaceReplay.play(ENGINE, scenario, MarketplacePolicy.of(policy + ":delayed"));
    assertThat(late.spend()).isBetween(0.4 * run.budget(), run.budget());
    assertThat(late.wins()).isLessThanOrEqualTo(late.bids());
  }

  @Test
  void namesWhatIsAccepted() {
    assertThat(MarketplacePolicy.of("dual:delayed"))
        .isEqualTo(new MarketplacePolicy(Allocation.Kind.DUAL, true));
    assertThat(MarketplacePolicy.of("dual:delayed").label()).isEqualTo("dual:delayed");
  }
}
