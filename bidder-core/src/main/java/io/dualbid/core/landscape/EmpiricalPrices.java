package io.dualbid.core.landscape;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * The exact empirical distribution of prices that are known, while they are few: distinct prices in
 * order, with their weights.
 *
 * <p>With full information its best response is the bid of the source's algorithm. Adding is O(log
 * n) to find and O(n) to move, n being bounded by the capacity; beyond it a histogram takes over.
 *
 * @see "Wang, Yang, Deng, Kong: Learning to Bid in Repeated First-Price Auctions with Budgets, ICML
 *     2023, Algorithm 1"
 */
final class EmpiricalPrices {
  private final double[] prices;
  private final double[] weights;
  private int size;

  EmpiricalPrices(int capacity) {
    prices = new double[capacity];
    weights = new double[capacity];
  }

  /** Adds one price; false, and nothing is added, where there is no room for it. */
  boolean add(double price, double weight) {
    int at = Arrays.binarySearch(prices, 0, size, price);
    if (at >= 0) {
      weights[at] += weight;
      return true;
    }
    if (size == prices.length) {
      return false;
    }
    int to = -at - 1;
    System.arraycopy(prices, to, prices, to + 1, size - to);
    System.arraycopy(weights, to, weights, to + 1, size - to);
    prices[to] = price;
    weights[to] = weight;
    size++;
    return true;
  }

  void multiply(double factor) {
    for (int i = 0; i < size; i++) {
      weights[i] *= factor;
    }
  }

  StepLandscape landscape() {
    double total = 0;
    for (int i = 0; i < size; i++) {
      total += weights[i];
    }
    double[] probabilities = new double[size];
    double sum = 0;
    for (int i = 0; i < size && total > 0; i++) {
      sum += weights[i];
      probabilities[i] = sum / total;
    }
    return StepLandscape.of(Arrays.copyOf(prices, size), probabilities);
  }

  void write(DataOutput out) throws IOException {
    out.writeInt(size);
    for (int i = 0; i < size; i++) {
      out.writeDouble(prices[i]);
      out.writeDouble(weights[i]);
    }
  }

  /** Reads what {@link #write} wrote; the capacity is configuration, and never below the size. */
  static EmpiricalPrices read(int capacity, DataInput in) throws IOException {
    int size = in.readInt();
    if (size < 0 || size > PriceTicks.COUNT * 100) {
      throw new IOException("found " + size + " prices");
    }
    EmpiricalPrices read = new EmpiricalPrices(Math.max(capacity, size));
    for (int i = 0; i < size; i++) {
      read.prices[i] = in.readDouble();
      read.weights[i] = in.readDouble();
    }
    read.size = size;
    return read;
  }
}
