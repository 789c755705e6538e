package io.dualbid.core.matching;

/**
 * The offline side: weights, capacities, and what became of each vertex. No allocation after
 * construction. After every change {@code consumed + reserved ≤ capacity} is checked. Not thread
 * safe.
 *
 * <p>All that is known of a vertex lies together, as candidates of an arrival are scattered over
 * millions of vertices and each line fetched from memory costs more than the arithmetic:
 *
 * <pre>
 *   | capacity | consumed | reserved | expected (bits) | weight (bits) | - | - | - |   64 bytes
 * </pre>
 */
final class MatchingState implements MatchingView {
  private static final int SHIFT = 3;
  private static final int CONSUMED = 1;
  private static final int RESERVED = 2;
  private static final int EXPECTED = 3;
  private static final int WEIGHT = 4;

  private final long[] cells;

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
    cells = new long[Math.multiplyExact(weight.length, 1 << SHIFT)];
    for (int v = 0; v < weight.length; v++) {
      cells[v << SHIFT] = capacity[v];
      cells[(v << SHIFT) + EXPECTED] = Double.doubleToRawLongBits(0);
      cells[(v << SHIFT) + WEIGHT] = Double.doubleToRawLongBits(weight[v]);
    }
  }

  @Override
  public int vertices() {
    return cells.length >> SHIFT;
  }

  @Override
  public double weight(int vertex) {
    return Double.longBitsToDouble(cells[(vertex << SHIFT) + WEIGHT]);
  }

  @Override
  public long capacity(int vertex) {
    return cells[vertex << SHIFT];
  }

  @Override
  public long consumed(int vertex) {
    return cells[(vertex << SHIFT) + CONSUMED];
  }

  @Override
  public long reserved(int vertex) {
    return cells[(vertex << SHIFT) + RESERVED];
  }

  @Override
  public double expectedConsumption(int vertex) {
    return Double.longBitsToDouble(cells[(vertex << SHIFT) + EXPECTED]);
  }

  @Override
  public boolean available(int vertex, long amount) {
    int at = vertex << SHIFT;
    return cells[at] - cells[at + CONSUMED] - cells[at + RESERVED] >= amount;
  }

  void reserve(int vertex, long amount, double expectedAmount) {
    int at = vertex << SHIFT;
    cells[at + RESERVED] += amount;
    cells[at + EXPECTED] = Double.doubleToRawLongBits(expectedConsumption(vertex) + expectedAmount);
    check(vertex);
  }

  void release(int vertex, long amount) {
    cells[(vertex << SHIFT) + RESERVED] -= amount;
    check(vertex);
  }

  void consume(int vertex, long amount) {
    cells[(vertex << SHIFT) + RESERVED] -= amount;
    cells[(vertex << SHIFT) + CONSUMED] += amount;
    check(vertex);
  }

  private void check(int vertex) {
    long consumed = consumed(vertex);
    long reserved = reserved(vertex);
    if (reserved < 0 || consumed < 0 || consumed > capacity(vertex) - reserved) {
      throw new IllegalStateException(
          "vertex "
              + vertex
              + ": consumed "
              + consumed
              + " + reserved "
              + reserved
              + " is no part of capacity "
              + capacity(vertex));
    }
  }
}
