package io.dualbid.simulator.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dualbid.core.model.Campaign;
import io.dualbid.core.model.Strategy.AuctionType;
import io.dualbid.core.model.Strategy.Constraint;
import io.dualbid.simulator.episodes.EpisodePolicy;
import io.dualbid.simulator.log.AuctionLog;
import io.dualbid.simulator.log.AuctionTape;
import io.dualbid.simulator.log.SkippedRows;
import io.dualbid.simulator.play.Summary;
import io.dualbid.simulator.replay.Replay.Competition;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

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
  @Mixin private LogOptions log = new LogOptions();

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
      description = "Write summary.json and skipped rows there.")
  private @Nullable Path out;

  @Option(
      names = "--value-per-click",
      paramLabel = "V",
      description = "Worth of a click in the log's currency (default: 1).")
  private double valuePerClick = 1;

  @Option(
      names = "--target-ros",
      paramLabel = "T",
      description = "Value that a unit of spend must return, where a policy keeps it (default: 1).")
  private double targetRos = 1;

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
    requirePositive("--value-per-click", valuePerClick);
    requirePositive("--target-ros", targetRos);
    requirePositive("--max-bid", maxBid);
    LogOptions.requireThere(log.logs);
    Path folder = out;
    if (folder != null) {
      Files.createDirectories(folder);
    }
    List<Campaign> given = campaigns == null ? List.of() : LogCampaigns.active(campaigns);
    List<PolicyChoice> chosen = policies();
    int length = episodeLength(chosen);
    SkippedRows skipped = log.skipped(folder);
    List<LogReplay.Run> runs;
    try (AuctionLog read = log.read(given.isEmpty() ? null : ids(given), skipped)) {
      runs = runs(read, given, chosen, length);
    }
    String summary = Summary.text(document(runs, skipped == null ? 0 : skipped.count()));
    if (folder != null) {
      Files.writeString(folder.resolve("summary.json"), summary + "\n");
    }
    if (json) {
      System.out.println(summary);
    } else {
      print(runs, System.out);
    }
    return 0;
  }

  private static Set<String> ids(List<Campaign> given) {
    return given.stream().map(Campaign::id).collect(Collectors.toSet());
  }

  private List<LogReplay.Run> runs(
      AuctionLog read, List<Campaign> given, List<PolicyChoice> chosen, int length)
      throws IOException {
    LogReplay.Rules rules = new LogReplay.Rules(maxBid, isFirstPrice(), delay.toMillis());
    long[] played = {0, 0};
    try (WorkProgress progress = new WorkProgress("playing")) {
      List<LogReplay> replays = new ArrayList<>();
      List<List<LogOptions.Budget>> budgets = new ArrayList<>();
      for (AuctionTape tape : read.tapes()) {
        LogReplay replay =
            new LogReplay(
                read,
                tape,
                rules,
                log.info(),
                entrants(tape, given),
                competition(),
                more -> progress.at(played[0] += more, played[1]));
        replays.add(replay);
        budgets.add(budgets(read, replay, chosen, length));
        played[1] += tape.rows() * Math.max(1, budgets.get(0).size()) * Math.max(1, chosen.size());
      }
      List<LogReplay.Run> runs = new ArrayList<>();
      for (int b = 0; b < Math.max(1, budgets.get(0).size()); b++) {
        for (int p = 0; p < Math.max(1, chosen.size()); p++) {
          for (int r = 0; r < replays.size(); r++) {
            PolicyChoice choice = chosen.isEmpty() ? null : chosen.get(p);
            EpisodePolicy rule = choice == null ? null : choice.rule();
            LogOptions.Budget budget = budgets.get(r).isEmpty() ? null : budgets.get(r).get(b);
            if (rule != null && budget != null) {
              runs.add(rules(read, replays.get(r).tape(), length).play(rule, budget));
            } else {
              runs.addAll(
                  replays.get(r).play(choice == null ? null : choice.engine(), budget, length));
            }
          }
        }
      }
      return runs;
    }
  }

  /** Who plays the auctions of a tape. */
  private List<Campaign> entrants(AuctionTape tape, List<Campaign> given) {
    String id = tape.campaign();
    if (given.isEmpty()) {
      return List.of(LogCampaigns.of(id.isEmpty() ? "log" : id, valuePerClick, targetRos, maxBid));
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
        maxBid,
        read.valued() ? 1 : valuePerClick);
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
    if (rules && (isFirstPrice() || !delay.isZero() || campaigns != null)) {
      throw new WrongInput(
          "--policy: found "
              + EpisodePolicy.NAMES
              + " at first price, with late feedback or with --campaigns; accepted: second price, no"
              + " delay, one campaign a log");
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

  private boolean isFirstPrice() {
    for (AuctionType type : List.of(AuctionType.FIRST_PRICE, AuctionType.SECOND_PRICE)) {
      if (type.name().toLowerCase(Locale.ROOT).replace('_', '-').equals(auction)) {
        return type == AuctionType.FIRST_PRICE;
      }
    }
    throw new WrongInput(
        "--auction: found '" + auction + "'; accepted: second-price or first-price");
  }

  private static void requirePositive(String option, double number) {
    if (!(number > 0) || Double.isInfinite(number)) {
      throw new WrongInput(option + ": found " + number + "; accepted: above 0");
    }
  }

  private ObjectNode document(List<LogReplay.Run> runs, long skippedRows) {
    ObjectNode document = new ObjectMapper().createObjectNode();
    document.put("schema", 1);
    document.put("command", "replay");
    if (campaigns != null) {
      document.put("competition", competition);
    }
    if (protocol != null) {
      document.put("protocol", protocol);
      document.put("episode", episode);
    }
    ArrayNode list = document.putArray("runs");
    for (LogReplay.Run run : runs) {
      ObjectNode one = list.addObject();
      one.put("policy", run.policy());
      one.put("campaign", run.campaign());
      String fraction = run.fraction();
      if (fraction == null) {
        one.putNull("budget_fraction");
      } else {
        one.put("budget_fraction", fraction);
      }
      one.put("seed", 0);
      one.put("horizon", run.auctions());
      one.put("auctions", run.auctions());
      one.put("bids", run.bids());
      one.put("wins", run.wins());
      one.put("clicks", run.clicks());
      one.put("conversions", run.conversions());
      one.put("conversion_value", run.conversionValue());
      one.put("value", run.value());
      one.put("spend", run.spend());
      one.put("budget", run.budget());
      putIfFinite(one, "ros", run.value() / run.spend());
      one.put("violation", Math.max(0, -run.slack()));
      one.put("lowest_slack", run.lowestSlack());
      one.put("hindsight_value", run.best());
      putIfFinite(one, "ratio", run.ratio());
      one.put("regret", run.best() - run.value());
      one.put("auctions_per_second", run.auctionsPerSecond());
    }
    document.put("skipped_rows", skippedRows);
    return document;
  }

  private static void putIfFinite(ObjectNode json, String key, double value) {
    if (Double.isFinite(value)) {
      json.put(key, value);
    } else {
      json.putNull(key);
    }
  }

  private static void print(List<LogReplay.Run> runs, PrintStream out) {
    out.printf(
        Locale.ROOT,
        "%-28s %-16s %9s %12s %12s %7s %8s %7s %12s %7s %11s %10s%n",
        "policy",
        "campaign",
        "budget",
        "",
        "spent",
        "share",
        "wins",
        "clicks",
        "value",
        "ratio",
        "violation",
        "auctions/s");
    for (LogReplay.Run run : runs) {
      String fraction = run.fraction();
      out.printf(
          Locale.ROOT,
          "%-28s %-16s %9s %12s %12s %6.1f%% %8d %7d %12.3f %7.4f %10.3f%% %10.0f%n",
          run.policy(),
          run.campaign(),
          fraction == null ? "" : fraction,
          money(run.budget()),
          money(run.spend()),
          100 * run.spend() / run.budget(),
          run.wins(),
          run.clicks(),
          run.value(),
          run.ratio(),
          100 * Math.max(0, -run.slack()) / run.spend(),
          run.auctionsPerSecond());
    }
  }

  private static String money(double amount) {
    return String.format(Locale.ROOT, amount >= 10_000 ? "%.0f" : "%.4g", amount);
  }
}
