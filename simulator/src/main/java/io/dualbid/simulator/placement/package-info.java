/**
 * Position auctions from files and on real texts: a sentence model that measures fit, the files
 * that name content and creatives, and what is told of an auction as table, JSON and page.
 *
 * <p>Begin with {@link io.dualbid.simulator.placement.PlacementReader} for instances with given
 * weights, {@link io.dualbid.simulator.placement.SentenceModel} for texts.
 */
@NullMarked
package io.dualbid.simulator.placement;

import org.jspecify.annotations.NullMarked;
