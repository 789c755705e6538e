package io.dualbid.simulator.cli;

import io.dualbid.core.configuration.EngineConfig;
import io.dualbid.simulator.console.ConsoleServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The live page. */
@Command(
    name = "console",
    description = {
      "Serves a live page of all campaigns: spend against plan, multipliers, ledgers, and why a"
          + " campaign doesn't bid; until Ctrl-C.",
      "Changes from the page need the token: that of --token-file, of the environment variable"
          + " DUALBID_CONSOLE_TOKEN, or one that is made up and printed.",
    },
    mixinStandardHelpOptions = true,
    footer = {"", "Example: dualbid console --bootstrap localhost:9092 --port 8788"})
final class ConsoleCommand implements Callable<Integer> {
  private static final int HIGHEST_PORT = 65_535;

  @Option(
      names = "--bootstrap",
      paramLabel = "HOST:PORT",
      description = "Addresses of brokers, where no --config is given.")
  private @Nullable String bootstrap;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "Engine settings (YAML): address, topics and security.")
  private @Nullable Path config;

  @Option(
      names = "--port",
      paramLabel = "P",
      description = "The port of the page; 0 for any that is free (default: ${DEFAULT-VALUE}).")
  private int port = ConsoleServer.DEFAULT_PORT;

  @Option(
      names = "--bind",
      paramLabel = "ADDRESS",
      description =
          "The address to listen on (default: ${DEFAULT-VALUE}); beyond this machine reading needs"
              + " the token too.")
  private String bind = "127.0.0.1";

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description = "A file that holds the token, of 16 characters or more.")
  private @Nullable Path tokenFile;

  @Override
  public Integer call() throws Exception {
    EngineConfig engine = engine();
    requirePort("--port", port);
    Console console = new Console(null);
    CountDownLatch end = new CountDownLatch(1);
    try (ConsoleServer server = server(engine)) {
      console.say(server.greeting());
      console.say("running; Ctrl-C ends");
      Runtime.getRuntime().addShutdownHook(new Thread(end::countDown, "interrupted"));
      end.await();
    }
    return 0;
  }

  private ConsoleServer server(EngineConfig engine) throws IOException {
    try {
      return ConsoleServer.start(engine, new ConsoleServer.Settings(bind, port, false, tokenFile));
    } catch (IllegalArgumentException e) {
      throw new WrongInput(String.valueOf(e.getMessage()), e);
    }
  }

  static void requirePort(String option, int port) {
    if (port < 0 || port > HIGHEST_PORT) {
      throw new WrongInput(option + ": found " + port + "; accepted: 0 to " + HIGHEST_PORT);
    }
  }

  private EngineConfig engine() throws IOException {
    Path file = config;
    String address = bootstrap;
    if ((file == null) == (address == null)) {
      throw new WrongInput(
          "found "
              + (file == null ? "neither" : "both")
              + " of --bootstrap and --config; accepted: one of them");
    }
    return file != null ? EngineFile.read(file) : EngineFile.at(String.valueOf(address));
  }
}
