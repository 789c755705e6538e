/**
 * Breaks things that are real: broker, Flink's job manager and task managers, and the exchange run
 * as processes of their own, which are killed, stopped in mid-air and started again by a plan that
 * a seed decides; then the books are compared.
 *
 * <p>Begin with {@link io.dualbid.simulator.outage.OutageRun}, then {@link
 * io.dualbid.simulator.outage.OutagePlan} and {@link io.dualbid.simulator.outage.RecordCheck}.
 */
@NullMarked
package io.dualbid.simulator.outage;

import org.jspecify.annotations.NullMarked;
