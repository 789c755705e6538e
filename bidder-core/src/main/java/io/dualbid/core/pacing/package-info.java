/**
 * Money over time: the ledger that keeps the hard caps, the plan of spend, the leases that let
 * bidders spend without asking, and the multiplier that follows the plan.
 *
 * <p>Begin with {@link io.dualbid.core.pacing.PacingConfig} for the knobs.
 */
@NullMarked
package io.dualbid.core.pacing;

import org.jspecify.annotations.NullMarked;
