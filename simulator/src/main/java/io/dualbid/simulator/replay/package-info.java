/**
 * Auctions played offline, on one thread with a clock of its own. What comes of it follows from its
 * input alone, so that the same run gives the same result, bit for bit.
 *
 * <p>Begin with {@link io.dualbid.simulator.replay.Replay}, which drives the engine's facades;
 * {@link io.dualbid.simulator.replay.EpisodeProtocol} is the protocol by which published results on
 * the iPinYou log were made.
 */
@NullMarked
package io.dualbid.simulator.replay;

import org.jspecify.annotations.NullMarked;
