/**
 * First-price bidding: how likely a bid is to win, the bid that is best given that, and learning it
 * from outcomes.
 *
 * <p>Begin with {@link io.dualbid.core.landscape.PriceLandscape}, what bidders hold; then {@link
 * io.dualbid.core.landscape.LandscapeLearner}, which makes one out of what auctions tell. Prices
 * are doubles in account currency throughout: no money is moved here.
 */
@NullMarked
package io.dualbid.core.landscape;

import org.jspecify.annotations.NullMarked;
