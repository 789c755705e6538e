/**
 * Matching on instances in memory: what was possible at best, what policies are worth in
 * expectation, instances that are hard, and policies compared on them.
 *
 * <p>Begin with {@link io.dualbid.simulator.matching.MatchingInstance}; benchmarks of optimality
 * are {@link io.dualbid.simulator.matching.MatchingBounds}, {@link
 * io.dualbid.simulator.matching.ConfigurationLp} and {@link
 * io.dualbid.simulator.matching.OnlineOptimum}, for known laws {@link
 * io.dualbid.simulator.matching.BayesianLp} and {@link
 * io.dualbid.simulator.matching.BayesianOptimum}; {@link
 * io.dualbid.simulator.matching.EveryOutcome} reckons expectations by going every way.
 */
@NullMarked
package io.dualbid.simulator.matching;

import org.jspecify.annotations.NullMarked;
