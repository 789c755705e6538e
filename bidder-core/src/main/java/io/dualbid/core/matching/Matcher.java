package io.dualbid.core.matching;

/**
 * Runs a policy over arrivals and keeps the capacities, whatever the outcomes do.
 *
 * <p>An assignment reserves what its success would use until its outcome is known: at once, late,
 * or never, in which case {@link #expire} gives it up. A success consumes the reservation, a
 * failure releases it. So {@code consumed + reserved ≤ capacity} after every event, under any
 * delay, order and repetition of outcomes; the price is that reserved capacity takes nobody else.
 *
 * <p>A decision costs O(edges) and, in the steady state, no allocation; an outcome O(1). Not thread
 * safe.
 */
public final class Matcher {
  private final MatchingPolicy policy;
  private final MatchingState state;
  private final Attempts attempts = new Attempts();
  private double value;
  private long successes;
  private long wasted;

  /**
   * Before the first arrival.
   *
   * @param policy fresh, for this run alone
   * @param weight of each vertex: what a success brings for each unit it uses, finite, above 0
   * @param capacity of each vertex in its units, at least 1
   * @throws IllegalArgumentException if a number is out of its range
   */
  public Matcher(MatchingPolicy policy, double[] weight, long[] capacity) {
    this.policy = policy;
    this.state = new MatchingState(weight, capacity);
  }

  /**
   * Decides on an arrival.
   *
   * @param id of the attempt that comes of it, not that of one under way
   * @param time when it begins, in any unit that {@link #expire} shares
   * @return the vertex that takes it, or {@link MatchingPolicy#NONE}
   * @throws IllegalArgumentException if an attempt of this id is under way
   * @throws IllegalStateException if the policy names a vertex that can't take it
   */
  public int decide(Arrival arrival, long id, long time) {
    if (attempts.find(id) >= 0) {
      throw new IllegalArgumentException("an attempt of this id is under way: " + id);
    }
    int vertex = policy.choose(arrival, state);
    if (vertex == MatchingPolicy.NONE) {
      if (!anyAvailable(arrival)) {
        wasted++;
      }
      return vertex;
    }
    int edge = arrival.edgeTo(vertex);
    if (edge < 0 || !state.available(vertex, arrival.amount(edge))) {
      throw new IllegalStateException(
          "the policy chose vertex " + vertex + ", which can't take it");
    }
    double expected = arrival.expectedAmount(edge);
    state.reserve(vertex, arrival.amount(edge), expected);
    attempts.add(
        id, vertex, arrival.amount(edge), arrival.rewardAt(edge, state.weight(vertex)), time);
    policy.assigned(vertex, expected);
    return vertex;
  }

  private boolean anyAvailable(Arrival arrival) {
    for (int e = 0; e < arrival.size(); e++) {
      if (state.available(arrival.vertex(e), arrival.amount(e))) {
        return true;
      }
    }
    return false;
  }

  /**
   * What became of an attempt.
   *
   * @return false, and nothing happens, if no such attempt is under way: it is known already, was
   *     given up, or never was
   */
  public boolean outcome(long id, boolean success) {
    int slot = attempts.find(id);
    if (slot < 0) {
      return false;
    }
    resolve(slot, success);
    return true;
  }

  /**
   * Gives up all attempts that began before a time, as failures; a success that comes later is not
   * charged.
   *
   * @return how many
   */
  public int expire(long time) {
    int count = 0;
    for (int slot = attempts.begunBefore(time); slot >= 0; slot = attempts.begunBefore(time)) {
      resolve(slot, false);
      count++;
    }
    return count;
  }

  private void resolve(int slot, boolean success) {
    int vertex = attempts.vertex(slot);
    long amount = attempts.amount(slot);
    double reward = attempts.reward(slot);
    attempts.remove(slot);
    if (success) {
      state.consume(vertex, amount);
      value += reward;
      successes++;
    } else {
      state.release(vertex, amount);
    }
    policy.outcome(vertex, amount, success);
  }

  /** The offline side as it is now. */
  public MatchingView view() {
    return state;
  }

  /** What successes have brought: the rewards of their edges. */
  public double value() {
    return value;
  }

  /** Number of successes. */
  public long successes() {
    return successes;
  }

  /** Number of arrivals that no neighbour could take. */
  public long wasted() {
    return wasted;
  }

  /** Number of attempts whose outcome is not known. */
  public int underWay() {
    return attempts.size();
  }
}
