package io.dualbid.simulator.cli;

import io.dualbid.core.configuration.EngineConfig;
import io.dualbid.simulator.operate.CampaignPublisher;
import io.dualbid.simulator.operate.Edit;
import io.dualbid.simulator.operate.FolderWatch;
import io.dualbid.simulator.operate.Signature;
import io.dualbid.simulator.operate.VersionConflict;
import io.dualbid.stream.embedded.EmbeddedCluster;
import io.dualbid.stream.metrics.MetricsEndpoint;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.apache.kafka.common.KafkaException;
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
    footer = {"", "Example: dualbid stream --config config/engine.yaml --watch config"})
final class StreamCommand implements Callable<Integer> {
  private static final Set<String> JOBS = Set.of("bidding", "pacing", "placement");
  private static final long LOOK_MILLIS = 500;
  private static final long LOOK_AT_FILES_MILLIS = 200;

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

  @Option(
      names = "--watch",
      paramLabel = "FOLDER",
      description =
          "Publish the campaigns of this folder's *.yaml files now, and again whenever one is"
              + " saved; a file that is wrong is told with its lines, and what it said before goes"
              + " on.")
  private @Nullable Path watch;

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
    Path watched = watch;
    if (watched != null && !Files.isDirectory(watched)) {
      throw new WrongInput("--watch: found no folder '" + watched + "'; accepted: a folder");
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
    try (EmbeddedCluster cluster = new EmbeddedCluster(EmbeddedJobs.slots(engine));
        EmbeddedJobs running = EmbeddedJobs.start(cluster, engine, Set.copyOf(jobs))) {
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
      FolderWatch files = watched == null ? null : files(watched, engine, console);
      while (!stopped) {
        running.requireRunning();
        if (files != null) {
          files.look();
        }
        Thread.sleep(files == null ? LOOK_MILLIS : LOOK_AT_FILES_MILLIS);
      }
    }
    console.say("stopped");
    return 0;
  }

  private static FolderWatch files(Path folder, EngineConfig engine, Console console) {
    CampaignPublisher publisher = new CampaignPublisher(engine, Clock.systemUTC());
    String author = System.getProperty("user.name", "unknown");
    return new FolderWatch(
        folder,
        (file, campaigns) -> {
          try {
            return publisher
                .publish(
                    campaigns.stream().map(Edit::define).toList(),
                    new Signature(author, "saved " + file.getFileName()))
                .versions();
          } catch (VersionConflict | KafkaException e) {
            throw new IllegalStateException(e.getMessage(), e);
          }
        },
        console::say);
  }
}
