/**
 * From a value and the multipliers to a bid.
 *
 * <p>Begin with {@link io.dualbid.core.bidding.BiddingRule}.
 */
@NullMarked
package io.dualbid.core.bidding;

import org.jspecify.annotations.NullMarked;
