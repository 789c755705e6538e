/**
 * The bidding job: requests in, bids or no-bids out.
 *
 * <p>Begin with {@link io.dualbid.stream.bidding.BiddingJob}.
 */
@NullMarked
package io.dualbid.stream.bidding;

import org.jspecify.annotations.NullMarked;
