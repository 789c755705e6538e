/**
 * From a value and the multipliers to a bid.
 *
 * <p>Begin with {@link io.dualbid.core.bidding.BiddingRule}. {@link
 * io.dualbid.core.bidding.LinearBid} and {@link io.dualbid.core.bidding.MeanCostPerClick} are
 * baselines in whole units, set by {@link io.dualbid.core.bidding.TrainingTotals} and by no loop.
 */
@NullMarked
package io.dualbid.core.bidding;

import org.jspecify.annotations.NullMarked;
