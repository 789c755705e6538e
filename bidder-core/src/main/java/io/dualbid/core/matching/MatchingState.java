package io.dualbid.core.matching;

/**
 * The offline side: weights, capacities, and what became of each vertex. Flat arrays, one entry a
 * vertex; no allocation after construction. After every change {@code consumed + reserved ≤
 * capacity} is checked. Not thread safe.
 */
final class MatchingState implements MatchingView {
  private final double[] weight;
  private final long[] capacity;
  private final long[] consumed;
  private final long[] reserved;
  private final double[] expected;

  MatchingState(double[] weight, long[] capacity) {
    if (weight.length != capacity.length) {
      throw new IllegalArgumentException(
          "as many weights as capacities: " + weight.length + ", " + capacity.length);
    }
    for (int v = 0; v < weight.length; v++) {
      if (!(weight[v] > 0) || Double.isInfinite(weight[v]) || capacity[v] < 1) {
        throw new IllegalArgumentException(
            "a vertex needs a finite weight > 0 and a capacity >= 1: vertex "
                + v
                + ", "
                + weight[v]
                + ", "
                + capacity[v]);
      }
    }
    this.weight = weight.clone();
    this.capacity = capacity.clone();
    consumed = new long[weight.length];
    reserved = new long[weight.length];
    expected = new double[weight.length];
  }

  @Override
  public int vertices() {
    return weight.length;
  }

  @Override
  public double weight(int vertex) {
    return weight[vertex];
  }

  @Override
  public long capacity(int vertex) {
    return capacity[vertex];
  }

  @Override
  public long consumed(int vertex) {
    return consumed[vertex];
  }

  @Override
  public long reserved(int vertex) {
    return reserved[vertex];
  }

  @Override
  public double expectedConsumption(int vertex) {
    return expected[vertex];
  }

  void reserve(int vertex, long amount, double expectedAmount) {
    reserved[vertex] += amount;
    expected[vertex] += expectedAmount;
    check(vertex);
  }

  void release(int vertex, long amount) {
    reserved[vertex] -= amount;
    check(vertex);
  }

  void consume(int vertex, long amount) {
    reserved[vertex] -= amount;
    consumed[vertex] += amount;
    check(vertex);
  }

  private void check(int vertex) {
    if (reserved[vertex] < 0
        || consumed[vertex] < 0
        || consumed[vertex] > capacity[vertex] - reserved[vertex]) {
      throw new IllegalStateException(
          "vertex "
              + vertex
              + ": consumed "
              + consumed[vertex]
              + " + reserved "
              + reserved[vertex]
              + " is no part of capacity "
              + capacity[vertex]);
    }
  }
}
