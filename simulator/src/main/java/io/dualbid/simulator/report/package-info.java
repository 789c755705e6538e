/**
 * Results as one HTML page that needs nothing else: no network, no script. It is readable in light
 * and dark, on paper, by keyboard and by a screen reader; each plot has a title, a description and
 * a table of its numbers.
 *
 * <p>Begin with {@link io.dualbid.simulator.report.Report}; {@link
 * io.dualbid.simulator.report.Plot} draws.
 */
@NullMarked
package io.dualbid.simulator.report;

import org.jspecify.annotations.NullMarked;
