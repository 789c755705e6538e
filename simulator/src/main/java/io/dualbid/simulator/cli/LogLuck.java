package io.dualbid.simulator.cli;

import io.dualbid.core.model.Hash;
import io.dualbid.simulator.replay.Deliveries;

/**
 * What chance decides in a replay of a log: which notices are lost, repeated or late, and, if
 * wished, which impressions are clicked. All of it is a function of (seed, row), so every policy
 * meets the same.
 *
 * @param deliveries the notices, and the seed of everything
 * @param drawsClicks whether clicks are drawn by the logged click rates; else they are the logged
 *     ones
 */
record LogLuck(Deliveries deliveries, boolean drawsClicks) {
  /** Every notice comes once, and clicks are those of the log. */
  static final LogLuck LOGGED = new LogLuck(Deliveries.RELIABLE, false);

  private static final long CLICKS = 0x434c49434bL;

  long seed() {
    return deliveries.seed();
  }

  /** Whether chance decides anything. */
  boolean isChance() {
    return drawsClicks
        || deliveries.loss() > 0
        || deliveries.duplicates() > 0
        || deliveries.delays() != Deliveries.Delays.FIXED;
  }

  /** The same under another seed. */
  LogLuck under(long otherSeed) {
    return new LogLuck(deliveries.under(otherSeed), drawsClicks);
  }

  /**
   * Whether a win of a row is clicked.
   *
   * @param logged what the log says
   */
  boolean clicked(long row, double clickRate, boolean logged) {
    if (!drawsClicks) {
      return logged;
    }
    long stream = Hash.mix(seed() ^ CLICKS);
    return Hash.unit(Hash.mix(stream + (row + 1) * Hash.GOLDEN_GAMMA)) < clickRate;
  }
}
