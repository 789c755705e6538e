package io.dualbid.simulator.replay;

/**
 * What a rule bought.
 *
 * @param auctions auctions played
 * @param bids bids above 0
 * @param impressions auctions won
 * @param clicks clicks on what was won
 * @param cost what it cost, in units of the log
 * @param clickRates sum of the predicted click rates of what was won
 */
public record EpisodeTotals(
    long auctions, long bids, long impressions, long clicks, long cost, double clickRates) {}
