package io.dualbid.simulator.matching;

import io.dualbid.core.model.Hash;

/** What decides whether an arrival succeeds: one number an arrival, whoever gets it. */
@FunctionalInterface
public interface Coins {
  /** Whether an arrival that was assigned with this probability succeeds. */
  boolean succeeds(int arrival, double probability);

  /** Coins that are a function of (seed, arrival), so that policies can be compared on the same. */
  static Coins of(long seed) {
    long stream = Hash.mix(seed + Hash.GOLDEN_GAMMA);
    return (arrival, probability) ->
        Hash.unit(Hash.mix(stream + (arrival + 1L) * Hash.GOLDEN_GAMMA)) < probability;
  }
}
