package io.dualbid.core.matching;

import java.util.Arrays;

/**
 * Dual mirror descent with the Euclidean map on the same instance: one price λ for each vertex,
 * from 0. An arrival goes to the highest {@code (weight - λ) · expected consumption} if that is
 * above 0; then every price moves to {@code max(0, λ - η·(capacity/T - expected consumption))}.
 *
 * <p>Vertices without an arrival of their own are caught up when they are next looked at, exactly,
 * from their last assignment: {@code max(0, λ - k·η·capacity/T)} after k arrivals; so a price
 * doesn't depend on when it was looked at. Needs the number of arrivals; good on independent
 * arrivals, no guarantee on adversarial ones.
 *
 * @see "Balseiro, Lu, Mirrokni: The Best of Many Worlds, Operations Research 71(1), 2023"
 */
public final class DualMirrorDescent extends KeyedPolicy {
  private final double[] idleStep;
  private final double[] multiplier;
  private final long[] stepped;
  private final double[] step;
  private long arrivals;

  /**
   * With prices of 0.
   *
   * @param capacity of each vertex
   * @param horizon number of arrivals to come, at least 1
   * @param step η, in weight per unit of capacity, above 0
   */
  public DualMirrorDescent(long[] capacity, long horizon, double step) {
    this(capacity, horizon, same(step, capacity.length));
  }

  /**
   * With prices of 0, and a step for each vertex: what suits one whose capacity is counted in
   * successes doesn't suit one whose capacity is money.
   *
   * @param capacity of each vertex
   * @param horizon number of arrivals to come, at least 1
   * @param step η of each vertex, in reward per unit of its capacity and unit of imbalance, above 0
   */
  public DualMirrorDescent(long[] capacity, long horizon, double[] step) {
    if (horizon < 1 || step.length != capacity.length) {
      throw new IllegalArgumentException(
          "a horizon >= 1 and a step for each vertex: " + horizon + ", " + step.length);
    }
    this.step = step.clone();
    idleStep = new double[capacity.length];
    for (int v = 0; v < capacity.length; v++) {
      if (!(step[v] > 0) || Double.isInfinite(step[v])) {
        throw new IllegalArgumentException("a finite step > 0: vertex " + v + ", " + step[v]);
      }
      idleStep[v] = step[v] * ((double) capacity[v] / horizon);
    }
    multiplier = new double[capacity.length];
    stepped = new long[capacity.length];
  }

  private static double[] same(double step, int vertices) {
    double[] steps = new double[vertices];
    Arrays.fill(steps, step);
    return steps;
  }

  /** The price of a unit of a vertex after all arrivals so far. */
  public double multiplier(int vertex) {
    return after(vertex, arrivals);
  }

  private double after(int vertex, long steps) {
    return Math.max(0, multiplier[vertex] - (steps - stepped[vertex]) * idleStep[vertex]);
  }

  @Override
  protected void decided() {
    arrivals++;
  }

  @Override
  protected double threshold() {
    return 0;
  }

  /** Weight less price. */
  @Override
  public double discount(int vertex, MatchingView view) {
    return view.weight(vertex) - multiplier(vertex);
  }

  @Override
  public double key(Arrival arrival, int edge, MatchingView view) {
    int vertex = arrival.vertex(edge);
    double reward = arrival.reward(edge);
    return Double.isNaN(reward)
        ? discount(vertex, view) * arrival.expectedAmount(edge)
        : (reward - multiplier(vertex) * arrival.amount(edge)) * arrival.probability(edge);
  }

  @Override
  public void assigned(int vertex, double expectedAmount) {
    double before = after(vertex, arrivals - 1);
    multiplier[vertex] = Math.max(0, before - (idleStep[vertex] - step[vertex] * expectedAmount));
    stepped[vertex] = arrivals;
  }
}
