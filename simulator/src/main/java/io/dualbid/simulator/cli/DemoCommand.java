package io.dualbid.simulator.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dualbid.core.configuration.EngineConfig;
import io.dualbid.core.configuration.EngineConfig.Allocation;
import io.dualbid.simulator.console.ConsoleServer;
import io.dualbid.simulator.journal.JournalFile;
import io.dualbid.simulator.marketplace.MarketplacePolicy;
import io.dualbid.simulator.marketplace.MarketplaceScenario;
import io.dualbid.simulator.play.ResultFiles;
import io.dualbid.simulator.play.Scenario;
import io.dualbid.stream.embedded.EmbeddedBroker;
import io.dualbid.stream.embedded.EmbeddedCluster;
import io.dualbid.stream.launch.TextFile;
import io.dualbid.stream.metrics.EngineMetrics;
import io.dualbid.stream.metrics.MetricsEndpoint;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Everything in one process: broker, jobs, exchange. */
@Command(
    name = "demo",
    description = {
      "Starts a real Kafka broker, the bidding and pacing jobs on an embedded Flink cluster (with"
          + " --content-rate the placement job too), and an exchange that plays against them; ends"
          + " with a summary and an audit.",
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  dualbid demo --duration 20s",
      "  dualbid demo --duration 20s --rate 500 --content-rate 50",
      "  dualbid demo --scenario config/scenarios/cpc-marketplace.yaml --allocation dual",
      "  dualbid demo --log 2997.txt.gz --format ipinyou --budget 393860 --rate 4000 --json",
    })
final class DemoCommand implements Callable<Integer> {
  @Mixin private ScenarioOptions options = new ScenarioOptions();

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "Engine settings (YAML); the broker's address in them is replaced.")
  private @Nullable Path config;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Write summary.json, timeseries.csv and engine.yaml there.")
  private @Nullable Path out;

  @Option(
      names = "--journal",
      paramLabel = "FILE",
      description = "Write the journal there at the end, for 'dualbid replay --journal FILE'.")
  private @Nullable Path journal;

  @Option(
      names = "--metrics-port",
      paramLabel = "P",
      description = "Serve meters for Prometheus at this port while it runs.")
  private int metricsPort;

  @Option(
      names = "--allocation",
      paramLabel = "POLICY",
      description =
          "With --scenario: who of several campaigns gets a request: dual, stochastic-balance,"
              + " perturbed-greedy or highest-bid (default: the scenario's).")
  private @Nullable String allocation;

  @Option(
      names = "--tmax",
      paramLabel = "DURATION",
      converter = Durations.class,
      description =
          "How long an answer may take (default: 300ms); a busy machine wants more. With --config"
              + " the file says it.")
  private @Nullable Duration tmax;

  @Option(
      names = "--console-port",
      paramLabel = "P",
      description =
          "The port of the live page, or the first that is free after it; 0 for any (default:"
              + " ${DEFAULT-VALUE}).")
  private int consolePort = ConsoleServer.DEFAULT_PORT;

  @Option(names = "--no-console", description = "Serve no live page.")
  private boolean noConsole;

  @Option(names = "--json", description = "Print one JSON document and nothing else.")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    Scenario scenario = options.scenario();
    double contentRate = options.contentRate();
    ConsoleCommand.requirePort("--console-port", consolePort);
    // Settings that are wrong are told before anything is started.
    EngineFile.parse(text("127.0.0.1:1"));
    Path folder = out;
    try (ResultFiles files = folder == null ? null : new ResultFiles(folder)) {
      Console console = new Console(files);
      console.say("starting a Kafka broker");
      try (EmbeddedBroker broker = new EmbeddedBroker()) {
        String text = text(broker.bootstrap());
        EngineConfig engine = EngineFile.parse(text);
        if (files != null) {
          files.write("engine.yaml", text);
        }
        Set<String> names =
            contentRate > 0
                ? Set.of("bidding", "pacing", "placement")
                : Set.of("bidding", "pacing");
        console.say(
            "starting Flink with the bidding"
                + (contentRate > 0 ? ", pacing and placement jobs" : " and pacing jobs"));
        EngineMetrics metrics = MetricsEndpoint.shared("127.0.0.1", metricsPort);
        try (EmbeddedCluster cluster = new EmbeddedCluster(EmbeddedJobs.slots(engine));
            EmbeddedJobs jobs = EmbeddedJobs.start(cluster, engine, names)) {
          jobs.awaitReady();
          int status;
          try (ConsoleServer page = page(engine)) {
            if (page != null) {
              console.say(page.greeting());
            }
            status =
                PlayRun.run(
                    "demo",
                    engine,
                    scenario,
                    json,
                    console,
                    files,
                    metrics::requestCount,
                    contentRate,
                    document -> addDecisionTime(document, metrics));
          }
          jobs.requireRunning();
          Path target = journal;
          if (target != null) {
            console.say("writing the journal to " + target);
            JournalFile.write(engine, text, target);
          }
          return status;
        }
      }
    }
  }

  private @Nullable ConsoleServer page(EngineConfig engine) throws IOException {
    return noConsole
        ? null
        : ConsoleServer.start(engine, ConsoleServer.Settings.local(consolePort));
  }

  private String text(String bootstrap) throws IOException {
    Path file = config;
    MarketplaceScenario marketplace = options.marketplace();
    String policy = allocation;
    if (policy != null && (marketplace == null || file != null)) {
      throw new WrongInput(
          "--allocation: found it "
              + (file == null ? "without --scenario" : "beside --config")
              + "; accepted: with --scenario alone; 'bidding.allocation' in settings");
    }
    Duration patience = tmax;
    if (patience != null && file != null) {
      throw new WrongInput(
          "--tmax: found it beside --config; accepted: 'bidding.default-tmax' in settings");
    }
    String limit = patience == null ? EngineFile.DEFAULT_TMAX : patience.toMillis() + "ms";
    if (file == null && marketplace != null) {
      return EngineFile.marketplaceText(
          bootstrap, policy == null ? marketplace.allocation() : kind(policy), limit);
    }
    if (file == null) {
      return EngineFile.demoText(bootstrap, limit);
    }
    EngineConfig given = EngineFile.read(file);
    return TextFile.read(file).replace(given.kafka().bootstrap(), bootstrap);
  }

  private static Allocation.Kind kind(String policy) {
    try {
      return MarketplacePolicy.kind(policy);
    } catch (IllegalArgumentException e) {
      throw new WrongInput("--allocation: " + e.getMessage(), e);
    }
  }

  private static void addDecisionTime(ObjectNode document, EngineMetrics metrics) {
    ObjectNode micros = document.putObject("decision_micros");
    micros.put("p50", metrics.decisionNanos(0.5) / 1_000);
    micros.put("p99", metrics.decisionNanos(0.99) / 1_000);
  }
}
