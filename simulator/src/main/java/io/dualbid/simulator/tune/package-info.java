/**
 * The search for configuration values on logs: successive halving over candidates, repeated around
 * the best, and judged on later blocks of the log than those it has seen.
 *
 * <p>Begin with {@link io.dualbid.simulator.tune.CrossValidation}; {@link
 * io.dualbid.simulator.tune.TuneReader} reads what is searched. Nothing here knows what a candidate
 * does: that is told by an {@link io.dualbid.simulator.tune.Objective}.
 */
@NullMarked
package io.dualbid.simulator.tune;

import org.jspecify.annotations.NullMarked;
