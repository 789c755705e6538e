package io.dualbid.simulator.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dualbid.simulator.allocation.AllocationReport;
import io.dualbid.simulator.allocation.AllocationResult;
import io.dualbid.simulator.allocation.AllocationRows;
import io.dualbid.simulator.allocation.AllocationTable;
import io.dualbid.simulator.log.SkippedRows;
import io.dualbid.simulator.play.Summary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Policies side by side on a log, through the engine's facades. */
@Command(
    name = "replay",
    description = {
      "Plays a log of auctions through the engine's own bidder and pacer, by each policy and"
          + " budget, and compares with the optimum in hindsight. A campaign for each id that the"
          + " log names, one where it names none, or those of --campaigns.",
      "Policies: dmd, ros, both, min, sequential, pid, throttling, smoothing, lin, mcpc,"
          + " fixed; options after a colon, such as dmd:mirror=euclidean or both:strict.",
      "Rules that bid by the auctions and money left, from --campaign-info: ss-mdp, mcpc, lin, rlb,"
          + " joint; such as rlb:n=1000, lin:b0=15, lin:tune=1..50000 or joint:prices=won.",
      "An allocation log (.jsonl; several campaigns could take an arrival, which may fail) is played"
          + " by policies of matching: greedy, stochastic-balance, ranking, perturbed-greedy, msvv,"
          + " dmd; such as stochastic-balance:discount=msvv or dmd:step=0.5.",
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  dualbid replay --log 2997.txt.gz --format ipinyou --policy dmd,pid --budget-fraction 1/4,1/16",
      "  dualbid replay --log 2997.txt.gz --format ipinyou --policy ros,ros:strict --value-per-click 7103",
      "  dualbid replay --log 2997.txt.gz --format ipinyou --protocol rlb --policy rlb,joint"
          + " --budget-fraction 1/32 --campaign-info campaigns-info.json --campaign 2997",
      "  dualbid replay --log monday.csv.gz tuesday.parquet --budget 500 --on-error skip --out results",
      "  dualbid replay --log auctions.jsonl --campaigns campaigns.yaml --competition apart",
      "  dualbid replay --log auctions.csv --budget 500 --clicks drawn --seeds 20",
      "  dualbid replay --log alloc.jsonl --policy stochastic-balance,greedy --seeds 20",
    })
final class ReplayCommand implements Callable<Integer> {
  /** Moments of each run that time series have. */
  private static final int POINTS = 500;

  @Spec private @Nullable CommandSpec spec;

  @Mixin private LogOptions log = new LogOptions();

  /** Options that mean nothing where there is no price. */
  private static final List<String> FOR_AUCTIONS =
      List.of(
          "--campaign",
          "--campaign-info",
          "--competition",
          "--auction",
          "--max-bid",
          "--value-per-click",
          "--target-ros",
          "--episode");

  @Mixin private WorldOptions world = new WorldOptions();

  @Option(
      names = "--policy",
      paramLabel = "A,B",
      description =
          "Policies, separated by commas (default: dmd; with --campaigns, their own strategies).")
  private @Nullable String policies;

  @Option(
      names = "--campaigns",
      paramLabel = "FILE",
      description =
          "The campaigns (YAML); their flight is the log, of their targeting segments count.")
  private @Nullable Path campaigns;

  @Option(
      names = "--competition",
      paramLabel = "HOW",
      description =
          "Campaigns on the same auctions: house (the highest of their bids enters) or apart (all"
              + " do, and raise each other's price) (default: house).")
  private String competition = "house";

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description =
          "Write report.html, summary.json, timeseries.csv, run.json and skipped rows there.")
  private @Nullable Path out;

  @Option(
      names = "--target-ros",
      paramLabel = "T",
      description = "Value that a unit of spend must return, where a policy keeps it (default: 1).")
  private double targetRos = 1;

  @Mixin private LuckOptions luck = new LuckOptions();

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Runs played at a time (default: one for each core); changes no result.")
  private int threads = Runtime.getRuntime().availableProcessors();

  @Option(
      names = "--protocol",
      paramLabel = "P",
      description =
          "rlb: episodes at whose start the budget is set back; --budget is for one episode.")
  private @Nullable String protocol;

  @Option(
      names = "--episode",
      paramLabel = "N",
      description = "Auctions in an episode of the protocol (default: 1000).")
  private int episode = 1_000;

  @Option(
      names = "--journal",
      paramLabel = "SOURCE",
      description = {
        "Decide the journal of an engine again instead, and compare: a file of 'dualbid journal',"
            + " or HOST:PORT of brokers. Exit status 1 where anything differs.",
      })
  private @Nullable String journal;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "Engine settings (YAML) for --journal HOST:PORT.")
  private @Nullable Path config;

  @Option(names = "--json", description = "Print one JSON document and nothing else.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    String decided = journal;
    if (decided != null) {
      return JournalRun.of(decided, config, json);
    }
    if (log.logs.isEmpty()) {
      throw new WrongInput("--log: found nothing; accepted: a log of auctions or arrivals");
    }
    WorldOptions.positive("--target-ros", targetRos);
    if (threads < 1) {
      throw new WrongInput("--threads: found " + threads + "; accepted: 1 or more");
    }
    luck.luck();
    LogOptions.requireThere(log.logs);
    Path folder = out;
    if (folder != null) {
      Files.createDirectories(folder);
    }
    SkippedRows skipped = log.skipped(folder);
    if (AllocationInput.isMeant(log)) {
      allocations(skipped, folder);
    } else {
      auctions(skipped, folder);
    }
    return 0;
  }

  private void auctions(@Nullable SkippedRows skipped, @Nullable Path folder) throws IOException {
    AuctionReplay replay =
        new AuctionReplay(
            log,
            world,
            luck.luck(),
            new AuctionReplay.Settings(
                policies,
                campaigns,
                competition,
                targetRos,
                protocol,
                episode,
                luck.seeds(),
                threads));
    ReplayResult result = replay.play(skipped, folder == null ? 0 : POINTS);
    if (folder != null) {
      files(folder)
          .write(
              result.json(),
              luck.first(),
              new ReplayReport(result, title(), ReplayFiles.command(arguments())).html(),
              to -> TimeSeries.write(result.runs(), to));
    }
    print(result.json(), new ReplayTable(result).text());
  }

  private void allocations(@Nullable SkippedRows skipped, @Nullable Path folder)
      throws IOException {
    if (protocol != null || log.hasBudget()) {
      throw new WrongInput(
          "found "
              + (protocol == null ? "a budget" : "--protocol")
              + " for an allocation log; accepted: capacities in the log or in --campaigns");
    }
    refuseWhatIsForAuctions();
    AllocationResult result =
        new AllocationReplay(
                new AllocationInput(log, campaigns), luck, world.delayMillis(), threads)
            .play(AllocationReplay.policies(policies), skipped, folder != null);
    if (folder != null) {
      ReplayFiles files = files(folder);
      files.write(
          result.json(),
          luck.first(),
          new AllocationReport(result).html(title(), ReplayFiles.command(arguments())),
          to -> AllocationRows.timeseries(result, to));
      files.rows("campaigns.csv", to -> AllocationRows.campaigns(result, to));
    }
    print(result.json(), new AllocationTable(result).text());
  }

  private void refuseWhatIsForAuctions() {
    CommandSpec own = spec;
    if (own == null) {
      return;
    }
    for (String option : FOR_AUCTIONS) {
      if (own.commandLine().getParseResult().hasMatchedOption(option)) {
        throw new WrongInput(
            "found " + option + " for an allocation log; accepted: a log of auctions beside it");
      }
    }
  }

  private ReplayFiles files(Path folder) {
    return new ReplayFiles(folder, arguments(), inputs());
  }

  private void print(ObjectNode document, String table) {
    System.out.print(json ? Summary.text(document) + "\n" : table);
    System.out.flush();
  }

  private String title() {
    return "Replay of "
        + log.logs.stream()
            .map(file -> file.getFileName().toString())
            .collect(Collectors.joining(", "));
  }

  /** The command line as it was given. */
  private List<String> arguments() {
    CommandSpec own = spec;
    return own == null ? List.of() : own.root().commandLine().getParseResult().originalArgs();
  }

  /** The files that the result depends on. */
  private List<Path> inputs() {
    return Stream.concat(log.logs.stream(), Stream.of(campaigns, log.campaignInfo))
        .flatMap(Stream::ofNullable)
        .toList();
  }
}
