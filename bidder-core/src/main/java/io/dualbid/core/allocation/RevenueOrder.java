package io.dualbid.core.allocation;

import java.util.Arrays;

/**
 * The best assortment of one visitor under the multinomial logit model: among all sets S,
 *
 * <pre>  R(S) = Σ_S w_i·a_i / (w_0 + Σ_S w_i)</pre>
 *
 * <p>is largest for a prefix in the order of falling a_i, and a product belongs to it exactly while
 * a_i exceeds R of those before it. Equal products go by index; one of no value is never in.
 *
 * <p>O(n + k·log n) for k products offered of n, by a heap; no allocation. Not thread safe.
 *
 * @see "Talluri, van Ryzin: Revenue Management Under a General Discrete Choice Model of Consumer
 *     Behavior, Management Science 50(1), 2004"
 */
final class RevenueOrder {
  private final int[] heap;

  RevenueOrder(int products) {
    heap = new int[products];
  }

  /**
   * Chooses a set.
   *
   * @param adjusted a_i; a product of 0, less, or not a number is not offered
   * @param weight w_i, each finite and at least 0
   * @param noPurchase w_0, at least 0
   * @param member becomes true for each product in the set
   * @return R of the set; 0 for the empty one
   */
  double choose(double[] adjusted, double[] weight, double noPurchase, boolean[] member) {
    Arrays.fill(member, false);
    int left = 0;
    for (int i = 0; i < adjusted.length; i++) {
      if (adjusted[i] > 0) {
        heap[left++] = i;
      }
    }
    for (int i = left / 2 - 1; i >= 0; i--) {
      sink(adjusted, i, left);
    }
    double earned = 0;
    double total = noPurchase;
    double revenue = 0;
    while (left > 0 && adjusted[heap[0]] > revenue) {
      int next = heap[0];
      heap[0] = heap[--left];
      sink(adjusted, 0, left);
      member[next] = true;
      earned += weight[next] * adjusted[next];
      total += weight[next];
      revenue = total > 0 ? earned / total : 0;
    }
    return revenue;
  }

  private void sink(double[] adjusted, int from, int size) {
    int at = from;
    while (true) {
      int child = 2 * at + 1;
      if (child >= size) {
        return;
      }
      if (child + 1 < size && isBefore(adjusted, heap[child + 1], heap[child])) {
        child++;
      }
      if (!isBefore(adjusted, heap[child], heap[at])) {
        return;
      }
      int lower = heap[at];
      heap[at] = heap[child];
      heap[child] = lower;
      at = child;
    }
  }

  private static boolean isBefore(double[] adjusted, int a, int b) {
    return adjusted[a] > adjusted[b] || (adjusted[a] == adjusted[b] && a < b);
  }
}
