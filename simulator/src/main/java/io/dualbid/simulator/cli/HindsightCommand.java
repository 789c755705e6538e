package io.dualbid.simulator.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dualbid.simulator.log.AuctionLog;
import io.dualbid.simulator.log.SkippedRows;
import io.dualbid.simulator.play.Summary;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The offline optimum of a log, with its dual prices. */
@Command(
    name = "hindsight",
    description = {
      "Tells the most that could have been had of a log by whoever knew all of it beforehand, the"
          + " price of each constraint, and how near one fixed multiplier comes.",
      "With --campaigns, or on an allocation log (.jsonl), several campaigns share the stream and"
          + " each arrival goes to at most one: the linear program, exactly where it is small, else"
          + " to within a gap of a thousandth.",
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  dualbid hindsight --log 2997.txt.gz --format ipinyou \\",
      "    --budget-fraction 1/4,1/16 --campaign-info info.json --campaign 2997",
      "  dualbid hindsight --log 2997.txt.gz --format ipinyou --json \\",
      "    --constraint ros --target-ros 1 --value-per-click 7103",
      "  dualbid hindsight --log arrivals.jsonl",
    })
final class HindsightCommand implements Callable<Integer> {
  @Mixin private LogOptions log = new LogOptions();

  @Option(
      names = "--campaigns",
      paramLabel = "FILE",
      description = "Share the log among these campaigns (YAML); targeting is left aside.")
  private @Nullable Path campaigns;

  @Option(
      names = "--constraint",
      paramLabel = "C",
      description =
          "What binds: budget, ros (return on spend) or both (default: budget; with --target-ros"
              + " ros or, with a budget, both).")
  private @Nullable String constraint;

  @Option(
      names = "--target-ros",
      paramLabel = "T",
      description = "Least value for each unit of spend (default: 1).")
  private @Nullable Double targetRos;

  @Option(
      names = "--value-per-click",
      paramLabel = "V",
      description = "What a click is worth in the log's currency (default: 1).")
  private double valuePerClick = 1;

  @Option(
      names = "--objective",
      paramLabel = "O",
      description = "What counts: value, or profit (value less cost) (default: value).")
  private String objective = "value";

  @Option(
      names = "--protocol",
      paramLabel = "P",
      description = "rlb: the budget is set back each episode.")
  private @Nullable String protocol;

  @Option(
      names = "--episode",
      paramLabel = "N",
      description = "Auctions in an episode of the protocol (default: 1000).")
  private int episode = 1_000;

  @Option(
      names = "--auction",
      paramLabel = "A",
      description =
          "second-price or first-price; the optimum bids exactly the competing price either way,"
              + " a fixed multiplier pays its bid (default: second-price).")
  private String auction = "second-price";

  @Option(
      names = "--max-bid",
      paramLabel = "X",
      description = "Highest bid of a campaign without its own, in the log's unit (default: 300).")
  private double maxBid = 300;

  @Option(names = "--json", description = "Print one JSON document and nothing else.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    if (log.logs.isEmpty()) {
      throw new WrongInput("--log: found nothing; accepted: a log of auctions or arrivals");
    }
    ObjectNode document;
    String table;
    LogOptions.requireThere(log.logs);
    if (isAllocationLog() || campaigns != null) {
      SharedHindsight shared = shared();
      document = shared.json();
      table = shared.table();
    } else {
      SoloReport solo = solo();
      document = solo.json();
      table = solo.table();
    }
    System.out.print(json ? Summary.text(document) + "\n" : table);
    System.out.flush();
    return 0;
  }

  private boolean isAllocationLog() throws IOException {
    return AllocationInput.isMeant(log);
  }

  private SoloReport solo() throws IOException {
    SoloHindsight.Rules rules = rules();
    SkippedRows skipped = log.skipped(null);
    try (AuctionLog read = log.read(null, skipped)) {
      return SoloHindsight.of(log, read, rules).report(skipped == null ? 0 : skipped.count());
    }
  }

  private SoloHindsight.Rules rules() {
    boolean returning = returning();
    boolean budgeted = budgeted();
    boolean profit = choice("--objective", objective, "value", "profit").equals("profit");
    boolean episodes = protocol != null && choice("--protocol", protocol, "rlb").equals("rlb");
    if (returning && profit) {
      throw new WrongInput(
          "--objective: found profit under a return on spend; accepted: value, which is what the"
              + " target is for");
    }
    if (episodes && returning) {
      throw new WrongInput(
          "--protocol: found episodes under a return on spend; accepted: --constraint budget");
    }
    if (episode < 1) {
      throw new WrongInput("--episode: found " + episode + "; accepted: 1 or more");
    }
    return new SoloHindsight.Rules(
        budgeted,
        returning ? target() : 0,
        positive("--value-per-click", valuePerClick),
        episodes ? episode : 0,
        choice("--auction", auction, "second-price", "first-price").equals("first-price"),
        profit,
        positive("--max-bid", maxBid));
  }

  private SharedHindsight shared() throws IOException {
    for (String alone : new String[] {protocol, log.hasBudget() ? "a budget" : null}) {
      if (alone != null) {
        throw new WrongInput(
            "found "
                + alone
                + " with several campaigns; accepted: budgets in --campaigns or in the log");
      }
    }
    Console console = new Console(null);
    Path yaml = campaigns;
    if (isAllocationLog()) {
      if (returning()) {
        throw new WrongInput(
            "--constraint: found a return on spend for an allocation log; accepted: budget, which"
                + " stands for all its resources");
      }
      return SharedHindsight.ofArrivals(log, yaml, console);
    }
    return SharedHindsight.ofAuctions(
        log, Objects.requireNonNull(yaml), budgeted(), returning() ? target() : 0, console);
  }

  private boolean returning() {
    String given = constraint;
    return given == null
        ? targetRos != null
        : !choice("--constraint", given, "budget", "ros", "both").equals("budget");
  }

  private boolean budgeted() {
    String given = constraint;
    return given == null
        ? targetRos == null || log.hasBudget() || campaigns != null
        : !choice("--constraint", given, "budget", "ros", "both").equals("ros");
  }

  private double target() {
    Double given = targetRos;
    return given == null ? 1 : positive("--target-ros", given);
  }

  private static double positive(String option, double value) {
    if (!(value > 0) || Double.isInfinite(value)) {
      throw new WrongInput(option + ": found " + value + "; accepted: a number above 0");
    }
    return value;
  }

  private static String choice(String option, String found, String... accepted) {
    for (String word : accepted) {
      if (word.equals(found)) {
        return word;
      }
    }
    throw new WrongInput(
        option + ": found '" + found + "'; accepted: " + String.join(", ", accepted));
  }
}
