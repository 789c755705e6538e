/**
 * Plays a scenario against the engine and tells how it went: the live line, the drain, the audit,
 * the comparison with hindsight, the files of results.
 *
 * <p>Begin with {@link io.dualbid.simulator.play.Play}.
 */
@NullMarked
package io.dualbid.simulator.play;

import org.jspecify.annotations.NullMarked;
