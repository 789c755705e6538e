package io.dualbid.simulator.cli;

import io.dualbid.core.configuration.EngineConfig;
import io.dualbid.simulator.marketplace.MarketplacePolicy;
import io.dualbid.simulator.marketplace.MarketplaceReader;
import io.dualbid.simulator.marketplace.MarketplaceReplay;
import io.dualbid.simulator.marketplace.MarketplaceReport;
import io.dualbid.simulator.marketplace.MarketplaceRun;
import io.dualbid.simulator.marketplace.MarketplaceScenario;
import io.dualbid.simulator.matching.MatchingReport;
import io.dualbid.simulator.matching.MatchingScenario;
import io.dualbid.simulator.matching.MatchingScenarioReader;
import io.dualbid.simulator.matching.MatchingSimulation;
import io.dualbid.simulator.play.Summary;
import io.dualbid.simulator.report.Plot;
import io.dualbid.simulator.scenario.PolicyText;
import io.dualbid.simulator.scenario.Scenario;
import io.dualbid.simulator.scenario.ScenarioReader;
import io.dualbid.simulator.simulation.Simulation;
import io.dualbid.simulator.simulation.SimulationFiles;
import io.dualbid.simulator.simulation.SimulationReport;
import io.dualbid.simulator.simulation.SimulationResult;
import io.dualbid.stream.launch.TextFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Policies compared on a generated market. */
@Command(
    name = "simulate",
    description = {
      "Compares policies on a generated market: every policy on every stream, through the engine,"
          + " against the optimum with hindsight; tells regret, share of the optimum, spend and"
          + " violations with 95 %% intervals over seeds, and how regret grows with the stream.",
      "A policy is a name, and after a colon what differs from its defaults:"
          + " dmd, ros, both, min, sequential, pid, throttling, smoothing, lin, mcpc, fixed;"
          + " mirror=entropy|euclidean|shifted-entropy, step=0.01 or 1/sqrt(T), 1/sqrt(t),"
          + " 0.3/sqrt(G), start=NUMBER|hindsight, return-step=NUMBER,"
          + " plan=even|traffic|front-loaded|asap,"
          + " auction=as-requested|second-price|first-price, strict.",
      "A scenario of matching compares policies for pay per click, or Bayesian ones, with every"
          + " benchmark that can be reckoned.",
      "A scenario of a marketplace compares dual, stochastic-balance, perturbed-greedy and"
          + " highest-bid on the campaigns of 'demo --scenario', without the stream; NAME:delayed"
          + " with clicks as late as there.",
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  dualbid simulate config/scenarios/pacing-iid.yaml --out results",
      "  dualbid simulate config/scenarios/pacing-iid.yaml --seeds 5 --horizon 1000,10000 \\",
      "    --policy 'dmd:mirror=euclidean,step=1/sqrt(T),pid,throttling' --json",
    })
final class SimulateCommand implements Callable<Integer> {
  @Parameters(paramLabel = "SCENARIO.yaml", description = "What to simulate.")
  private Path file = Path.of("");

  @Option(
      names = "--policy",
      paramLabel = "A,B",
      description = "Compare these instead of the scenario's.")
  private @Nullable String policies;

  @Option(
      names = "--seeds",
      paramLabel = "N",
      description = "Streams of each length (default: the scenario's).")
  private @Nullable Integer seeds;

  @Option(
      names = "--horizon",
      paramLabel = "T",
      split = ",",
      description = "Lengths of the stream (default: the scenario's).")
  private List<Integer> horizons = List.of();

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Streams played at a time (default: one for each core); changes no result.")
  private int threads = Runtime.getRuntime().availableProcessors();

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Write report.html, its plots, summary.json, runs.csv and the scenario here.")
  private @Nullable Path out;

  @Option(names = "--json", description = "Print one JSON document and nothing else.")
  private boolean json;

  @Override
  public Integer call() throws IOException, InterruptedException {
    String text = text();
    if (MatchingScenarioReader.recognises(file, text)) {
      return matching(text);
    }
    if (MarketplaceReader.recognises(file, text)) {
      return marketplace(text);
    }
    Scenario scenario = changed(ScenarioReader.read(file, text));
    long auctions =
        scenario.horizons().stream().mapToLong(Integer::longValue).sum()
            * scenario.seeds()
            * scenario.policies().size();
    SimulationResult result;
    try (SimulateProgress progress = new SimulateProgress(auctions)) {
      result = Simulation.play(scenario, Math.max(1, threads), progress);
    }
    SimulationFiles files = new SimulationFiles(result);
    Path folder = out;
    if (folder != null) {
      Files.createDirectories(folder);
      Files.writeString(folder.resolve("summary.json"), Summary.text(files.json()) + "\n");
      Files.writeString(folder.resolve("runs.csv"), files.csv());
      Files.writeString(folder.resolve("scenario.yaml"), text);
      SimulationReport report = new SimulationReport(result);
      Files.writeString(folder.resolve("report.html"), report.html());
      for (Plot plot : report.plots()) {
        Files.writeString(folder.resolve(plot.name() + ".svg"), plot.file());
      }
    }
    System.out.print(json ? Summary.text(files.json()) + "\n" : files.table());
    System.out.flush();
    return 0;
  }

  private int matching(String text) throws IOException {
    MatchingReport report = new MatchingReport(MatchingSimulation.play(changedMatching(text)));
    Path folder = out;
    if (folder != null) {
      Files.createDirectories(folder);
      Files.writeString(folder.resolve("summary.json"), Summary.text(report.json()) + "\n");
      Files.writeString(folder.resolve("runs.csv"), report.csv());
      Files.writeString(folder.resolve("scenario.yaml"), text);
      Files.writeString(folder.resolve("report.html"), report.html());
      for (Plot plot : report.plots()) {
        Files.writeString(folder.resolve(plot.name() + ".svg"), plot.file());
      }
    }
    System.out.print(json ? Summary.text(report.json()) + "\n" : report.table());
    System.out.flush();
    return 0;
  }

  private MatchingScenario changedMatching(String text) {
    if (!horizons.isEmpty()) {
      throw new WrongInput(
          "--horizon: found it for a scenario of matching; accepted: vertices in the scenario");
    }
    MatchingScenario scenario = MatchingScenarioReader.read(file, text);
    Integer count = seeds;
    String others = policies;
    try {
      scenario = scenario.over(scenario.sizes(), count == null ? scenario.seeds() : count);
      return others == null ? scenario : scenario.comparing(List.of(others.split(",", -1)));
    } catch (IllegalArgumentException e) {
      throw new WrongInput(e.getMessage(), e);
    }
  }

  private int marketplace(String text) throws IOException {
    if (!horizons.isEmpty()) {
      throw new WrongInput(
          "--horizon: found it for a scenario of a marketplace; accepted: duration and rate in the"
              + " scenario");
    }
    MarketplaceScenario scenario = changedMarketplace(MarketplaceReader.read(file, text));
    EngineConfig engine = EngineFile.marketplace("unused:1", scenario.allocation());
    List<MarketplaceRun> runs = new ArrayList<>();
    for (int i = 0; i < scenario.seeds(); i++) {
      for (MarketplacePolicy policy : scenario.policies()) {
        MarketplaceScenario world = scenario.seeded(scenario.seed() + i);
        runs.add(MarketplaceReplay.play(engine, world, policy));
      }
    }
    MarketplaceReport report = new MarketplaceReport(scenario, runs);
    Path folder = out;
    if (folder != null) {
      Files.createDirectories(folder);
      Files.writeString(folder.resolve("summary.json"), Summary.text(report.json()) + "\n");
      Files.writeString(folder.resolve("runs.csv"), report.csv());
      Files.writeString(folder.resolve("scenario.yaml"), text);
    }
    System.out.print(json ? Summary.text(report.json()) + "\n" : report.table());
    System.out.flush();
    return 0;
  }

  private MarketplaceScenario changedMarketplace(MarketplaceScenario scenario) {
    Integer count = seeds;
    String others = policies;
    try {
      return scenario.comparing(
          others == null
              ? scenario.policies()
              : Stream.of(others.split(",", -1)).map(MarketplacePolicy::of).toList(),
          count == null ? scenario.seeds() : count);
    } catch (IllegalArgumentException e) {
      throw new WrongInput(e.getMessage(), e);
    }
  }

  private String text() throws IOException {
    return TextFile.read(file);
  }

  private Scenario changed(Scenario scenario) {
    Integer count = seeds;
    String others = policies;
    try {
      Scenario changed =
          scenario.over(
              horizons.isEmpty() ? scenario.horizons() : horizons,
              count == null ? scenario.seeds() : count);
      return others == null ? changed : changed.comparing(PolicyText.list(others));
    } catch (IllegalArgumentException e) {
      throw new WrongInput(e.getMessage(), e);
    }
  }
}
