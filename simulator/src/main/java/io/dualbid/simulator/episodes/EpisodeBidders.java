package io.dualbid.simulator.episodes;

import io.dualbid.core.bidding.LinearBid;
import io.dualbid.core.bidding.MeanCostPerClick;
import io.dualbid.core.joint.EpisodeLearner;
import io.dualbid.core.rlb.LongHorizonBid;
import io.dualbid.core.rlb.LongHorizonBid.Mapping;
import io.dualbid.core.rlb.MarginalTable;
import io.dualbid.core.rlb.Objective;
import io.dualbid.core.rlb.SegmentedBid;
import io.dualbid.core.rlb.StateBid;
import io.dualbid.core.rlb.ValueTable;
import io.dualbid.simulator.replay.EpisodeBidder;
import io.dualbid.simulator.replay.EpisodeProtocol;
import java.util.OptionalInt;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * Makes rules for one campaign, protocol and budget.
 *
 * <p>A table of N·(B+1) values is solved where it is small enough; beyond that the last {@code n}
 * auctions (1000 unless told) are solved and stand for those before, with twice their mean budget.
 */
public final class EpisodeBidders {
  /** Values of a table that are still held, some 400 MB. */
  private static final long MOST_CELLS = 50_000_000;

  private static final int TABLE_AUCTIONS = 1_000;
  private static final int GRID = 5;

  private final Training training;
  private final EpisodeProtocol protocol;
  private final int maxBid;

  /**
   * Rules for a campaign.
   *
   * @param protocol length and budget of an episode; one as long as the log for no episodes
   * @param maxBid highest bid, at least 0
   */
  public EpisodeBidders(Training training, EpisodeProtocol protocol, int maxBid) {
    this.training = training;
    this.protocol = protocol;
    this.maxBid = maxBid;
  }

  /**
   * Makes a rule.
   *
   * @param fraction budget fraction, or null where the budget was given as an amount
   * @param clicksOfEarlier clicks that a bidder gets on the rows that Lin is to be tuned on; null
   *     where none were named
   * @throws IllegalArgumentException if an option is wrong
   */
  public EpisodeBidder make(
      EpisodePolicy policy,
      @Nullable Double fraction,
      @Nullable ToDoubleFunction<EpisodeBidder> clicksOfEarlier) {
    return switch (policy.name()) {
      case MCPC -> {
        MeanCostPerClick rule = new MeanCostPerClick(training.totals().costPerClick(), maxBid);
        yield (n, b, rate) -> rule.bid(rate, b);
      }
      case LIN -> {
        LinearBid rule = linear(policy, fraction, clicksOfEarlier);
        yield (n, b, rate) -> rule.bid(rate, b);
      }
      case SS_MDP -> {
        EpisodeBidder rule = table(policy);
        double mean = training.totals().meanClickRate();
        yield (n, b, rate) -> rule.bid(n, b, mean);
      }
      case RLB -> table(policy);
      case JOINT -> joint(policy);
    };
  }

  private LinearBid linear(
      EpisodePolicy policy,
      @Nullable Double fraction,
      @Nullable ToDoubleFunction<EpisodeBidder> clicksOfEarlier) {
    double mean = training.totals().meanClickRate();
    if (policy.options().containsKey("b0")) {
      return new LinearBid(policy.whole("b0", 0, 0), mean, maxBid);
    }
    if (clicksOfEarlier != null) {
      return LinearBid.tune(
          mean,
          maxBid,
          Math.min(GRID, maxBid),
          rule -> clicksOfEarlier.applyAsDouble((n, b, rate) -> rule.bid(rate, b)));
    }
    OptionalInt tuned =
        fraction == null
            ? OptionalInt.empty()
            : TunedBaseBids.known().of(training.campaign(), fraction);
    return new LinearBid(tuned.orElseGet(this::baseBidOfTraining), mean, maxBid);
  }

  /** The price that spends the budget in training, on a grid as tuning would have it. */
  private int baseBidOfTraining() {
    int price = training.priceThatSpends((double) protocol.budget() / protocol.auctions());
    return Math.max(GRID, price / GRID * GRID);
  }

  private EpisodeBidder table(EpisodePolicy policy) {
    Objective clicks = Objective.clicks(training.totals().meanClickRate());
    String map = policy.word("map", "state", "marginal", "segments");
    long cells = (long) protocol.auctions() * (protocol.budget() + 1L);
    if (cells <= MOST_CELLS && policy.options().isEmpty()) {
      return new StateBid(
              ValueTable.solve(
                  training.market(), clicks, protocol.auctions(), protocol.budget(), maxBid))
          ::bid;
    }
    int table = Math.min(policy.whole("n", TABLE_AUCTIONS, 2), Math.max(2, protocol.auctions()));
    double share = (double) protocol.budget() / protocol.auctions() * table;
    MarginalTable marginals =
        MarginalTable.solve(
            training.market(), clicks, table, Math.max(1, (int) (2 * share)), maxBid);
    if (map.equals("segments")) {
      SegmentedBid rule = new SegmentedBid(new LongHorizonBid(marginals, Mapping.STATE), table);
      return rule::bid;
    }
    LongHorizonBid rule =
        new LongHorizonBid(marginals, map.equals("state") ? Mapping.STATE : Mapping.MARGINAL);
    return rule::bid;
  }

  private EpisodeBidder joint(EpisodePolicy policy) {
    EpisodeLearner.Settings standard = EpisodeLearner.Settings.DEFAULT;
    EpisodeLearner learner =
        new EpisodeLearner(
            new EpisodeLearner.Settings(
                policy.word("prices", "all", "won").equals("all")
                    ? EpisodeLearner.Prices.ALL
                    : EpisodeLearner.Prices.WON,
                standard.kept(),
                standard.trainingWeight(),
                standard.periods()),
            training.prices(),
            training.totals().meanClickRate(),
            protocol.auctions(),
            protocol.budget(),
            maxBid);
    return new EpisodeBidder() {
      @Override
      public void begin() {
        learner.begin();
      }

      @Override
      public int bid(int auctionsLeft, int budgetLeft, double clickRate) {
        return learner.bid(auctionsLeft, budgetLeft, clickRate);
      }

      @Override
      public void saw(double clickRate, int bid, int price) {
        learner.saw(clickRate, bid, price);
      }
    };
  }
}
