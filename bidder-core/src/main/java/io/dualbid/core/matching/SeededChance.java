package io.dualbid.core.matching;

import io.dualbid.core.model.Hash;

/**
 * Uniform numbers of a request's own stream: a function of (seed, request id, counter). Restarting
 * costs no allocation. Not thread safe.
 */
public final class SeededChance implements Chance {
  private long stream;
  private long counter;

  /** The stream of a request. */
  public SeededChance(long seed, long requestId) {
    restart(seed, requestId);
  }

  /** Goes to the beginning of the stream of a request. */
  public void restart(long seed, long requestId) {
    stream = Hash.mix(seed ^ Hash.mix(requestId + Hash.GOLDEN_GAMMA));
    counter = 0;
  }

  /** The next uniform number, in [0, 1). */
  public double uniform() {
    return Hash.unit(Hash.mix(stream + ++counter * Hash.GOLDEN_GAMMA));
  }

  @Override
  public boolean happens(double probability) {
    return uniform() < probability;
  }
}
