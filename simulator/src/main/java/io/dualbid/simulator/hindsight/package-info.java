/**
 * What could have been had with hindsight: the measure of every policy.
 *
 * <p>Begin with {@link io.dualbid.simulator.hindsight.Knapsack}, one campaign's optimum; then
 * {@link io.dualbid.simulator.hindsight.Episodes} and {@link
 * io.dualbid.simulator.hindsight.FixedMultipliers}. Several campaigns on one stream are an {@link
 * io.dualbid.simulator.hindsight.AllocationProblem}, solved exactly by {@link
 * io.dualbid.simulator.hindsight.AllocationLp} or to within a gap by {@link
 * io.dualbid.simulator.hindsight.DualDescent}.
 */
@NullMarked
package io.dualbid.simulator.hindsight;

import org.jspecify.annotations.NullMarked;
