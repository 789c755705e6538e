/**
 * From a request to the campaigns that may serve it, at a cost that follows those campaigns and not
 * all the others.
 *
 * <p>Begin with {@link io.dualbid.core.targeting.TargetingIndex}, which finds candidates by what
 * they target; {@link io.dualbid.core.targeting.Admission} puts aside those that may not bid now,
 * and {@link io.dualbid.core.targeting.FrequencyCounter} counts what a user has seen.
 */
@NullMarked
package io.dualbid.core.targeting;

import org.jspecify.annotations.NullMarked;
