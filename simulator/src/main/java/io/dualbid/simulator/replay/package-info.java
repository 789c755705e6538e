/**
 * Plays logged auctions against a rule, one after the other and without a stream.
 *
 * <p>Begin with {@link io.dualbid.simulator.replay.EpisodeProtocol}, by which published results on
 * the iPinYou log were made.
 */
@NullMarked
package io.dualbid.simulator.replay;

import org.jspecify.annotations.NullMarked;
