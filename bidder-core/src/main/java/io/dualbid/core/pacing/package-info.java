/**
 * Money over time: the ledger that keeps the hard caps, the plan of spend, the leases that let
 * bidders spend without asking, and the multiplier that follows the plan.
 *
 * <p>Begin with {@link io.dualbid.core.pacing.PacingConfig} for the knobs. {@link
 * io.dualbid.core.pacing.PidControl}, {@link io.dualbid.core.pacing.Throttle} and {@link
 * io.dualbid.core.pacing.Smoothing} are baselines to compare the multiplier with.
 */
@NullMarked
package io.dualbid.core.pacing;

import org.jspecify.annotations.NullMarked;
