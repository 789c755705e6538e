package io.dualbid.simulator.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.dualbid.core.model.Money;
import io.dualbid.simulator.episodes.EpisodeBidders;
import io.dualbid.simulator.episodes.EpisodePolicy;
import io.dualbid.simulator.episodes.Training;
import io.dualbid.simulator.hindsight.Episodes;
import io.dualbid.simulator.replay.EpisodeBidder;
import io.dualbid.simulator.replay.EpisodeProtocol;
import io.dualbid.simulator.replay.EpisodeTotals;
import io.dualbid.simulator.world.AuctionColumns;
import java.io.IOException;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** One campaign on the auctions of a log, by rules that bid by the auctions and money left. */
final class EpisodeReplay {
  private final LogOptions log;
  private final AuctionColumns all;
  private final double[] price;
  private final double[] clickRate;
  private final boolean[] clicked;
  private final double[] value;
  private final int episode;
  private final int maxBid;
  private final double valuePerClick;

  /**
   * A replay.
   *
   * @param all the whole log
   * @param auctions the part of it to play
   * @param episode auctions after which the budget is set back
   */
  EpisodeReplay(
      LogOptions log,
      AuctionColumns all,
      AuctionColumns auctions,
      int episode,
      double maxBid,
      double valuePerClick) {
    this.log = log;
    this.all = all;
    this.episode = episode;
    this.maxBid = (int) Math.min(maxBid, Integer.MAX_VALUE - 1);
    this.valuePerClick = valuePerClick;
    price = auctions.prices();
    clickRate = auctions.clickRates();
    clicked = auctions.clicks();
    value = new double[price.length];
    for (int i = 0; i < value.length; i++) {
      value[i] = price[i] > maxBid ? 0 : clickRate[i] * valuePerClick;
    }
  }

  /** Plays a rule with a budget for each episode. */
  LogReplay.Run play(EpisodePolicy policy, LogOptions.Budget budget) throws IOException {
    long units = budget.nanos() / Money.NANOS_PER_UNIT;
    if (units > Integer.MAX_VALUE - 1) {
      throw new WrongInput(
          "--budget: found "
              + units
              + " for "
              + policy.text()
              + "; accepted: up to "
              + (Integer.MAX_VALUE - 1)
              + " units of the log");
    }
    EpisodeProtocol protocol = new EpisodeProtocol(episode, (int) units);
    EpisodeBidder bidder = bidder(policy, budget.fraction(), protocol);
    long begun = System.nanoTime();
    EpisodeTotals totals = protocol.play(price, clickRate, clicked, bidder);
    double seconds = (System.nanoTime() - begun) / 1e9;
    Episodes best = Episodes.solve(value, price, episode, (double) units);
    return new LogReplay.Run(
        policy.text(),
        budget.fraction(),
        (double) units * best.count(),
        totals.auctions(),
        totals.bids(),
        totals.impressions(),
        totals.clicks(),
        totals.clickRates() * valuePerClick,
        totals.cost(),
        0,
        0,
        best.value(),
        totals.auctions() / seconds);
  }

  private EpisodeBidder bidder(
      EpisodePolicy policy, @Nullable String fraction, EpisodeProtocol protocol)
      throws IOException {
    JsonNode info = log.info();
    String campaign = log.campaign;
    if (info == null || campaign == null) {
      throw new WrongInput(
          "--campaign-info: found nothing for "
              + policy.text()
              + "; accepted: a file of training statistics, with --campaign");
    }
    try {
      Double share = fraction == null ? null : LogOptions.fraction(fraction);
      return new EpisodeBidders(Training.of(campaign, info), protocol, maxBid)
          .make(policy, share, earlier(policy, protocol));
    } catch (IllegalArgumentException e) {
      throw new WrongInput("--policy " + policy.text() + ": " + e.getMessage(), e);
    }
  }

  /** What a rule clicks on the rows that a policy names for tuning. */
  private @Nullable ToDoubleFunction<EpisodeBidder> earlier(
      EpisodePolicy policy, EpisodeProtocol protocol) {
    String rows = policy.options().get("tune");
    if (rows == null) {
      return null;
    }
    long[] bounds = LogOptions.range("--policy lin:tune", rows);
    if (bounds[0] < 1 || bounds[1] > all.rows()) {
      throw new WrongInput(
          "--policy lin:tune: found " + rows + "; accepted: rows from 1 to " + all.rows());
    }
    AuctionColumns part = all.part(bounds[0], bounds[1]);
    double[] prices = part.prices();
    double[] rates = part.clickRates();
    boolean[] clicks = part.clicks();
    return rule -> protocol.play(prices, rates, clicks, rule).clicks();
  }
}
