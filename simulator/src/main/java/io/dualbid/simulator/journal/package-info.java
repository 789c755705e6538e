/**
 * The journal as a whole: taken out of the broker into a file, and decided again.
 *
 * <p>Begin with {@link io.dualbid.simulator.journal.Redecision}.
 */
@NullMarked
package io.dualbid.simulator.journal;

import org.jspecify.annotations.NullMarked;
