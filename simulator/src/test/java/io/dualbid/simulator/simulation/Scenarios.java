package io.dualbid.simulator.simulation;

import io.dualbid.simulator.scenario.PolicyText;
import io.dualbid.simulator.scenario.Scenario;
import io.dualbid.simulator.scenario.ScenarioReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Shipped scenarios, made short for tests. */
final class Scenarios {
  private Scenarios() {}

  static Scenario shipped(String name, List<Integer> horizons, int seeds) throws IOException {
    Path file = Path.of("..", "config", "scenarios", name + ".yaml");
    return ScenarioReader.read(file, Files.readString(file)).over(horizons, seeds);
  }

  static Scenario shipped(String name, List<Integer> horizons, int seeds, String policies)
      throws IOException {
    return shipped(name, horizons, seeds).comparing(PolicyText.list(policies));
  }

  static SimulationResult played(Scenario scenario) throws InterruptedException {
    return Simulation.play(scenario, 2, auctions -> {});
  }
}
