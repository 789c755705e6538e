/**
 * Policies compared on generated markets: every policy on every stream, through the engine's
 * facades, against the optimum of the stream.
 *
 * <p>Begin with {@link io.dualbid.simulator.simulation.Simulation}; {@link
 * io.dualbid.simulator.simulation.Contest} is one stream.
 */
@NullMarked
package io.dualbid.simulator.simulation;

import org.jspecify.annotations.NullMarked;
