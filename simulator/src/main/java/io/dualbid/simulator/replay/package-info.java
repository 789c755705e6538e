/**
 * The engine's facades on one thread with a clock of its own: auctions of a log or of a generated
 * market, any number of campaigns, feedback as late as wanted. What it does follows from its input
 * alone, so that the same run gives the same result, bit for bit.
 *
 * <p>Begin with {@link io.dualbid.simulator.replay.Replay}.
 */
@NullMarked
package io.dualbid.simulator.replay;

import org.jspecify.annotations.NullMarked;
