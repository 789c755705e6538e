/**
 * An exchange around the engine: offers requests, takes bids, holds second-price auctions, tells
 * wins and losses, and lets users click.
 *
 * <p>Begin with {@link io.dualbid.simulator.exchange.Exchange}.
 */
@NullMarked
package io.dualbid.simulator.exchange;

import org.jspecify.annotations.NullMarked;
