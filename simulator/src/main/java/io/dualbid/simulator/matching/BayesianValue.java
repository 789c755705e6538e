package io.dualbid.simulator.matching;

import io.dualbid.core.matching.BayesianInstance;
import io.dualbid.core.matching.BayesianMatching;
import io.dualbid.core.matching.Chance;
import io.dualbid.core.matching.SeededChance;

/** What Bayesian matching is worth: exactly, by every draw and every sampling, or in one run. */
public final class BayesianValue {
  private BayesianValue() {}

  /** The expected value; exponential in the rounds. */
  public static double exact(BayesianInstance instance, BayesianMatching matching) {
    return EveryOutcome.expectation(
        chance -> {
          matching.reset();
          double sum = 0;
          for (int t = 0; t < instance.rounds(); t++) {
            sum += arrive(instance, matching, BayesianOptimum.draw(instance, t, chance), chance);
          }
          return sum;
        });
  }

  /** The value of one run, a function of the seed. */
  public static double sample(BayesianInstance instance, BayesianMatching matching, long seed) {
    matching.reset();
    SeededChance chance = new SeededChance(seed, 0);
    double sum = 0;
    for (int t = 0; t < instance.rounds(); t++) {
      chance.restart(seed, t);
      sum += arrive(instance, matching, instance.draw(t, chance.uniform()), chance);
    }
    return sum;
  }

  private static double arrive(
      BayesianInstance instance, BayesianMatching matching, int type, Chance chance) {
    int node = matching.arrive(type, chance);
    return node == BayesianMatching.NONE ? 0 : instance.weight(instance.edge(type, node));
  }
}
