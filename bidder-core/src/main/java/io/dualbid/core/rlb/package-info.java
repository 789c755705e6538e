/**
 * Bidding as a Markov decision process: with n auctions and a budget b left, how much is it worth
 * to keep a unit of money?
 *
 * <p>Begin with {@link io.dualbid.core.rlb.ValueTable}, solved once from a price distribution, and
 * {@link io.dualbid.core.rlb.StateBid}, which bids by it. For more auctions than a table holds see
 * {@link io.dualbid.core.rlb.LongHorizonBid}. Prices and budgets are whole units of a log; offline
 * comparison is what this is for.
 */
@NullMarked
package io.dualbid.core.rlb;

import org.jspecify.annotations.NullMarked;
