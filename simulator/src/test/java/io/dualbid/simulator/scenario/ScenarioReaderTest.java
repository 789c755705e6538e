package io.dualbid.simulator.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dualbid.core.configuration.ConfigurationException;
import io.dualbid.core.configuration.Problem;
import io.dualbid.core.model.Campaign.Objective;
import io.dualbid.simulator.market.Conversions;
import io.dualbid.simulator.market.Effect;
import io.dualbid.simulator.market.Factors;
import io.dualbid.simulator.market.Law;
import io.dualbid.simulator.market.Regimes;
import io.dualbid.simulator.market.Season;
import io.dualbid.simulator.replay.Replay.Competition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ScenarioReaderTest {
  private static final String LEAST =
      """
      world:
        law: { kind: uniform }
      campaigns:
        budget-per-auction: 0.1
      policies: [dmd]
      horizons: [1000]
      """;

  @TempDir private Path folder = Path.of("");

  private Scenario read(String text) {
    return ScenarioReader.read(folder.resolve("s.yaml"), text);
  }

  private List<String> problems(String text) {
    return ScenarioReader.problems(Path.of("s.yaml"), text, name -> null).stream()
        .map(Problem::toString)
        .toList();
  }

  static Stream<Path> shipped() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("..", "config", "scenarios"))) {
      // Those of matching and of a marketplace have forms of their own, and tests of them.
      return files
          .filter(file -> !String.valueOf(file.getFileName()).matches("(matching|cpc)-.*"))
          .sorted()
          .toList()
          .stream();
    }
  }

  @ParameterizedTest
  @MethodSource("shipped")
  void readsWhatIsShipped(Path file) throws IOException {
    Scenario scenario = ScenarioReader.read(file, Files.readString(file));
    assertThat(scenario.title()).isNotEqualTo("Simulation");
    assertThat(scenario.policies()).isNotEmpty();
  }

  @Test
  void hasTheDefaultsOfItsSchema() {
    Scenario scenario = read(LEAST);
    assertThat(scenario.market().law()).isEqualTo(new Law.Uniform(1, 1, 0));
    assertThat(scenario.market().effects()).isEmpty();
    assertThat(scenario.market().firstPrice()).isFalse();
    assertThat(scenario.advertisers())
        .isEqualTo(new Advertisers(1, Competition.HOUSE, Objective.VALUE, 0.1, 1, 10, 1, 0));
    assertThat(scenario.seeds()).isEqualTo(20);
    assertThat(scenario.firstSeed()).isEqualTo(1);
    assertThat(scenario.feedbackDelay()).isZero();
  }

  @Test
  void readsEverythingThereIs() {
    Scenario scenario =
        read(
            """
            title: All
            world:
              auction: first-price
              law: { kind: log-normal, value: 2, value-spread: 0.1, price: 3, price-spread: 0.2, correlation: -0.5 }
              season: { auctions-per-hour: 9, amplitude: 0.1, traffic: false, price-elasticity: 1, value-elasticity: -1 }
              regimes: { mean-length: 3, states: [{ value: 2 }, { price: 3 }] }
              drift: { value: 0.5 }
              crowd: { from: 0.1, lasts: 0.2, price: 4 }
              halves: { first: { price: 5 }, second: { value: 6 } }
              corruption: { roots: 2, value: 3, price: 4 }
              noise: { spread: 0.7, bias: 1.4 }
              conversions: { rate: 0.1, mean-delay: 30 }
              feedback-delay: 8
            campaigns:
              { count: 4, competition: apart, objective: profit, budget-per-auction: 0.2, target-ros: 2,
                max-bid: 5, start-multiplier: 0.5, value-spread: 0.3, segments: 2, attribution-window: 900 }
            policies: [dmd, "pid:start=2"]
            horizons: [10, 20]
            seeds: 3
            first-seed: -7
            """);
    assertThat(scenario.market().law()).isEqualTo(new Law.LogNormal(2, 0.1, 3, 0.2, -0.5));
    assertThat(scenario.market().firstPrice()).isTrue();
    assertThat(scenario.market().segments()).isEqualTo(2);
    assertThat(scenario.market().effects())
        .containsExactly(
            new Season(Season.smooth(0.1), 9, false, -1, 1),
            new Regimes(3, List.of(new Factors(2, 1), new Factors(1, 3))),
            new Effect.Drift(new Factors(0.5, 1)),
            new Effect.Crowd(0.1, 0.2, new Factors(1, 4)),
            new Effect.Halves(new Factors(1, 5), new Factors(6, 1)),
            new Effect.Noise(0.7, 1.4),
            new Effect.Corruption(2, 3, 4));
    assertThat(scenario.advertisers())
        .isEqualTo(
            new Advertisers(4, Competition.APART, Objective.PROFIT, 0.2, 2, 5, 0.5, 0.3, 900));
    assertThat(scenario.market().conversions()).isEqualTo(new Conversions(0.1, 30));
    assertThat(scenario.policies()).extracting(Policy::name).containsExactly("dmd", "pid:start=2");
    assertThat(scenario.horizons()).containsExactly(10, 20);
    assertThat(scenario.seeds()).isEqualTo(3);
    assertThat(scenario.firstSeed()).isEqualTo(-7);
    assertThat(scenario.feedbackDelay()).isEqualTo(8);
  }

  @Test
  void tellsEveryProblemWithItsPlace() {
    assertThat(
            problems(
                """
                world:
                  law: { kind: unifrom }
                  seasons: { amplitude: 2 }
                campaigns:
                  budget-per-auction: 0
                policies:
                  - dmd
                  - dmdd:step=1
                  - dmd
                horizons: [5]
                """))
        .containsExactly(
            "s.yaml:2:16: found 'unifrom'; accepted: uniform or log-normal",
            "s.yaml:3:3: found the unknown key 'seasons'; accepted: 'season' (did you mean that?);"
                + " auction, law, season, regimes, drift, crowd, halves, corruption, noise,"
                + " conversions, feedback-delay",
            "s.yaml:5:23: found 0; accepted: a number above 0: money of a campaign for each auction"
                + " of the stream",
            "s.yaml:10:12: found 5; accepted: a length of the stream, 10 to 10000000 auctions");
    assertThat(problems(LEAST.replace("[dmd]", "[dmd, dmdd, 'ros:mirror=x', dmd]")))
        .containsExactly(
            "s.yaml:5:17: found the policy 'dmdd' in 'dmdd'; accepted: dmd, ros, both, min,"
                + " sequential, pid, throttling, smoothing, lin, mcpc, fixed",
            "s.yaml:5:23: found 'mirror=x' in 'ros:mirror=x'; accepted: euclidean, entropy,"
                + " shifted-entropy",
            "s.yaml:5:39: found the policy 'dmd' again; accepted: each policy once");
    assertThat(problems("world: {}\n"))
        .anySatisfy(problem -> assertThat(problem).startsWith("s.yaml:1:1: found no 'law'"))
        .anySatisfy(problem -> assertThat(problem).contains("found no 'horizons'"));
  }

  @Test
  void refusesWhatHasNoOptimumOrNoStrategy() {
    assertThat(problems(LEAST.replace("0.1", "0.1\n  objective: profit").replace("dmd", "ros")))
        .containsExactly("s.yaml:6:12: found ros for profit; accepted: objective: value");
    assertThat(problems(LEAST.replace("dmd", "'ros:calibrate'")))
        .containsExactly(
            "s.yaml:5:12: found ros:calibrate without a window to calibrate over; accepted: a number"
                + " 'attribution-window' of campaigns");
    assertThat(problems(LEAST.replace("[dmd]", "['dmd:start=0']")))
        .singleElement()
        .asString()
        .startsWith("s.yaml:5:12: found that startMultiplier must be > 0");
  }

  @Test
  void readsARealWeekFromAFile() throws IOException {
    StringBuilder csv = new StringBuilder("region,day_of_week,hour,share\n");
    for (int region = 1; region <= 2; region++) {
      for (int h = 0; h < 168; h++) {
        csv.append("r").append(region).append(',').append(h / 24 + 1).append(',');
        csv.append(h % 24).append(',').append(region * (h + 1)).append('\n');
      }
    }
    Files.writeString(folder.resolve("week.csv"), csv.toString());
    String season = "\n  season: { profile: week.csv, region: r2 }";
    Season read =
        Objects.requireNonNull(
            read(LEAST.replace("{ kind: uniform }", "{ kind: uniform }" + season))
                .market()
                .season());
    assertThat(read.weights().get(0)).isEqualTo(2);
    assertThat(read.weights().get(167)).isEqualTo(336);
    assertThatThrownBy(
            () -> read(LEAST.replace("uniform }", "uniform }" + season.replace("r2", "r3"))))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("s.yaml:3:22: found in")
        .hasMessageContaining("not all 168 hours of region r3");
    assertThatThrownBy(
            () -> read(LEAST.replace("uniform }", "uniform }" + season.replace("week", "none"))))
        .hasMessageContaining("s.yaml:3:22: found no file that can be read at");
  }
}
