package io.dualbid.simulator.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.dualbid.core.model.Money;
import io.dualbid.simulator.episodes.EpisodeBidders;
import io.dualbid.simulator.episodes.EpisodePolicy;
import io.dualbid.simulator.episodes.Training;
import io.dualbid.simulator.hindsight.Episodes;
import io.dualbid.simulator.log.AuctionTape;
import io.dualbid.simulator.replay.EpisodeBidder;
import io.dualbid.simulator.replay.EpisodeProtocol;
import io.dualbid.simulator.replay.EpisodeTotals;
import io.dualbid.simulator.world.AuctionColumns;
import java.io.IOException;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * One campaign on the auctions of a tape, by rules that bid by the auctions and money left. They
 * reckon in whole units of the log's prices.
 */
final class EpisodeReplay {
  private final LogOptions log;
  private final AuctionTape tape;
  private final String campaign;
  private final long unitNanos;
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
   * @param campaign what it is called in the results
   * @param unitNanos what one unit of a price costs for one impression
   * @param episode auctions after which the budget is set back
   * @param maxBid highest bid in account currency (for iPinYou in price units)
   */
  EpisodeReplay(
      LogOptions log,
      AuctionTape tape,
      String campaign,
      long unitNanos,
      int episode,
      double maxBid,
      double valuePerClick) {
    this.log = log;
    this.tape = tape;
    this.campaign = campaign;
    this.unitNanos = unitNanos;
    this.episode = episode;
    double most = Math.floor(maxBid / Money.units(unitNanos));
    this.maxBid = (int) Math.min(most, Integer.MAX_VALUE - 1);
    this.valuePerClick = valuePerClick;
    AuctionColumns auctions = AuctionColumns.of(tape);
    price = inUnits(auctions.prices());
    clickRate = auctions.clickRates();
    clicked = auctions.clicks();
    value = new double[price.length];
    for (int i = 0; i < value.length; i++) {
      value[i] = price[i] > most ? 0 : clickRate[i] * valuePerClick;
    }
  }

  private double[] inUnits(double[] prices) {
    double unit = Money.units(unitNanos);
    for (int i = 0; i < prices.length; i++) {
      prices[i] /= unit;
    }
    return prices;
  }

  /** Plays a rule with a budget for each episode. */
  LogReplay.Run play(EpisodePolicy policy, LogOptions.Budget budget) throws IOException {
    long units = budget.nanos() / unitNanos;
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
    Converting bidder = new Converting(bidder(policy, budget.fraction(), protocol), tape.read());
    long begun = System.nanoTime();
    EpisodeTotals totals = protocol.play(price, clickRate, clicked, bidder);
    double seconds = (System.nanoTime() - begun) / 1e9;
    Episodes best = Episodes.solve(value, price, episode, (double) units);
    double unit = Money.units(unitNanos);
    return new LogReplay.Run(
        policy.text(),
        campaign,
        budget.fraction(),
        (double) units * unit * best.count(),
        totals.auctions(),
        totals.bids(),
        totals.impressions(),
        totals.clicks(),
        bidder.conversions,
        bidder.conversionValue,
        totals.clickRates() * valuePerClick,
        totals.cost() * unit,
        0,
        0,
        best.value(),
        0,
        0,
        seconds);
  }

  /** Sees what the wins of a rule bring in the end. */
  private static final class Converting implements EpisodeBidder {
    private final EpisodeBidder rule;
    private final AuctionTape.Cursor cursor;
    private long conversions;
    private double conversionValue;

    Converting(EpisodeBidder rule, AuctionTape.Cursor cursor) {
      this.rule = rule;
      this.cursor = cursor;
    }

    @Override
    public int bid(int auctionsLeft, int budgetLeft, double clickRate) {
      return rule.bid(auctionsLeft, budgetLeft, clickRate);
    }

    @Override
    public void begin() {
      rule.begin();
    }

    @Override
    public void saw(double clickRate, int bid, int price) {
      rule.saw(clickRate, bid, price);
      if (cursor.next() && bid >= price && cursor.conversionValue() > 0) {
        conversions++;
        conversionValue += cursor.conversionValue();
      }
    }
  }

  private EpisodeBidder bidder(
      EpisodePolicy policy, @Nullable String fraction, EpisodeProtocol protocol)
      throws IOException {
    JsonNode info = log.info();
    String trained = log.campaign;
    if (info == null || trained == null) {
      throw new WrongInput(
          "--campaign-info: found nothing for "
              + policy.text()
              + "; accepted: a file of training statistics, with --campaign");
    }
    try {
      Double share = fraction == null ? null : OptionTexts.fraction(fraction);
      return new EpisodeBidders(Training.of(trained, info), protocol, maxBid)
          .make(policy, share, earlier(policy, protocol));
    } catch (IllegalArgumentException e) {
      throw new WrongInput("--policy " + policy.text() + ": " + e.getMessage(), e);
    }
  }

  /** What a rule clicks on the rows that a policy names for tuning. */
  private @Nullable ToDoubleFunction<EpisodeBidder> earlier(
      EpisodePolicy policy, EpisodeProtocol protocol) throws IOException {
    String rows = policy.options().get("tune");
    if (rows == null) {
      return null;
    }
    long[] bounds = OptionTexts.range("--policy lin:tune", rows);
    AuctionColumns all = log.auctions();
    if (bounds[0] < 1 || bounds[1] > all.rows()) {
      throw new WrongInput(
          "--policy lin:tune: found " + rows + "; accepted: rows from 1 to " + all.rows());
    }
    AuctionColumns part = all.part(bounds[0], bounds[1]);
    double[] prices = inUnits(part.prices());
    double[] rates = part.clickRates();
    boolean[] clicks = part.clicks();
    return rule -> protocol.play(prices, rates, clicks, rule).clicks();
  }
}
