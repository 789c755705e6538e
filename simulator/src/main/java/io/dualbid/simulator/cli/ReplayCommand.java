package io.dualbid.simulator.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dualbid.core.model.Strategy.AuctionType;
import io.dualbid.core.model.Strategy.Constraint;
import io.dualbid.simulator.episodes.EpisodePolicy;
import io.dualbid.simulator.play.Summary;
import io.dualbid.simulator.scenario.Policy;
import io.dualbid.simulator.world.AuctionColumns;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Policies side by side on a log, through the engine's facades. */
@Command(
    name = "replay",
    description = {
      "Plays a log of auctions through the engine's own bidder and pacer, for one campaign by each"
          + " policy and budget, and compares with the optimum in hindsight.",
      "Policies: dmd, ros, both, min, sequential, pid, throttling, fixed; options after a colon, such"
          + " as dmd:mirror=euclidean or both:strict.",
      "Rules that bid by the auctions and money left, from --campaign-info: ss-mdp, mcpc, lin, rlb,"
          + " joint; such as rlb:n=1000, lin:b0=15, lin:tune=1..50000 or joint:prices=won.",
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  dualbid replay --log 2997.txt.gz --format ipinyou --policy dmd,pid --budget-fraction 1/4,1/16",
      "  dualbid replay --log 2997.txt.gz --format ipinyou --protocol rlb --policy rlb,joint"
          + " --budget-fraction 1/32 --campaign-info campaigns-info.json --campaign 2997",
      "  dualbid replay --log 2997.txt.gz --format ipinyou --policy ros,ros:strict --value-per-click 7103",
    })
final class ReplayCommand implements Callable<Integer> {
  @Mixin private LogOptions log = new LogOptions();

  @Option(
      names = "--policy",
      paramLabel = "A,B",
      description = "Policies, separated by commas (default: dmd).")
  private String policies = "dmd";

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

  @Option(names = "--json", description = "Print one JSON document and nothing else.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    if (log.logs.isEmpty()) {
      throw new WrongInput("--log: found nothing; accepted: a log of auctions");
    }
    requirePositive("--value-per-click", valuePerClick);
    requirePositive("--target-ros", targetRos);
    requirePositive("--max-bid", maxBid);
    AuctionColumns all = log.auctions();
    long[] part = log.part(all.rows());
    AuctionColumns auctions = all.part(part[0], part[1]);
    LogReplay replay =
        new LogReplay(
            auctions,
            new LogReplay.Rules(valuePerClick, targetRos, maxBid, isFirstPrice(), delay.toMillis()),
            log.info());
    List<LogReplay.Run> runs = new ArrayList<>();
    List<PolicyChoice> chosen = PolicyChoice.list(policies);
    boolean episodes = inEpisodes(chosen);
    int length = episodes ? episode : auctions.rows();
    EpisodeReplay rules = new EpisodeReplay(log, all, auctions, length, maxBid, valuePerClick);
    for (LogOptions.Budget budget : budgets(replay, auctions.meanPrice(), length, chosen)) {
      for (PolicyChoice policy : chosen) {
        Policy engine = policy.engine();
        runs.add(
            engine == null
                ? rules.play(Objects.requireNonNull(policy.rule()), budget)
                : episodes ? replay.play(engine, budget, episode) : replay.play(engine, budget));
      }
    }
    if (json) {
      ObjectNode document = document(runs);
      if (episodes) {
        document.put("protocol", "rlb");
        document.put("episode", episode);
      }
      System.out.println(Summary.text(document));
    } else {
      print(runs, System.out);
    }
    return 0;
  }

  /** Whether the budget is set back; refuses what is not for episodes, or is for nothing else. */
  private boolean inEpisodes(List<PolicyChoice> chosen) {
    boolean rules = chosen.stream().anyMatch(policy -> policy.rule() != null);
    if (rules && (isFirstPrice() || !delay.isZero())) {
      throw new WrongInput(
          "--policy: found "
              + EpisodePolicy.NAMES
              + " at first price or with late feedback; accepted: second price, no delay");
    }
    if (protocol == null) {
      return false;
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
    return true;
  }

  /** Those asked for; where no policy paces one, none is needed: enough to win everything. */
  private List<LogOptions.Budget> budgets(
      LogReplay replay, double meanPrice, int length, List<PolicyChoice> chosen)
      throws IOException {
    boolean needed =
        chosen.stream()
            .map(PolicyChoice::engine)
            .anyMatch(policy -> policy == null || policy.constraint() != Constraint.ROS);
    return needed || log.hasBudget()
        ? log.budgets(meanPrice, length)
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

  private static ObjectNode document(List<LogReplay.Run> runs) {
    ObjectNode document = new ObjectMapper().createObjectNode();
    document.put("schema", 1);
    document.put("command", "replay");
    ArrayNode list = document.putArray("runs");
    for (LogReplay.Run run : runs) {
      ObjectNode one = list.addObject();
      one.put("policy", run.policy());
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
    document.put("skipped_rows", 0);
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
        "%-28s %9s %12s %12s %7s %8s %7s %12s %7s %11s %10s%n",
        "policy",
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
          "%-28s %9s %12.0f %12.0f %6.1f%% %8d %7d %12.3f %7.4f %10.3f%% %10.0f%n",
          run.policy(),
          fraction == null ? "" : fraction,
          run.budget(),
          run.spend(),
          100 * run.spend() / run.budget(),
          run.wins(),
          run.clicks(),
          run.value(),
          run.ratio(),
          100 * Math.max(0, -run.slack()) / run.spend(),
          run.auctionsPerSecond());
    }
  }
}
