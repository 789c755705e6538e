package io.dualbid.core.matching;

/**
 * Decides who gets an arrival, at once and for good. One policy object serves one run.
 *
 * <p>For each arrival {@link #choose} is called once; if it names a vertex, {@link #assigned}
 * follows at once and {@link #outcome} later, or never. What a decision costs is in proportion to
 * the arrival's edges, not to the offline side. No policy draws random numbers of its own: ranks
 * are given to it, see {@link Ranks}.
 */
public interface MatchingPolicy {
  /** No vertex. */
  int NONE = -1;

  /**
   * The vertex to take the arrival.
   *
   * @return a vertex on one of its edges that is {@linkplain MatchingView#available available}, or
   *     {@link #NONE} to drop it
   */
  int choose(Arrival arrival, MatchingView view);

  /**
   * The arrival last asked about was assigned as chosen.
   *
   * @param expectedAmount what that is expected to use, in units of the vertex's capacity
   */
  default void assigned(int vertex, double expectedAmount) {}

  /** An assignment turned out a success or a failure, or was given up as one. */
  default void outcome(int vertex, long amount, boolean success) {}
}
