package io.dualbid.core.landscape;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * A weight for each price tick, held between the lowest and the highest tick ever touched, so that
 * a market of narrow range takes little room: at most {@link PriceTicks#COUNT} doubles, 17 KB.
 *
 * <p>Adding is O(1) but for the few times when the range grows; not thread safe.
 */
final class TickWeights {
  private static final int MARGIN = 16;
  private static final double SMALLEST_RISE = 1e-9;

  private int first;
  private double[] weights = new double[0];
  private double total;

  /**
   * A landscape as weights of sum 1: what F rises by within each tick. What even its highest price
   * does not win counts one tick above that.
   */
  static TickWeights of(PriceLandscape landscape) {
    TickWeights spread = new TickWeights();
    double below = 0;
    int highest = 0;
    for (int tick = 0; tick < PriceTicks.COUNT; tick++) {
      double upTo = landscape.winProbability(PriceTicks.edge(tick));
      // What is too small to matter waits for the next tick, or the range would be needlessly wide.
      if (upTo - below > SMALLEST_RISE) {
        spread.add(tick, upTo - below);
        below = upTo;
        highest = tick;
      }
    }
    if (below > 0 && below < 1) {
      spread.add(Math.min(PriceTicks.COUNT - 1, highest + 1), 1 - below);
    }
    return spread;
  }

  void add(int tick, double weight) {
    if (tick < first || tick >= first + weights.length) {
      grow(tick);
    }
    weights[tick - first] += weight;
    total += weight;
  }

  double get(int tick) {
    int i = tick - first;
    return i >= 0 && i < weights.length ? weights[i] : 0;
  }

  /** The lowest tick that may have a weight; {@link PriceTicks#COUNT} where there is none. */
  int first() {
    return weights.length == 0 ? PriceTicks.COUNT : first;
  }

  /** One above the highest tick that may have a weight; 0 where there is none. */
  int end() {
    return weights.length == 0 ? 0 : first + weights.length;
  }

  double total() {
    return total;
  }

  /** Multiplies all weights; those that fall below {@code negligible} become 0. */
  void multiply(double factor, double negligible) {
    total = 0;
    for (int i = 0; i < weights.length; i++) {
      double weight = weights[i] * factor;
      weights[i] = weight < negligible ? 0 : weight;
      total += weights[i];
    }
  }

  void write(DataOutput out) throws IOException {
    out.writeInt(first);
    out.writeInt(weights.length);
    for (double weight : weights) {
      out.writeDouble(weight);
    }
    out.writeDouble(total);
  }

  static TickWeights read(DataInput in) throws IOException {
    TickWeights read = new TickWeights();
    int first = in.readInt();
    int size = in.readInt();
    if (first < 0 || size < 0 || size > PriceTicks.COUNT - first) {
      throw new IOException("found " + size + " price ticks from " + first);
    }
    read.first = first;
    read.weights = new double[size];
    for (int i = 0; i < size; i++) {
      read.weights[i] = in.readDouble();
    }
    read.total = in.readDouble();
    return read;
  }

  private void grow(int tick) {
    boolean empty = weights.length == 0;
    int low = Math.max(0, Math.min(empty ? tick : first, tick - MARGIN));
    int high =
        Math.min(PriceTicks.COUNT, Math.max(empty ? tick : first + weights.length, tick + MARGIN));
    double[] grown = new double[high - low];
    if (!empty) {
      System.arraycopy(weights, 0, grown, first - low, weights.length);
    }
    first = low;
    weights = grown;
  }
}
