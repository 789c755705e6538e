package io.dualbid.simulator.cli;

import java.time.Duration;
import picocli.CommandLine.Option;

/** What a campaign is worth and what the auctions of a log are like: options of questions on it. */
final class WorldOptions {
  @Option(
      names = "--value-per-click",
      paramLabel = "V",
      description = "Worth of a click in the log's currency (default: 1).")
  private double valuePerClick = 1;

  @Option(
      names = "--max-bid",
      paramLabel = "X",
      description = "Highest bid in the log's currency (default: 300).")
  private double maxBid = 300;

  @Option(
      names = "--auction",
      paramLabel = "KIND",
      description = "second-price or first-price (default: second-price).")
  private String auction = "second-price";

  @Option(
      names = "--feedback-delay",
      paramLabel = "TIME",
      converter = Durations.class,
      description =
          "Time from an auction to its notice, at 1,000 auctions a second (default: 0ms).")
  private Duration delay = Duration.ZERO;

  /** Worth of a click, above 0. */
  double valuePerClick() {
    return positive("--value-per-click", valuePerClick);
  }

  /** Highest bid, above 0. */
  double maxBid() {
    return positive("--max-bid", maxBid);
  }

  /** What holds for every policy. */
  LogReplay.Rules rules() {
    return new LogReplay.Rules(maxBid(), isFirstPrice(), delay.toMillis());
  }

  /** Time from a decision to its notice, in milliseconds, of which one passes a decision. */
  long delayMillis() {
    return delay.toMillis();
  }

  /** Whether a win costs the bid. */
  boolean isFirstPrice() {
    return switch (auction) {
      case "first-price" -> true;
      case "second-price" -> false;
      default ->
          throw new WrongInput(
              "--auction: found '" + auction + "'; accepted: second-price or first-price");
    };
  }

  /** Whether every notice comes before the next auction. */
  boolean isAtOnce() {
    return delay.isZero();
  }

  /** A number that must be above 0. */
  static double positive(String option, double number) {
    if (!(number > 0) || Double.isInfinite(number)) {
      throw new WrongInput(option + ": found " + number + "; accepted: above 0");
    }
    return number;
  }
}
