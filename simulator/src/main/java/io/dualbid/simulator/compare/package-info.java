/**
 * Two results, side by side.
 *
 * <p>Begin with {@link io.dualbid.simulator.compare.ResultDiff}.
 */
@NullMarked
package io.dualbid.simulator.compare;

import org.jspecify.annotations.NullMarked;
