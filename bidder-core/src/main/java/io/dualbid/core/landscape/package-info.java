/**
 * First-price bidding: how likely a bid is to win, and the bid that is best given that.
 *
 * <p>Begin with {@link io.dualbid.core.landscape.PriceLandscape}, what bidders hold. Prices are
 * doubles in account currency throughout: no money is moved here.
 */
@NullMarked
package io.dualbid.core.landscape;

import org.jspecify.annotations.NullMarked;
