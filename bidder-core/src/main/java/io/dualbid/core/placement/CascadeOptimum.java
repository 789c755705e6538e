package io.dualbid.core.placement;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * The best answer for a cascade reader, exactly: with gain {@code a}, stopping mass {@code s} and
 * {@code V_j(U)} the best from position j on when the ads U are used,
 *
 * <pre>V_j(U) = max( V_{j+1}(U),  max over i not in U of  a_ij + (1 - s_ij) V_next(j)(U + i) )
 * </pre>
 *
 * <p>Values are remembered by (position, set). A bound that lets ads repeat orders the choices of
 * each state and ends its loop, so that most states are never visited; at worst there are positions
 * times subsets of at most {@code maxAds} ads, each with a loop over ads.
 */
final class CascadeOptimum {
  private final Eligibility eligibility;
  private final int depth;
  // binomial[n * (depth + 1) + k], and the index of the first set of each size.
  private final int[] binomial;
  private final int[] firstOfSize;
  private final double[] value;
  private final double[] bound;
  private final int[][] order;
  private final int[] used;
  private double[] gain = new double[0];
  private double[] stay = new double[0];
  private boolean[] out = new boolean[0];

  /**
   * For answers of so many ads at most.
   *
   * @param depth at most {@link Eligibility#maxAds}; positions times {@link #sets} must fit memory
   */
  CascadeOptimum(Eligibility eligibility, int depth) {
    this.eligibility = eligibility;
    this.depth = depth;
    int n = eligibility.ads;
    binomial = new int[(n + 1) * (depth + 1)];
    for (int i = 0; i <= n; i++) {
      for (int k = 0; k <= depth; k++) {
        binomial[i * (depth + 1) + k] =
            k == 0
                ? 1
                : i == 0
                    ? 0
                    : binomial[(i - 1) * (depth + 1) + k - 1] + binomial[(i - 1) * (depth + 1) + k];
      }
    }
    firstOfSize = new int[depth + 2];
    for (int k = 0; k <= depth; k++) {
      firstOfSize[k + 1] = firstOfSize[k] + binomial[n * (depth + 1) + k];
    }
    value = new double[eligibility.positions * firstOfSize[depth + 1]];
    bound = new double[(eligibility.positions + 1) * (depth + 1)];
    order = new int[eligibility.positions * (depth + 1)][];
    used = new int[depth];
  }

  /** How many sets of at most {@code k} of {@code n} there are, as a double: it may be huge. */
  static double sets(int n, int k) {
    double sum = 0;
    double of = 1;
    for (int size = 0; size <= Math.min(n, k); size++) {
      sum += of;
      of = of * (n - size) / (size + 1);
    }
    return sum;
  }

  /**
   * Fills the ad at each position.
   *
   * @param gains {@code a[ad * positions + position]}; pairs without a positive one are left out
   * @param stays {@code 1 - s}, likewise
   * @param adAt filled with ads or {@link Assignment#NONE}
   */
  void solve(double[] gains, double[] stays, int[] adAt) {
    Arrays.fill(adAt, Assignment.NONE);
    if (depth == 0) {
      return;
    }
    gain = gains;
    stay = stays;
    out = new boolean[eligibility.ads];
    Arrays.fill(value, Double.NaN);
    boundAndOrder();
    int size = 0;
    int j = 0;
    while (j < eligibility.positions && size < depth) {
      double skip = value(j + 1, size);
      int best = Assignment.NONE;
      double most = skip;
      int left = depth - size;
      for (int i : order[j * (depth + 1) + left]) {
        if (!(optimistic(j, i, left) > most)) {
          break;
        }
        if (free(i, size)) {
          double v = with(j, i, size);
          if (v > most) {
            most = v;
            best = i;
          }
        }
      }
      if (best == Assignment.NONE) {
        j++;
      } else {
        adAt[j] = best;
        add(best, size++);
        j = eligibility.next[j];
      }
    }
  }

  private void boundAndOrder() {
    int positions = eligibility.positions;
    Arrays.fill(bound, positions * (depth + 1), bound.length, 0);
    for (int j = positions - 1; j >= 0; j--) {
      int position = j;
      for (int k = 0; k <= depth; k++) {
        double most = bound[(j + 1) * (depth + 1) + k];
        if (k > 0) {
          int left = k;
          int[] sorted =
              IntStream.range(0, eligibility.ads)
                  .filter(i -> gain[i * positions + position] > 0)
                  .boxed()
                  .sorted(
                      Comparator.comparingDouble((Integer i) -> -optimistic(position, i, left))
                          .thenComparing(i -> i))
                  .mapToInt(Integer::intValue)
                  .toArray();
          order[j * (depth + 1) + k] = sorted;
          if (sorted.length > 0) {
            most = Math.max(most, optimistic(j, sorted[0], k));
          }
        }
        bound[j * (depth + 1) + k] = most;
      }
    }
  }

  private double optimistic(int position, int ad, int left) {
    int k = ad * eligibility.positions + position;
    return gain[k] + stay[k] * bound[eligibility.next[position] * (depth + 1) + left - 1];
  }

  /** V of a position and the first {@code size} entries of {@link #used}, which are sorted. */
  private double value(int position, int size) {
    if (position >= eligibility.positions || size == depth) {
      return 0;
    }
    int at = position * firstOfSize[depth + 1] + rank(size);
    if (!Double.isNaN(value[at])) {
      return value[at];
    }
    double most = value(position + 1, size);
    int left = depth - size;
    for (int i : order[position * (depth + 1) + left]) {
      if (!(optimistic(position, i, left) > most)) {
        break;
      }
      if (free(i, size)) {
        most = Math.max(most, with(position, i, size));
      }
    }
    value[at] = most;
    return most;
  }

  private double with(int position, int ad, int size) {
    int k = ad * eligibility.positions + position;
    add(ad, size);
    double v = gain[k] + stay[k] * value(eligibility.next[position], size + 1);
    remove(ad, size + 1);
    return v;
  }

  private boolean free(int ad, int size) {
    if (out[ad]) {
      return false;
    }
    if (eligibility.cliqueCount > 0) {
      for (int t = 0; t < size; t++) {
        if (eligibility.apart(used[t], ad)) {
          return false;
        }
      }
    }
    return true;
  }

  private void add(int ad, int size) {
    int at = size;
    while (at > 0 && used[at - 1] > ad) {
      used[at] = used[at - 1];
      at--;
    }
    used[at] = ad;
    out[ad] = true;
  }

  private void remove(int ad, int size) {
    int at = 0;
    while (used[at] != ad) {
      at++;
    }
    System.arraycopy(used, at + 1, used, at, size - at - 1);
    out[ad] = false;
  }

  /** The place of a set among all sets of its size or less: combinatorial number system. */
  private int rank(int size) {
    int rank = firstOfSize[size];
    for (int t = 0; t < size; t++) {
      rank += binomial[used[t] * (depth + 1) + t + 1];
    }
    return rank;
  }
}
