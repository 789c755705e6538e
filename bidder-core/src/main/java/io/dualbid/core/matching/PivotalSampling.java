package io.dualbid.core.matching;

import java.util.Arrays;

/**
 * Chooses a random set with given marginals by sequential pivotal sampling: a carried element meets
 * the next, and either one of them loses all, or one is selected and the other keeps the rest.
 *
 * <p>Every element is selected with exactly its probability; of every prefix of the order the
 * number selected is the sum of its probabilities rounded up or down; and for every set the
 * probability that all of it, or none of it, is selected is at most that of independent draws.
 * O(elements) with at most as many chances; no allocation.
 *
 * @see "Srinivasan: Distributions on Level-Sets with Applications to Approximation Algorithms, FOCS
 *     2001; Gandhi, Khuller, Parthasarathy, Srinivasan: Dependent Rounding and Its Applications, J.
 *     ACM 53(3), 2006; the sequential form is a choice"
 */
public final class PivotalSampling {
  /** Probabilities this near to 0 or 1 are taken for them, without a chance. */
  private static final double EPSILON = 1e-12;

  private PivotalSampling() {}

  /**
   * Selects.
   *
   * @param probability of each element, in [0, 1], in the order in which they meet
   * @param size how many there are; the rest of the array is not looked at
   * @param selected receives the selected elements in ascending order; as long as there are
   *     elements
   * @return how many were selected
   */
  public static int select(double[] probability, int size, Chance chance, int[] selected) {
    int count = 0;
    int carry = -1;
    double share = 0;
    for (int i = 0; i < size; i++) {
      double p = probability[i];
      if (p <= EPSILON) {
        continue;
      }
      if (p >= 1 - EPSILON) {
        selected[count++] = i;
        continue;
      }
      if (carry < 0) {
        carry = i;
        share = p;
        continue;
      }
      double sum = share + p;
      if (sum < 1 - EPSILON) {
        if (!chance.happens(share / sum)) {
          carry = i;
        }
        share = sum;
      } else {
        if (chance.happens((1 - p) / (2 - sum))) {
          selected[count++] = carry;
          carry = i;
        } else {
          selected[count++] = i;
        }
        share = sum - 1;
        if (share <= EPSILON) {
          carry = -1;
        }
      }
    }
    if (carry >= 0 && (share >= 1 - EPSILON || chance.happens(share))) {
      selected[count++] = carry;
    }
    Arrays.sort(selected, 0, count);
    return count;
  }
}
