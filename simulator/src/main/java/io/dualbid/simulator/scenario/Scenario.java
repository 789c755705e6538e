package io.dualbid.simulator.scenario;

import io.dualbid.simulator.market.Market;
import java.util.List;

/**
 * What to simulate.
 *
 * @param title what it is about, in a line
 * @param market where auctions come from
 * @param advertisers who bids in it
 * @param feedbackDelay after how many auctions an outcome is known, at least 0
 * @param policies what is compared, at least one
 * @param horizons lengths of the stream T, at least one, each at least 10
 * @param seeds how many streams of each length, at least 1
 * @param firstSeed the seed of the first; each further one is greater by one
 */
public record Scenario(
    String title,
    Market market,
    Advertisers advertisers,
    int feedbackDelay,
    List<Policy> policies,
    List<Integer> horizons,
    int seeds,
    long firstSeed) {
  /** The longest stream. */
  public static final int LONGEST = 10_000_000;

  /** The shortest. */
  public static final int SHORTEST = 10;

  public Scenario {
    policies = List.copyOf(policies);
    horizons = List.copyOf(horizons);
    if (policies.isEmpty() || horizons.isEmpty() || seeds < 1 || feedbackDelay < 0) {
      throw new IllegalArgumentException(
          "a policy, a horizon, a seed and a delay >= 0: "
              + policies
              + ", "
              + horizons
              + ", "
              + seeds
              + ", "
              + feedbackDelay);
    }
    for (int horizon : horizons) {
      if (horizon < SHORTEST || horizon > LONGEST) {
        throw new IllegalArgumentException("a horizon must be 10 to 10000000: " + horizon);
      }
    }
    if (policies.stream().map(Policy::name).distinct().count() < policies.size()) {
      throw new IllegalArgumentException("a policy may be there once");
    }
    for (Policy policy : policies) {
      advertisers.requireMeasurable(policy);
    }
  }

  /** The same with other policies. */
  public Scenario comparing(List<Policy> newPolicies) {
    return new Scenario(
        title, market, advertisers, feedbackDelay, newPolicies, horizons, seeds, firstSeed);
  }

  /** The same for other streams. */
  public Scenario over(List<Integer> newHorizons, int newSeeds) {
    return new Scenario(
        title, market, advertisers, feedbackDelay, policies, newHorizons, newSeeds, firstSeed);
  }
}
