package io.dualbid.simulator.tune;

/** How good a candidate is on one block of a log. */
public interface Objective {
  /**
   * Plays a candidate on a block.
   *
   * @param block number of the block, from 0
   * @return its score; the higher, the better; the same whenever it is asked
   */
  double score(Candidate candidate, int block);
}
