package io.dualbid.simulator.replay;

import io.dualbid.core.model.Money;
import io.dualbid.simulator.world.Auction;
import java.util.List;

/**
 * The protocol of results published on the iPinYou log: episodes of N auctions in a row, at whose
 * start the budget is set back to B. A bid is a whole number, at most what is left; it wins when it
 * is at least the price, a bid of 0 at a price of 0 too, and pays the price. The last episode is
 * played though auctions may run out before it is complete.
 *
 * @param auctions N, at least 1
 * @param budget B, in units of the log, at least 0
 * @see "Cai, Ren, Zhang et al.: Real-Time Bidding by Reinforcement Learning in Display Advertising,
 *     WSDM 2017"
 */
public record EpisodeProtocol(int auctions, int budget) {
  public EpisodeProtocol {
    if (auctions < 1 || budget < 0) {
      throw new IllegalArgumentException(
          "need auctions >= 1 and budget >= 0: " + auctions + ", " + budget);
    }
  }

  /**
   * Plays a log.
   *
   * @param log auctions in their order; prices are whole units
   */
  public EpisodeTotals play(List<Auction> log, EpisodeBidder bidder) {
    double[] prices = new double[log.size()];
    double[] clickRates = new double[log.size()];
    boolean[] clicked = new boolean[log.size()];
    for (int i = 0; i < prices.length; i++) {
      Auction auction = log.get(i);
      prices[i] = Money.units(auction.priceNanos());
      clickRates[i] = auction.clickRate();
      clicked[i] = auction.clicked();
    }
    return play(prices, clickRates, clicked, bidder);
  }

  /**
   * Plays a log that is given as columns.
   *
   * @param prices market prices; what is no whole number costs the next one above
   * @param clickRates predicted click rates
   * @param clicked whether a win would be clicked
   */
  public EpisodeTotals play(
      double[] prices, double[] clickRates, boolean[] clicked, EpisodeBidder bidder) {
    long bids = 0;
    long impressions = 0;
    long clicks = 0;
    long cost = 0;
    double won = 0;
    int left = budget;
    for (int i = 0; i < prices.length; i++) {
      int played = i % auctions;
      if (played == 0) {
        left = budget;
        bidder.begin();
      }
      int price = (int) Math.ceil(prices[i]);
      int bid = Math.min(left, bidder.bid(auctions - played, left, clickRates[i]));
      bids += bid > 0 ? 1 : 0;
      if (bid >= price) {
        left -= price;
        cost += price;
        impressions++;
        clicks += clicked[i] ? 1 : 0;
        won += clickRates[i];
      }
      bidder.saw(clickRates[i], bid, price);
    }
    return new EpisodeTotals(prices.length, bids, impressions, clicks, cost, won);
  }
}
