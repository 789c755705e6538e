package io.dualbid.simulator.marketplace;

import java.util.Map;
import java.util.TreeMap;

/**
 * What came of one policy in one world.
 *
 * @param policy the policy
 * @param seed the world
 * @param auctions requests
 * @param bids bids
 * @param wins impressions shown
 * @param clicks clicks on them
 * @param freeClicks clicks beyond budgets
 * @param spend what clicks were charged, which is what they are worth, in account currency
 * @param budget all budgets together
 * @param expected what impressions were expected to be charged, clicked or not
 * @param noBids requests without a bid, by reason
 * @param seconds how long it took
 */
public record MarketplaceRun(
    MarketplacePolicy policy,
    long seed,
    long auctions,
    long bids,
    long wins,
    long clicks,
    long freeClicks,
    double spend,
    double budget,
    double expected,
    Map<String, Long> noBids,
    double seconds) {
  public MarketplaceRun {
    noBids = new TreeMap<>(noBids);
  }
}
