package io.dualbid.simulator.cli;

import io.dualbid.core.configuration.EngineConfig;
import io.dualbid.simulator.play.ResultFiles;
import io.dualbid.simulator.play.Scenario;
import io.dualbid.stream.kafka.KafkaClients;
import io.dualbid.stream.topics.TopicSetup;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** An exchange that plays against jobs in another process. */
@Command(
    name = "exchange",
    description =
        "Plays against the jobs of another process as an exchange would: publishes the campaigns,"
            + " offers requests, holds auctions, tells outcomes; ends with a summary and an audit.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Example:",
      "  dualbid exchange --config config/engine.yaml --log 2997.txt.gz --format ipinyou \\",
      "    --budget-fraction 1/16 --rate 4000",
    })
final class ExchangeCommand implements Callable<Integer> {
  @Option(
      names = "--config",
      required = true,
      paramLabel = "FILE",
      description = "Engine settings (YAML) of the jobs.")
  private @Nullable Path config;

  @Mixin private ScenarioOptions options = new ScenarioOptions();

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Write summary.json and timeseries.csv there.")
  private @Nullable Path out;

  @Option(names = "--json", description = "Print one JSON document and nothing else.")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    Path file = config;
    if (file == null) {
      throw new WrongInput("--config: found nothing; accepted: engine settings (YAML)");
    }
    EngineConfig engine = EngineFile.read(file);
    Scenario scenario = options.scenario();
    TopicSetup.ensure(KafkaClients.of(engine), engine);
    Path folder = out;
    try (ResultFiles files = folder == null ? null : new ResultFiles(folder)) {
      return PlayRun.run(
          "exchange",
          engine,
          scenario,
          json,
          new Console(files),
          files,
          () -> -1,
          options.contentRate(),
          document -> document.putNull("decision_micros"));
    }
  }
}
