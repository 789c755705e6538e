package io.dualbid.simulator.cli;

import io.dualbid.simulator.outage.Outage.Kind;
import io.dualbid.simulator.outage.OutageResult;
import io.dualbid.simulator.outage.OutageRun;
import io.dualbid.simulator.play.Summary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.flink.util.FileUtils;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options of {@code chaos --real}, and its run. */
final class OutageOptions {
  private static final Duration USUAL = Duration.ofMinutes(5);
  private static final Duration SHORTEST = Duration.ofSeconds(20);
  private static final double USUAL_RATE = 100;

  @Option(
      names = "--duration",
      paramLabel = "TIME",
      converter = Durations.class,
      description = "With --real: how long requests come (default: 5m).")
  private @Nullable Duration duration;

  @Option(
      names = "--seed",
      paramLabel = "S",
      description = "With --real: seed of the plan and of the exchange (default: 1).")
  private @Nullable Long seed;

  @Option(
      names = "--rate",
      paramLabel = "N",
      description = "With --real: requests a second (default: 100).")
  private @Nullable Double rate;

  @Option(
      names = "--kinds",
      split = ",",
      paramLabel = "KIND",
      description = "With --real: what may go wrong, such as broker-killed (default: everything).")
  private @Nullable List<String> kinds;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description =
          "With --real: keep logs of all processes, the exchange's record, the broker's data and"
              + " summary.json there; the folder must be empty or missing (default: nothing is"
              + " kept).")
  private @Nullable Path out;

  /**
   * Makes sure that none of them was given.
   *
   * @throws WrongInput if one was
   */
  void requireNone() {
    if (Stream.of(duration, seed, rate, kinds, out).anyMatch(option -> option != null)) {
      throw new WrongInput(
          "chaos: found an option of --real with --simulated; accepted: --seeds A..B");
    }
  }

  /** Runs, tells, and says the exit status. */
  int run(boolean json) throws Exception {
    OutageRun.Settings settings = settings(folder());
    Console console = new Console(null);
    OutageResult result;
    Thread interrupted = null;
    Path kept = out;
    try (OutageRun run = new OutageRun(settings, line -> console.say(stamped(line)))) {
      // No process outlives this one, however it ends.
      interrupted = new Thread(run::close, "interrupted");
      Runtime.getRuntime().addShutdownHook(interrupted);
      result = run.run();
    } finally {
      if (interrupted != null) {
        remove(interrupted, console);
      }
    }
    String document = Summary.text(OutageDocument.of(result));
    if (kept == null) {
      FileUtils.deleteDirectory(settings.folder().toFile());
    } else {
      Files.writeString(kept.resolve("summary.json"), document + "\n");
    }
    if (json) {
      System.out.println(document);
    } else {
      OutageDocument.print(result, System.out);
    }
    return result.isOk() ? 0 : Main.FAILED;
  }

  private static void remove(Thread hook, Console console) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      console.say("stopped");
    }
  }

  private final long beginNanos = System.nanoTime();

  private String stamped(String line) {
    return String.format(Locale.ROOT, "%7.1f s  %s", (System.nanoTime() - beginNanos) / 1e9, line);
  }

  private OutageRun.Settings settings(Path folder) {
    Duration length = duration == null ? USUAL : duration;
    if (length.compareTo(SHORTEST) < 0) {
      throw new WrongInput(
          "--duration: found " + length.toMillis() + "ms; accepted: 20s or more with --real");
    }
    double perSecond = rate == null ? USUAL_RATE : rate;
    if (!(perSecond > 0) || perSecond > 10_000) {
      throw new WrongInput("--rate: found " + perSecond + "; accepted: above 0, at most 10000");
    }
    return new OutageRun.Settings(seed == null ? 1 : seed, length, perSecond, kinds(), folder);
  }

  private List<Kind> kinds() {
    List<String> labels = kinds;
    if (labels == null) {
      return List.of(Kind.values());
    }
    List<Kind> chosen = new ArrayList<>();
    for (String label : labels) {
      chosen.add(
          Arrays.stream(Kind.values())
              .filter(kind -> kind.label().equals(label))
              .findFirst()
              .orElseThrow(() -> wrongKind(label)));
    }
    return chosen;
  }

  private static WrongInput wrongKind(String label) {
    String all = Arrays.stream(Kind.values()).map(Kind::label).collect(Collectors.joining(", "));
    return new WrongInput("--kinds: found '" + label + "'; accepted: " + all);
  }

  private Path folder() throws IOException {
    Path chosen = out;
    if (chosen == null) {
      return Files.createTempDirectory("dualbid-chaos-");
    }
    if (Files.exists(chosen)) {
      try (Stream<Path> inside = Files.list(chosen)) {
        if (inside.findAny().isPresent()) {
          throw new WrongInput("--out: found files in " + chosen + "; accepted: an empty folder");
        }
      }
    }
    return Files.createDirectories(chosen);
  }
}
