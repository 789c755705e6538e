/**
 * Matching with stochastic rewards: who gets an arrival when an assignment may fail and only a
 * success is paid and uses capacity up, as with pay per click; and Bayesian matching, where the law
 * of the arrivals is known.
 *
 * <p>Begin with {@link io.dualbid.core.matching.MatchingPolicy} and {@link
 * io.dualbid.core.matching.Matcher}, which runs one and keeps the capacities; the policies are
 * {@link io.dualbid.core.matching.Greedy}, {@link io.dualbid.core.matching.StochasticBalance},
 * {@link io.dualbid.core.matching.Ranking}, {@link io.dualbid.core.matching.PerturbedGreedy},
 * {@link io.dualbid.core.matching.BudgetBalance} and {@link
 * io.dualbid.core.matching.DualMirrorDescent}. For known laws begin with {@link
 * io.dualbid.core.matching.BayesianMatching}.
 *
 * <p>Vertices are numbered from 0 in a fixed order, and equal keys go to the lowest number.
 * Exponentials are those of {@link StrictMath}, so replays agree bit for bit on any machine.
 */
@NullMarked
package io.dualbid.core.matching;

import org.jspecify.annotations.NullMarked;
