/**
 * The domain: money, campaigns, bid requests, bids, outcomes, leases and the reasons for not
 * bidding.
 *
 * <p>Begin with {@link io.dualbid.core.model.Campaign} (what an advertiser asks for), {@link
 * io.dualbid.core.model.BidRequest} (what an exchange offers), {@link io.dualbid.core.model.Bid}
 * and {@link io.dualbid.core.model.Outcome} (what was promised and what came of it). Everything
 * here is immutable.
 */
@NullMarked
package io.dualbid.core.model;

import org.jspecify.annotations.NullMarked;
