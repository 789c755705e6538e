package io.dualbid.simulator.cli;

import io.dualbid.core.configuration.EngineConfig;
import io.dualbid.stream.embedded.EmbeddedCluster;
import io.dualbid.stream.metrics.MetricsEndpoint;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The jobs against a Kafka cluster that a file names. */
@Command(
    name = "stream",
    description =
        "Runs the jobs on an embedded Flink cluster against the Kafka cluster that the file names,"
            + " until Ctrl-C.",
    mixinStandardHelpOptions = true,
    footer = {"", "Example: dualbid stream --config config/engine.yaml"})
final class StreamCommand implements Callable<Integer> {
  private static final Set<String> JOBS = Set.of("bidding", "pacing", "placement");
  private static final long LOOK_MILLIS = 500;

  @Option(
      names = "--config",
      required = true,
      paramLabel = "FILE",
      description = "Engine settings (YAML).")
  private @Nullable Path config;

  @Option(
      names = "--jobs",
      split = ",",
      paramLabel = "JOB",
      description = "Which jobs: bidding, pacing, placement (default: all).")
  private List<String> jobs = List.of("bidding", "pacing", "placement");

  private volatile boolean stopped;

  @Override
  public Integer call() throws Exception {
    Path file = config;
    if (file == null) {
      throw new WrongInput("--config: found nothing; accepted: engine settings (YAML)");
    }
    for (String job : jobs) {
      if (!JOBS.contains(job)) {
        throw new WrongInput("--jobs: found '" + job + "'; accepted: bidding, pacing, placement");
      }
    }
    EngineConfig engine = EngineFile.read(file);
    Thread main = Thread.currentThread();
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  stopped = true;
                  try {
                    main.join(10_000);
                  } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                  }
                },
                "interrupted"));
    Console console = new Console(null);
    console.say("starting " + String.join(" and ", jobs) + " at " + engine.kafka().bootstrap());
    try (EmbeddedCluster cluster = new EmbeddedCluster(EmbeddedJobs.slots(engine))) {
      EmbeddedJobs running = EmbeddedJobs.start(cluster, engine, Set.copyOf(jobs));
      running.awaitReady();
      console.say(
          "running; Ctrl-C ends"
              + (MetricsEndpoint.port() == 0
                  ? ""
                  : "; meters at http://"
                      + engine.metrics().bind()
                      + ":"
                      + MetricsEndpoint.port()
                      + "/metrics"));
      while (!stopped) {
        running.requireRunning();
        Thread.sleep(LOOK_MILLIS);
      }
    }
    console.say("stopped");
    return 0;
  }
}
