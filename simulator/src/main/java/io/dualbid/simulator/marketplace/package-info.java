/**
 * A marketplace of campaigns that pay by the click: generated campaigns around a generated market,
 * played through the stream like any world, or in one thread without delay.
 *
 * <p>Begin with {@link io.dualbid.simulator.marketplace.MarketplaceScenario}.
 */
@NullMarked
package io.dualbid.simulator.marketplace;

import org.jspecify.annotations.NullMarked;
