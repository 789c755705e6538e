package io.dualbid.simulator.cli;

import io.dualbid.core.model.Campaign;
import io.dualbid.core.model.Money;
import io.dualbid.simulator.hindsight.AuctionPasses;
import io.dualbid.simulator.hindsight.Episodes;
import io.dualbid.simulator.hindsight.KnapsackOptimum;
import io.dualbid.simulator.hindsight.OptimumPath;
import io.dualbid.simulator.log.AuctionLog;
import io.dualbid.simulator.log.AuctionTape;
import io.dualbid.simulator.replay.CourseRecorder;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** What campaigns could have had of a log with hindsight, each solved once. Thread safe. */
final class LogOptima {
  /** From so many rows on, optima are not solved side by side. */
  private static final long LARGE = 1L << 20;

  /**
   * What an optimum is for.
   *
   * @param episode auctions after which the budget is set back; 0 for never
   */
  record Question(int entrant, double target, long budgetNanos, int episode) {}

  /**
   * What could have been had.
   *
   * @param shadowPrice of the budget; the mean over episodes
   * @param budgets how many budgets there were, one for each episode
   * @param whole the optimum itself; null in episodes
   */
  record Best(double value, double shadowPrice, int budgets, @Nullable KnapsackOptimum whole) {}

  private final AuctionLog log;
  private final AuctionTape tape;
  private final List<Campaign> entrants;
  private final Map<Question, Best> optima = new ConcurrentHashMap<>();
  private final Map<Question, OptimumPath> paths = new ConcurrentHashMap<>();

  /** Of these campaigns. */
  LogOptima(AuctionLog log, AuctionTape tape, List<Campaign> entrants) {
    this.log = log;
    this.tape = tape;
    this.entrants = entrants;
  }

  /** What a campaign could have had alone; of several, one may take what another would have. */
  Best optimum(Question question) {
    return optima.computeIfAbsent(
        question,
        asked -> {
          double budget = Money.units(asked.budgetNanos);
          if (asked.episode > 0) {
            Episodes each = Episodes.solve(gains(asked), asked.episode, budget);
            return new Best(each.value(), each.meanShadowPrice(), each.count(), null);
          }
          KnapsackOptimum whole =
              solved(() -> KnapsackOptimum.of(gains(asked), asked.target, budget));
          return new Best(whole.value(), whole.shadowPrice(), 1, whole);
        });
  }

  /** How an optimum comes about, at so many moments; not in episodes. */
  OptimumPath path(Question question, int points) {
    KnapsackOptimum whole =
        Objects.requireNonNull(optimum(question).whole(), "episodes have no path");
    return paths.computeIfAbsent(
        question, asked -> OptimumPath.of(gains(asked), asked.target, whole, moments(points)));
  }

  private long[] moments(int wanted) {
    int points = (int) Math.min(wanted, tape.rows());
    return IntStream.range(0, points)
        .mapToLong(i -> CourseRecorder.sample(i, tape.rows(), points))
        .toArray();
  }

  /** Optima of long logs take their memory one after another. */
  private KnapsackOptimum solved(Supplier<KnapsackOptimum> task) {
    if (tape.rows() <= LARGE) {
      return task.get();
    }
    synchronized (log) {
      return task.get();
    }
  }

  private AuctionPasses gains(Question question) {
    Campaign given = entrants.get(question.entrant);
    AuctionPasses auctions =
        new TapePasses(
            tape,
            LogCampaigns.valuePerClick(given, log),
            Money.units(given.maxBidNanos()),
            LogCampaigns.segments(given, log));
    return LogCampaigns.forProfit(given) ? auctions.forProfit() : auctions;
  }
}
