package io.dualbid.simulator.cli;

import io.dualbid.core.model.Campaign;
import io.dualbid.core.model.Strategy.Constraint;
import io.dualbid.simulator.episodes.EpisodePolicy;
import io.dualbid.simulator.log.AuctionLog;
import io.dualbid.simulator.log.AuctionTape;
import io.dualbid.simulator.log.SkippedRows;
import io.dualbid.simulator.replay.Replay.Competition;
import io.dualbid.simulator.scenario.Policy;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** Policies side by side on a log of auctions, by each budget and under each seed. */
final class AuctionReplay {
  private final LogOptions log;
  private final WorldOptions world;
  private final LogLuck luck;
  private final Settings settings;

  /**
   * What is compared.
   *
   * @param policies as they were written; null for the campaigns' own strategies, or dmd
   * @param campaigns file of the campaigns; null for one for each id that the log names
   * @param competition how campaigns of a file meet
   * @param targetRos value that a unit of spend must return, where a policy keeps it
   * @param protocol that of episodes, or null
   * @param episode auctions in an episode of the protocol
   * @param seeds under how many seeds, at least 1
   * @param threads runs at a time, at least 1; changes no result
   */
  record Settings(
      @Nullable String policies,
      @Nullable Path campaigns,
      String competition,
      double targetRos,
      @Nullable String protocol,
      int episode,
      int seeds,
      int threads) {}

  /** A replay. */
  AuctionReplay(LogOptions log, WorldOptions world, LogLuck luck, Settings settings) {
    this.log = log;
    this.world = world;
    this.luck = luck;
    this.settings = settings;
  }

  /**
   * Plays all of it.
   *
   * @param skipped where rows that can't be read go; null to stop at the first
   * @param points moments to record of each run of the first seed; 0 for none
   */
  ReplayResult play(@Nullable SkippedRows skipped, int points) throws IOException {
    Path file = settings.campaigns;
    List<Campaign> given =
        file == null
            ? List.of()
            : LogCampaigns.payingForImpressions(file, LogCampaigns.active(file));
    List<PolicyChoice> chosen = policies();
    int length = episodeLength(chosen);
    try (AuctionLog read = log.read(given.isEmpty() ? null : ids(given), skipped)) {
      if (luck.drawsClicks() && read.valued()) {
        throw new WrongInput(
            "--clicks: found drawn for a log of values; accepted: a log of click rates (pctr)");
      }
      return new ReplayResult(
          runs(read, given, chosen, length, points),
          read.priceUnitNanos(),
          file == null ? null : settings.competition,
          length,
          luck,
          settings.seeds,
          skipped == null ? 0 : skipped.count());
    }
  }

  private LongStream seeds() {
    return LongStream.range(luck.seed(), luck.seed() + settings.seeds);
  }

  private static Set<String> ids(List<Campaign> given) {
    return given.stream().map(Campaign::id).collect(Collectors.toSet());
  }

  private List<LogReplay.Recorded> runs(
      AuctionLog read, List<Campaign> given, List<PolicyChoice> chosen, int length, int points)
      throws IOException {
    LogReplay.Rules rules = world.rules();
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
            played.expect(replay.tape().rows() * (rule == null ? settings.seeds : 1));
            if (rule != null && budget != null) {
              tasks.add(
                  () -> {
                    LogReplay.Run run = rules(read, replay.tape(), length).play(rule, budget);
                    played.accept(replay.tape().rows());
                    // Nothing that these meet is drawn, so every seed has the same.
                    return seeds()
                        .mapToObj(seed -> new LogReplay.Recorded(run, seed, null, null))
                        .toList();
                  });
            } else {
              seeds()
                  .forEach(
                      seed -> {
                        int wanted = seed == luck.seed() ? points : 0;
                        tasks.add(
                            () -> replay.play(policy, budget, luck.under(seed), length, wanted));
                      });
            }
          }
        }
      }
      return InOrder.run(tasks, settings.threads).stream().flatMap(List::stream).toList();
    }
  }

  /** Who plays the auctions of a tape. */
  private List<Campaign> entrants(AuctionTape tape, List<Campaign> given) {
    String id = tape.campaign();
    if (given.isEmpty()) {
      return List.of(
          LogCampaigns.of(
              id.isEmpty() ? "log" : id,
              world.valuePerClick(),
              settings.targetRos,
              world.maxBid()));
    }
    return id.isEmpty()
        ? given
        : given.stream().filter(campaign -> campaign.id().equals(id)).toList();
  }

  private Competition competition() {
    return switch (settings.competition) {
      case "house" -> Competition.HOUSE;
      case "apart" -> Competition.APART;
      default ->
          throw new WrongInput(
              "--competition: found '" + settings.competition + "'; accepted: house, apart");
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
    String text = settings.policies;
    if (text == null && settings.campaigns != null) {
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
    if (rules
        && (world.isFirstPrice()
            || !world.isAtOnce()
            || luck.isChance()
            || settings.campaigns != null)) {
      throw new WrongInput(
          "--policy: found "
              + EpisodePolicy.NAMES
              + " at first price, with late or lost feedback, drawn clicks or --campaigns; accepted:"
              + " second price, every notice at once, logged clicks, one campaign a log");
    }
    if (settings.protocol == null) {
      return 0;
    }
    if (!settings.protocol.equals("rlb")) {
      throw new WrongInput("--protocol: found '" + settings.protocol + "'; accepted: rlb");
    }
    if (settings.episode < 1) {
      throw new WrongInput("--episode: found " + settings.episode + "; accepted: 1 or more");
    }
    if (chosen.stream().anyMatch(p -> p.engine() != null && p.engine().keepsRos())) {
      throw new WrongInput(
          "--protocol: found episodes under a return on spend; accepted: policies of a budget");
    }
    return settings.episode;
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
    if (settings.campaigns != null) {
      return List.of();
    }
    return chosen.stream()
            .map(PolicyChoice::engine)
            .anyMatch(policy -> policy == null || policy.constraint() != Constraint.ROS)
        ? log.budgets(0, 0, 0)
        : List.of(new LogOptions.Budget(null, replay.enoughNanos()));
  }
}
