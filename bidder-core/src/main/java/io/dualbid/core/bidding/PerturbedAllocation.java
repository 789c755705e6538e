package io.dualbid.core.bidding;

import io.dualbid.core.matching.Ranks;
import io.dualbid.core.model.Multipliers;

/**
 * Perturbed Greedy: discounts by {@code 1 - e^(rank - 1)}, where the rank is uniform and a function
 * of (seed, campaign), drawn once for its life.
 *
 * @param seed of the ranks
 * @see "Goyal, Udwani: Online Matching with Stochastic Rewards: Optimal Competitive Ratio via Path
 *     Based Formulation, EC 2020"
 */
public record PerturbedAllocation(long seed) implements ClickAllocation {
  @Override
  public double discount(String campaign, BiddingRule rule, Multipliers told) {
    return 1 - StrictMath.exp(Ranks.of(seed, campaign) - 1);
  }
}
