/**
 * Position auctions in generated content: which sponsored creatives stand where in a text, and what
 * a click on each costs. How often a creative is clicked depends on the pair (creative, position),
 * so the allocation is a matching, not a ranking.
 *
 * <p>Begin with {@link io.dualbid.core.placement.PlacementAuction}. A {@link
 * io.dualbid.core.placement.PlacementRule} picks the best of a set of answers fixed without looking
 * at bids, which is what makes its prices truthful: {@link io.dualbid.core.placement.MnlRule} and
 * {@link io.dualbid.core.placement.LotteryRule} maximise a ratio ({@code RatioOptimum}, over an
 * {@code Assignment}), {@link io.dualbid.core.placement.CascadeRule} runs a dynamic program. {@code
 * Envelope} finds at which scores an ad's clicks jump, and so prices and the bids losers needed.
 */
@NullMarked
package io.dualbid.core.placement;

import org.jspecify.annotations.NullMarked;
