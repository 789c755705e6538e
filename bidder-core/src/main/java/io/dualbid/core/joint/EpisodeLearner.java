package io.dualbid.core.joint;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Bids in episodes whose budget is set back, and learns from one to the next how click rates and
 * prices are spread. Before the first, rates are taken to be the mean of training and prices those
 * of its histogram, as RLB does. Before each later one a {@link JointTable} is solved anew from the
 * auctions of earlier episodes, weighted by {@link Recurrence}, and from the histogram of training
 * as so many auctions more, with click rates spread as in those episodes.
 *
 * <p>It knows training and what it was told of earlier episodes, nothing of the current one but the
 * requests themselves. {@link Prices} says what it is told of auctions that it lost.
 *
 * <p>No guarantee beyond {@code bid ≤ left}: where a market neither drifts nor recurs, the policy
 * tends to the optimal one as episodes pass. An episode costs one table of at most 1000 auctions;
 * some 20 MB. Not thread safe.
 *
 * @see "Cai, Ren, Zhang et al.: Real-Time Bidding by Reinforcement Learning in Display Advertising,
 *     WSDM 2017 (protocol, and the same with the mean click rate alone)"
 */
public final class EpisodeLearner {
  private static final int TABLE_AUCTIONS = 1_000;
  private static final int FINEST = 500;
  private static final double COARSEST_STEP = 16;

  /** What is known of prices after an auction. */
  public enum Prices {
    /** All, as in a log, or where losers are told the minimum to win. */
    ALL,
    /** Those of wins; of the others, that they were above the bid. */
    WON
  }

  /**
   * How to learn; the defaults are meant to be kept.
   *
   * @param prices what is told
   * @param kept episodes that are looked back to, at least 1
   * @param trainingWeight auctions for which the histogram of training counts, at least 0
   * @param periods greatest number of episodes after which a market may recur, at least 1
   */
  public record Settings(Prices prices, int kept, double trainingWeight, int periods) {
    /** All prices known, thirty episodes, training as a thousand auctions, periods to four. */
    public static final Settings DEFAULT = new Settings(Prices.ALL, 30, 1_000, 4);

    public Settings {
      if (kept < 1 || !(trainingWeight >= 0) || periods < 1) {
        throw new IllegalArgumentException(
            "need episodes >= 1, weight >= 0, periods >= 1: "
                + kept
                + ", "
                + trainingWeight
                + ", "
                + periods);
      }
    }
  }

  private final Settings settings;
  private final long[] training;
  private final int maxBid;
  private final int tableAuctions;
  private final int tableBudget;
  private final double step;
  private final Recurrence recurrence;
  private final List<EpisodeRecord> episodes = new ArrayList<>();
  private @Nullable EpisodeRecord current;
  private JointBid bids;

  /**
   * Before the first episode.
   *
   * @param training auctions of training at each price from 0; at least one
   * @param meanClickRate θ_avg of training, above 0
   * @param auctions length of an episode, at least 1
   * @param budget budget of an episode, at least 0
   * @param maxBid highest bid, at least 0
   */
  public EpisodeLearner(
      Settings settings,
      long[] training,
      double meanClickRate,
      int auctions,
      int budget,
      int maxBid) {
    this.settings = settings;
    this.training = training.clone();
    this.maxBid = maxBid;
    this.tableAuctions = Math.min(auctions, TABLE_AUCTIONS);
    // A longer episode is mapped to a table with twice its money for so many auctions.
    this.tableBudget =
        auctions <= TABLE_AUCTIONS
            ? budget
            : (int) Math.ceil(2.0 * budget * TABLE_AUCTIONS / auctions);
    this.step = Math.max(1, Math.min(COARSEST_STEP, (double) tableBudget / FINEST));
    this.recurrence = new Recurrence(training, meanClickRate, settings.periods, settings.kept);
    JointDistribution market = new JointDistribution(maxBid);
    for (int price = 0; price < training.length; price++) {
      market.add(price, meanClickRate, training[price] + 1.0);
    }
    this.bids = solve(market);
  }

  private JointBid solve(JointDistribution market) {
    return new JointBid(JointTable.solve(market, tableAuctions, tableBudget, step));
  }

  /** An episode begins; what was seen of the one before is learned. */
  public void begin() {
    EpisodeRecord last = current;
    if (last != null && last.size() > 0) {
      recurrence.add(last, training);
      episodes.add(last);
      if (episodes.size() > settings.kept) {
        episodes.remove(0);
      }
      bids = solve(market());
    }
    current = new EpisodeRecord();
  }

  private JointDistribution market() {
    JointDistribution market = new JointDistribution(maxBid);
    for (int back = 1; back <= episodes.size(); back++) {
      double counts = recurrence.weight(back);
      if (counts > 0) {
        episodes
            .get(episodes.size() - back)
            .visit(training, (price, rate, weight) -> market.add(price, rate, counts * weight));
      }
    }
    market.addIndependent(training, settings.trainingWeight);
    return market;
  }

  /**
   * The bid in whole units.
   *
   * @param auctions auctions left of the episode with this one, at least 1
   * @param left what is left of its budget, at least 0
   * @param clickRate θ of the request
   */
  public int bid(int auctions, int left, double clickRate) {
    return bids.bid(auctions, left, clickRate);
  }

  /**
   * An auction is over.
   *
   * @param clickRate θ of its request
   * @param bid what was bid
   * @param price the market price; of a loss it is not looked at unless all prices are known
   */
  public void saw(double clickRate, int bid, int price) {
    EpisodeRecord record = current;
    if (record == null) {
      throw new IllegalStateException("an auction before the first episode began");
    }
    if (bid >= price || settings.prices == Prices.ALL) {
      record.priced(clickRate, price);
    } else {
      record.lost(clickRate, bid);
    }
  }
}
