package io.dualbid.simulator.cli;

import io.dualbid.core.model.Campaign;
import io.dualbid.core.model.Strategy.Constraint;
import io.dualbid.simulator.episodes.EpisodePolicy;
import io.dualbid.simulator.log.AuctionLog;
import io.dualbid.simulator.log.AuctionTape;
import io.dualbid.simulator.log.SkippedRows;
import io.dualbid.simulator.play.Summary;
import io.dualbid.simulator.replay.Deliveries;
import io.dualbid.simulator.replay.Replay.Competition;
import io.dualbid.simulator.scenario.Policy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
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
    })
final class ReplayCommand implements Callable<Integer> {
  /** Moments of each run that time series have. */
  private static final int POINTS = 500;

  @Spec private @Nullable CommandSpec spec;

  @Mixin private LogOptions log = new LogOptions();

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

  @Option(
      names = "--feedback-loss",
      paramLabel = "SHARE",
      description =
          "Share of the auctions whose notices never come; the wins among them are paid for all"
              + " the same (default: 0).")
  private double feedbackLoss;

  @Option(
      names = "--feedback-duplicates",
      paramLabel = "SHARE",
      description = "Share of the auctions whose notices come twice (default: 0).")
  private double feedbackDuplicates;

  @Option(
      names = "--seed",
      paramLabel = "S",
      description = "Seed of which notices are lost or repeated (default: 0).")
  private long seed;

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
      throw new WrongInput("--log: found nothing; accepted: a log of auctions");
    }
    WorldOptions.positive("--target-ros", targetRos);
    if (threads < 1) {
      throw new WrongInput("--threads: found " + threads + "; accepted: 1 or more");
    }
    Deliveries deliveries = deliveries();
    LogOptions.requireThere(log.logs);
    Path folder = out;
    if (folder != null) {
      Files.createDirectories(folder);
    }
    List<Campaign> given = campaigns == null ? List.of() : LogCampaigns.active(campaigns);
    List<PolicyChoice> chosen = policies();
    int length = episodeLength(chosen);
    SkippedRows skipped = log.skipped(folder);
    ReplayResult result;
    try (AuctionLog read = log.read(given.isEmpty() ? null : ids(given), skipped)) {
      result =
          new ReplayResult(
              runs(read, given, chosen, length, folder == null ? 0 : POINTS),
              read.priceUnitNanos(),
              campaigns == null ? null : competition,
              length,
              deliveries,
              skipped == null ? 0 : skipped.count());
    }
    if (folder != null) {
      new ReplayFiles(folder).write(result, title(), arguments(), inputs());
    }
    if (json) {
      System.out.println(Summary.text(result.json()));
    } else {
      System.out.print(new ReplayTable(result).text());
      System.out.flush();
    }
    return 0;
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

  private Deliveries deliveries() {
    requireShare("--feedback-loss", feedbackLoss);
    requireShare("--feedback-duplicates", feedbackDuplicates);
    return new Deliveries(feedbackLoss, feedbackDuplicates, seed);
  }

  private static Set<String> ids(List<Campaign> given) {
    return given.stream().map(Campaign::id).collect(Collectors.toSet());
  }

  private List<LogReplay.Recorded> runs(
      AuctionLog read, List<Campaign> given, List<PolicyChoice> chosen, int length, int points)
      throws IOException {
    LogReplay.Rules rules = world.rules(deliveries());
    try (WorkProgress progress = new WorkProgress("playing")) {
      PlayedAuctions played = new PlayedAuctions(progress);
      List<LogReplay> replays = new ArrayList<>();
      List<List<LogOptions.Budget>> budgets = new ArrayList<>();
      for (AuctionTape tape : read.tapes()) {
        LogReplay replay =
            new LogReplay(
                read, tape, rules, log.info(), entrants(tape, given), competition(), played);
        replays.add(replay);
        budgets.add(budgets(read, replay, chosen, length));
      }
      List<Callable<List<LogReplay.Recorded>>> tasks = new ArrayList<>();
      for (int b = 0; b < Math.max(1, budgets.get(0).size()); b++) {
        for (int p = 0; p < Math.max(1, chosen.size()); p++) {
          for (int r = 0; r < replays.size(); r++) {
            LogReplay replay = replays.get(r);
            PolicyChoice choice = chosen.isEmpty() ? null : chosen.get(p);
            Policy policy = choice == null ? null : choice.engine();
            EpisodePolicy rule = choice == null ? null : choice.rule();
            LogOptions.Budget budget = budgets.get(r).isEmpty() ? null : budgets.get(r).get(b);
            played.expect(replay.tape().rows());
            if (rule != null && budget != null) {
              tasks.add(
                  () -> {
                    LogReplay.Run run = rules(read, replay.tape(), length).play(rule, budget);
                    played.accept(replay.tape().rows());
                    return List.of(new LogReplay.Recorded(run, null, null));
                  });
            } else {
              tasks.add(() -> replay.play(policy, budget, length, points));
            }
          }
        }
      }
      return InOrder.run(tasks, threads).stream().flatMap(List::stream).toList();
    }
  }

  /** Who plays the auctions of a tape. */
  private List<Campaign> entrants(AuctionTape tape, List<Campaign> given) {
    String id = tape.campaign();
    if (given.isEmpty()) {
      return List.of(
          LogCampaigns.of(
              id.isEmpty() ? "log" : id, world.valuePerClick(), targetRos, world.maxBid()));
    }
    return id.isEmpty()
        ? given
        : given.stream().filter(campaign -> campaign.id().equals(id)).toList();
  }

  private Competition competition() {
    return switch (competition) {
      case "house" -> Competition.HOUSE;
      case "apart" -> Competition.APART;
      default ->
          throw new WrongInput(
              "--competition: found '" + competition + "'; accepted: house, apart");
    };
  }

  private EpisodeReplay rules(AuctionLog read, AuctionTape tape, int length) {
    String id = tape.campaign();
    return new EpisodeReplay(
        log,
        tape,
        id.isEmpty() ? "log" : id,
        read.priceUnitNanos(),
        length > 0 ? length : (int) Math.min(tape.rows(), Integer.MAX_VALUE),
        world.maxBid(),
        read.valued() ? 1 : world.valuePerClick());
  }

  /** Those to compare; none for the campaigns' own strategies. */
  private List<PolicyChoice> policies() {
    String text = policies;
    if (text == null && campaigns != null) {
      return List.of();
    }
    return PolicyChoice.list(text == null ? "dmd" : text);
  }

  /**
   * Auctions after which the budget is set back, 0 for never; refuses what is not for episodes, or
   * for nothing else.
   */
  private int episodeLength(List<PolicyChoice> chosen) {
    boolean rules = chosen.stream().anyMatch(policy -> policy.rule() != null);
    boolean reliable = feedbackLoss == 0 && feedbackDuplicates == 0;
    if (rules && (world.isFirstPrice() || !world.isAtOnce() || !reliable || campaigns != null)) {
      throw new WrongInput(
          "--policy: found "
              + EpisodePolicy.NAMES
              + " at first price, with late or lost feedback or with --campaigns; accepted: second"
              + " price, every notice at once, one campaign a log");
    }
    if (protocol == null) {
      return 0;
    }
    if (!protocol.equals("rlb")) {
      throw new WrongInput("--protocol: found '" + protocol + "'; accepted: rlb");
    }
    if (episode < 1) {
      throw new WrongInput("--episode: found " + episode + "; accepted: 1 or more");
    }
    if (chosen.stream().anyMatch(p -> p.engine() != null && p.engine().keepsRos())) {
      throw new WrongInput(
          "--protocol: found episodes under a return on spend; accepted: policies of a budget");
    }
    return episode;
  }

  /**
   * Those asked for; none where campaigns bring their own. Where no policy paces one, none is
   * needed: enough to win everything.
   */
  private List<LogOptions.Budget> budgets(
      AuctionLog read, LogReplay replay, List<PolicyChoice> chosen, int length) throws IOException {
    if (log.hasBudget()) {
      AuctionTape tape = replay.tape();
      return log.budgets(
          tape.meanPrice(), length > 0 ? length : tape.rows(), read.priceUnitNanos());
    }
    if (campaigns != null) {
      return List.of();
    }
    return chosen.stream()
            .map(PolicyChoice::engine)
            .anyMatch(policy -> policy == null || policy.constraint() != Constraint.ROS)
        ? log.budgets(0, 0, 0)
        : List.of(new LogOptions.Budget(null, replay.enoughNanos()));
  }

  private static void requireShare(String option, double share) {
    if (!(share >= 0 && share <= 1)) {
      throw new WrongInput(option + ": found " + share + "; accepted: 0 to 1");
    }
  }
}
