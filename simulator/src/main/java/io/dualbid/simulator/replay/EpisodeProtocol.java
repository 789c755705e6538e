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
    long impressions = 0;
    long clicks = 0;
    long cost = 0;
    double clickRates = 0;
    int left = budget;
    for (int i = 0; i < log.size(); i++) {
      int played = i % auctions;
      if (played == 0) {
        left = budget;
      }
      Auction auction = log.get(i);
      long price = auction.priceNanos() / Money.NANOS_PER_UNIT;
      int bid = Math.min(left, bidder.bid(auctions - played, left, auction.clickRate()));
      if (bid >= price) {
        left -= Math.toIntExact(price);
        cost += price;
        impressions++;
        clicks += auction.clicked() ? 1 : 0;
        clickRates += auction.clickRate();
      }
    }
    return new EpisodeTotals(log.size(), impressions, clicks, cost, clickRates);
  }
}
