package io.dualbid.simulator.cli;

import io.dualbid.simulator.matching.Feedback;
import io.dualbid.simulator.replay.Deliveries;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What chance decides in a replay, and under how many seeds: options of the command. */
final class LuckOptions {
  /** Seeds for an allocation log, where nobody says how many. */
  private static final int ALLOCATION_SEEDS = 20;

  @Option(
      names = "--feedback-loss",
      paramLabel = "SHARE",
      description =
          "Share of the auctions whose notices never come; the wins among them are paid for all"
              + " the same (default: 0).")
  private double loss;

  @Option(
      names = "--feedback-duplicates",
      paramLabel = "SHARE",
      description = "Share of the auctions whose notices come twice (default: 0).")
  private double duplicates;

  @Option(
      names = "--delays",
      paramLabel = "HOW",
      description =
          "fixed, or exponential with --feedback-delay as their mean, so that notices overtake"
              + " one another (default: fixed).")
  private String delays = "fixed";

  @Option(
      names = "--clicks",
      paramLabel = "HOW",
      description = "logged, or drawn by the log's click rates under each seed (default: logged).")
  private String clicks = "logged";

  @Option(
      names = "--seed",
      paramLabel = "S",
      description = "The first seed of everything that chance decides (default: 0).")
  private long seed;

  @Option(
      names = "--seeds",
      paramLabel = "N",
      description =
          "Play everything under N seeds, from --seed on, and tell means with 95 %% confidence"
              + " intervals (default: 1; for allocation logs 20).")
  private @Nullable Integer seeds;

  /** The first seed. */
  long first() {
    return seed;
  }

  /** How many seeds for a log of auctions. */
  int seeds() {
    return seeds(1);
  }

  /** How many seeds for an allocation log. */
  int allocationSeeds() {
    return seeds(ALLOCATION_SEEDS);
  }

  private int seeds(int otherwise) {
    Integer given = seeds;
    if (given != null && given < 1) {
      throw new WrongInput("--seeds: found " + given + "; accepted: 1 or more");
    }
    return given == null ? otherwise : given;
  }

  /** What chance decides of a log of auctions, under the first seed. */
  LogLuck luck() {
    requireShare("--feedback-loss", loss);
    requireShare("--feedback-duplicates", duplicates);
    boolean exponential = choice("--delays", delays, "fixed", "exponential").equals("exponential");
    return new LogLuck(
        new Deliveries(
            loss,
            duplicates,
            seed,
            exponential ? Deliveries.Delays.EXPONENTIAL : Deliveries.Delays.FIXED),
        choice("--clicks", clicks, "logged", "drawn").equals("drawn"));
  }

  /**
   * How outcomes of an allocation log are told, under a seed.
   *
   * @param delayMillis of which one passes an arrival
   */
  Feedback feedback(long itsSeed, long delayMillis) {
    LogLuck luck = luck();
    if (luck.deliveries().delays() != Deliveries.Delays.FIXED) {
      throw new WrongInput("--delays: found exponential for an allocation log; accepted: fixed");
    }
    if (delayMillis > Integer.MAX_VALUE / 2) {
      throw new WrongInput(
          "--feedback-delay: found " + delayMillis + "ms; accepted: up to 1000000s");
    }
    return Feedback.after((int) delayMillis, luck.deliveries().under(itsSeed));
  }

  private static String choice(String option, String found, String one, String other) {
    if (!found.equals(one) && !found.equals(other)) {
      throw new WrongInput(option + ": found '" + found + "'; accepted: " + one + ", " + other);
    }
    return found;
  }

  private static void requireShare(String option, double share) {
    if (!(share >= 0 && share <= 1)) {
      throw new WrongInput(option + ": found " + share + "; accepted: 0 to 1");
    }
  }
}
