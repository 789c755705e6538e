/**
 * Golden cases of an independent reference, run against the core: a check for each form of case.
 *
 * <p>Begin with {@link io.dualbid.simulator.cases.CaseForms}, the list of forms; a check reads a
 * {@link io.dualbid.simulator.cases.GoldenCase}, drives the core's own classes with its input, and
 * tells the first value that differs through {@link io.dualbid.simulator.cases.Comparison}.
 */
@NullMarked
package io.dualbid.simulator.cases;

import org.jspecify.annotations.NullMarked;
