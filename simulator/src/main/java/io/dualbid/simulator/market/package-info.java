/**
 * Generated markets: what each auction of a stream is worth and costs, as a law and the effects
 * that change it in the course of time. Every draw is a function of (seed, index), so that a market
 * made again is the same, and any part of it can be made alone.
 *
 * <p>Begin with {@link io.dualbid.simulator.market.Market}; {@link
 * io.dualbid.simulator.market.Effect} lists what can happen to a law.
 */
@NullMarked
package io.dualbid.simulator.market;

import org.jspecify.annotations.NullMarked;
