/**
 * Position auctions on real texts: a sentence model that measures fit, the files that name content
 * and creatives, and what is told of an auction as table, JSON and page.
 *
 * <p>Begin with {@link io.dualbid.simulator.placement.SentenceModel}.
 */
@NullMarked
package io.dualbid.simulator.placement;

import org.jspecify.annotations.NullMarked;
