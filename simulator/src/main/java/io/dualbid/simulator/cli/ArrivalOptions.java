package io.dualbid.simulator.cli;

import io.dualbid.simulator.allocation.AllocationExplanation;
import io.dualbid.simulator.allocation.AllocationPolicy;
import io.dualbid.simulator.log.AllocationTape;
import io.dualbid.simulator.log.SkippedRows;
import io.dualbid.simulator.matching.Feedback;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** One arrival of an allocation log that is to be explained. */
final class ArrivalOptions {
  @Option(
      names = "--log",
      arity = "1..*",
      paramLabel = "FILE",
      description = "Allocation logs (JSON lines); several count as one, in the order of time.")
  private List<Path> logs = new ArrayList<>();

  @Option(
      names = "--arrival",
      paramLabel = "N",
      description = "Which arrival of the log, from 1 (default: 1).")
  private int arrival = 1;

  @Option(
      names = "--policy",
      paramLabel = "P",
      description = "The policy that decides, as for replay (default: stochastic-balance).")
  private String policy = "stochastic-balance";

  @Option(
      names = "--seed",
      paramLabel = "S",
      description = "Seed of coins and ranks, as for replay (default: 0).")
  private long seed;

  @Option(
      names = "--feedback-delay",
      paramLabel = "TIME",
      converter = Durations.class,
      description = "After how long outcomes are told, an arrival a millisecond (default: 0ms).")
  private Duration delay = Duration.ZERO;

  @Option(
      names = "--on-error",
      paramLabel = "WHAT",
      description = "On a line that can't be read: stop, or skip it and go on (default: stop).")
  private String onError = "stop";

  /** Whether an arrival is asked about, and not a request. */
  boolean isMeant() {
    return !logs.isEmpty();
  }

  /**
   * Plays up to the arrival.
   *
   * @param yaml campaigns whose budgets count, or null
   */
  AllocationExplanation explain(@Nullable Path yaml) throws IOException {
    LogOptions.requireThere(logs);
    List<AllocationPolicy> policies = AllocationReplay.policies(policy);
    if (policies.size() > 1) {
      throw new WrongInput("--policy: found several; accepted: one");
    }
    if (delay.toMillis() > Integer.MAX_VALUE / 2) {
      throw new WrongInput("--feedback-delay: found " + delay + "; accepted: up to 1000000s");
    }
    LogOptions log = new LogOptions();
    log.logs = logs;
    SkippedRows skipped = LogOptions.skips(onError) ? SkippedRows.told() : null;
    try (AllocationTape tape = new AllocationInput(log, yaml).tape(skipped)) {
      if (arrival < 1 || arrival > tape.arrivals()) {
        throw new WrongInput("--arrival: found " + arrival + "; accepted: 1 to " + tape.arrivals());
      }
      return AllocationExplanation.of(
          tape, policies.get(0), seed, Feedback.after((int) delay.toMillis()), arrival);
    }
  }
}
