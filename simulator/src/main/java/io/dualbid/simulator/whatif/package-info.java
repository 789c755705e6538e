/**
 * The curve an advertiser asks for: what other budgets, or other targets for the return on spend,
 * would bring. {@link io.dualbid.simulator.whatif.Curve} has the points, {@link
 * io.dualbid.simulator.whatif.CurveFiles} and {@link io.dualbid.simulator.whatif.CurveReport} tell
 * them.
 */
@NullMarked
package io.dualbid.simulator.whatif;

import org.jspecify.annotations.NullMarked;
