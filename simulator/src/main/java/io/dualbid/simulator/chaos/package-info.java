/**
 * Breaks things: the real bidders, pacers and codecs with simulated brokers, networks, clocks and
 * processes, in one thread, where a seed decides what goes wrong and when. So thousands of days of
 * trouble pass in minutes, and each can be lived through again.
 *
 * <p>The way of FoundationDB and TigerBeetle: what is simulated is the world, never the engine.
 */
@NullMarked
package io.dualbid.simulator.chaos;

import org.jspecify.annotations.NullMarked;
