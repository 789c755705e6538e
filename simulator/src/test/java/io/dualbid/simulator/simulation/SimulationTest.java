package io.dualbid.simulator.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.dualbid.simulator.scenario.Scenario;
import io.dualbid.simulator.scenario.ScenarioReader;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class SimulationTest {
  private static final List<Integer> SHORT = List.of(500, 2_000);

  @Test
  void givesTheSameBytesWhateverTheThreads() throws Exception {
    Scenario scenario = Scenarios.shipped("pacing-drift", SHORT, 3);
    SimulationResult one = Simulation.play(scenario, 1, auctions -> {});
    SimulationResult four = Simulation.play(scenario, 4, auctions -> {});
    assertThat(new SimulationFiles(four).csv()).isEqualTo(new SimulationFiles(one).csv());
    assertThat(new SimulationReport(four).html()).isEqualTo(new SimulationReport(one).html());
    Scenario longer = scenario.over(SHORT, 4);
    assertThat(new SimulationFiles(Scenarios.played(longer)).csv())
        .isNotEqualTo(new SimulationFiles(one).csv());
  }

  @Test
  void tellsEveryPolicyOnEveryStream() throws Exception {
    Scenario scenario = Scenarios.shipped("ros-iid", SHORT, 2);
    long[] told = new long[1];
    SimulationResult result =
        Simulation.play(
            scenario,
            2,
            auctions -> {
              synchronized (told) {
                told[0] += auctions;
              }
            });
    assertThat(told[0]).isEqualTo(5L * 2 * 2_500);
    assertThat(result.runs()).hasSize(5 * 2 * 2);
    assertThat(result.runs())
        .filteredOn(run -> run.seed() == 2 && run.horizon() == 2_000)
        .extracting(Run::policy)
        .containsExactlyElementsOf(
            scenario.policies().stream().map(policy -> policy.name()).toList());
    assertThat(result.traces()).hasSize(5);
    assertThat(result.traces().get(0).samples()).hasSize(250);
  }

  /** Means of the optimum of uniform auctions, for each auction, as known from elsewhere. */
  @Test
  void comparesWithTheKnownOptimaOfUniformAuctions() throws Exception {
    List<Integer> horizon = List.of(10_000);
    Run value = Scenarios.played(Scenarios.shipped("pacing-iid", horizon, 1, "dmd")).runs().get(0);
    assertThat(value.hindsight() / 10_000).isCloseTo(0.259, within(0.004));
    assertThat(value.budget()).isEqualTo(1_000);
    Run profit =
        Scenarios.played(Scenarios.shipped("pacing-profit", horizon, 1, "dmd")).runs().get(0);
    assertThat(profit.hindsight() / 10_000).isCloseTo(0.159, within(0.004));
    assertThat(profit.gain()).isCloseTo(profit.value() - profit.spend(), within(1e-9));
    Run ros = Scenarios.played(Scenarios.shipped("ros-iid", horizon, 1, "ros")).runs().get(0);
    assertThat(ros.hindsight() / 10_000).isCloseTo(0.435, within(0.006));
  }

  @Test
  void keepsAReturnStrictlyWhereThatIsAsked() throws Exception {
    SimulationResult result =
        Scenarios.played(
            Scenarios.shipped("ros-iid", SHORT, 5, "ros:return-step=30,ros:strict,return-step=1"));
    for (Run run : result.runs()) {
      if (run.policy().startsWith("ros:strict")) {
        assertThat(run.lowestSlack()).as("%s", run).isZero();
        assertThat(run.violation()).isZero();
        assertThat(run.ratio()).isLessThanOrEqualTo(1);
        assertThat(run.ros()).isGreaterThanOrEqualTo(1.5);
      } else {
        assertThat(run.lowestSlack()).as("%s", run).isNegative();
      }
    }
  }

  /** Of two policies with the same multiplier the one that is told the truth wins more of it. */
  @Test
  void countsTrueValuesOfNoisyPredictions() throws Exception {
    String text =
        """
        world:
          law: { kind: log-normal, value: 0.3, price: 0.3 }
          noise: { spread: %s }
        campaigns: { budget-per-auction: 100 }
        policies: ["fixed:start=1"]
        horizons: [5000]
        seeds: 1
        """;
    Run clear = only(text.formatted("0"));
    Run noisy = only(text.formatted("1.5"));
    assertThat(noisy.hindsight()).isEqualTo(clear.hindsight());
    assertThat(noisy.value() - noisy.spend()).isLessThan(clear.value() - clear.spend());
    assertThat(noisy.value()).isLessThan(noisy.hindsight());
  }

  /** The shipped scenario of predictions that are 40 % too high, and values that come late. */
  @Test
  void meetsTheTargetInTruthOnlyWherePredictionsAreCalibrated() throws Exception {
    SimulationResult result =
        Scenarios.played(
            Scenarios.shipped(
                "ros-late-values",
                List.of(50_000),
                2,
                "ros,ros:calibrate,both:calibrate,ros:strict,calibrate"));
    for (Run run : result.runs()) {
      if (run.policy().equals("ros")) {
        assertThat(run.ros()).as("%s", run).isLessThan(1.15);
        assertThat(run.late().calibration()).isEqualTo(1);
      } else {
        assertThat(run.realisedRos()).as("%s", run).isBetween(1.45, 1.7);
        assertThat(run.late().calibration()).isBetween(0.62, 0.82);
        assertThat(run.late().slack()).isGreaterThan(run.late().realisedSlack());
      }
      assertThat(run.late().realisedValue() / run.value()).isBetween(0.9, 1.1);
    }
    assertThat(new SimulationFiles(result).table()).contains("calibration");
  }

  /** In uniform auctions the linear bid is the multiplier that makes it, and smoothing paces. */
  @Test
  void playsTheLinearBaselinesAndSmoothing() throws Exception {
    String text =
        """
        world: { law: { kind: uniform } }
        campaigns: { budget-per-auction: 0.1 }
        policies: ["lin:base=0.25,mean-rate=0.5", "mcpc:cpc=0.5", "fixed:start=2", smoothing]
        horizons: [5000]
        seeds: 1
        """;
    List<Run> runs = Scenarios.played(ScenarioReader.read(Path.of("s.yaml"), text)).runs();
    for (Run run : runs.subList(0, 3)) {
      assertThat(run.value()).isEqualTo(runs.get(2).value());
      assertThat(run.spend()).isEqualTo(runs.get(2).spend());
    }
    Run smoothing = runs.get(3);
    assertThat(smoothing.spend()).isBetween(0.95 * smoothing.budget(), smoothing.budget());
    assertThat(smoothing.ratio()).isGreaterThan(0.9);
  }

  private static Run only(String text) throws InterruptedException {
    return Scenarios.played(ScenarioReader.read(Path.of("s.yaml"), text)).runs().get(0);
  }

  @Test
  void playsCampaignsAgainstOneAnotherBelowTheSharedOptimum() throws Exception {
    SimulationResult apart =
        Scenarios.played(Scenarios.shipped("self-play", List.of(1_000), 2, "dmd,pid"));
    for (Run run : apart.runs()) {
      assertThat(run.ratio()).as("%s", run).isBetween(0.5, 1.0);
      assertThat(run.spend()).isLessThanOrEqualTo(run.budget());
      assertThat(run.budget()).isCloseTo(12 * 10, within(1e-9));
    }
  }

  @Test
  void playsFirstPriceAuctions() throws Exception {
    String text =
        """
        world:
          auction: first-price
          law: { kind: uniform }
        campaigns: { budget-per-auction: 0.1 }
        policies: [dmd]
        horizons: [5000]
        seeds: 1
        """;
    Run first = only(text);
    Run second = only(text.replace("first-price", "second-price"));
    assertThat(first.hindsight()).isEqualTo(second.hindsight());
    assertThat(first.spend()).isBetween(0.9 * first.budget(), first.budget());
    assertThat(first.value()).isLessThan(second.value());
  }
}
