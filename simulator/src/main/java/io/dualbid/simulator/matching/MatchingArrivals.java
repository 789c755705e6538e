package io.dualbid.simulator.matching;

import io.dualbid.core.matching.Arrival;

/** Arrivals and the offline side, whether they are in memory or made up as they are read. */
public interface MatchingArrivals {
  /** Number of arrivals. */
  int arrivals();

  /**
   * What a success brings for each unit it uses, for each vertex, where its edge doesn't say; the
   * caller's own.
   */
  double[] weights();

  /** How many units each vertex can take; the caller's own. */
  long[] capacities();

  /**
   * Fills a buffer with an arrival.
   *
   * @return the buffer
   */
  Arrival read(int arrival, Arrival into);
}
