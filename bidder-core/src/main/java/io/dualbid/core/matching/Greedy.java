package io.dualbid.core.matching;

/**
 * Takes the highest expected gain, weight times probability, and thinks no further.
 *
 * <p>At least half of what the best non-anticipating policy has, for any probabilities; no more
 * than half on instances made for it.
 *
 * @see "Mehta, Panigrahi: Online Matching with Stochastic Rewards, FOCS 2012"
 */
public final class Greedy extends KeyedPolicy {
  @Override
  public double discount(int vertex, MatchingView view) {
    return 1;
  }
}
