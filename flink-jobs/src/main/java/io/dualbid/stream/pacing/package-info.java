/**
 * The pacing job: folds the journal by campaign and answers with multipliers and leases.
 *
 * <p>Begin with {@link io.dualbid.stream.pacing.PacingJob}.
 */
@NullMarked
package io.dualbid.stream.pacing;

import org.jspecify.annotations.NullMarked;
