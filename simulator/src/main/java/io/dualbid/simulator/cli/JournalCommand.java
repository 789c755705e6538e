package io.dualbid.simulator.cli;

import io.dualbid.core.configuration.Configurations;
import io.dualbid.core.configuration.EngineConfig;
import io.dualbid.simulator.journal.JournalFile;
import io.dualbid.stream.launch.TextFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Takes the journal out of the broker. */
@Command(
    name = "journal",
    description = {
      "Writes requests, answers, outcomes and what bidders learned from into one file, which"
          + " 'dualbid replay --journal FILE' decides again.",
    },
    mixinStandardHelpOptions = true,
    footer = {"", "Example: dualbid journal --config config/engine.yaml --out journal.jsonl.gz"})
final class JournalCommand implements Callable<Integer> {
  @Option(
      names = "--bootstrap",
      paramLabel = "HOST:PORT",
      description = "Addresses of brokers, where no --config is given.")
  private @Nullable String bootstrap;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "Engine settings (YAML): address, topics, security; kept with the journal.")
  private @Nullable Path config;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "FILE",
      description = "The file to write; packed if it ends in .gz.")
  private @Nullable Path out;

  @Override
  public Integer call() throws IOException {
    Path file = config;
    Path target = out;
    String address = bootstrap;
    if (target == null || (file == null) == (address == null)) {
      throw new WrongInput(
          "found "
              + (file == null ? "neither" : "both")
              + " of --bootstrap and --config; accepted: one of them");
    }
    String settings =
        file != null
            ? Configurations.withoutSecrets(file.toString(), TextFile.read(file))
            : EngineFile.addressText(String.valueOf(address));
    EngineConfig engine =
        file != null ? EngineFile.read(file) : EngineFile.at(String.valueOf(address));
    long records = JournalFile.write(engine, settings, target);
    System.err.println("wrote " + records + " records to " + target);
    return 0;
  }
}
