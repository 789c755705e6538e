/**
 * Folds the journal from its beginning, independently of the engine, and compares.
 *
 * <p>Begin with {@link io.dualbid.simulator.audit.Audit}.
 */
@NullMarked
package io.dualbid.simulator.audit;

import org.jspecify.annotations.NullMarked;
