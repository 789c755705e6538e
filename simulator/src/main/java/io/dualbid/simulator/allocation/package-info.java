/**
 * Policies of matching on allocation logs from files, of any size: played, compared with what could
 * have been had, told as tables, documents and pages, and explained arrival by arrival.
 *
 * <p>Begin with {@link io.dualbid.simulator.allocation.AllocationPlay} and {@link
 * io.dualbid.simulator.allocation.AllocationBounds}.
 */
@NullMarked
package io.dualbid.simulator.allocation;

import org.jspecify.annotations.NullMarked;
