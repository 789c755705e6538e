package io.dualbid.core.placement;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * The assignment under a minimum distance and with ads kept apart, exactly, by branch and bound.
 *
 * <p>Distance alone is a matter of a walk along the positions (dynamic programming); that each ad,
 * and one ad at most of each clique, is shown is relaxed with a price each. The bound is the sum of
 * prices plus the best walk over scores less prices; a subgradient method lowers it, then a
 * depth-first search takes positions in order and ads by falling reduced score, and leaves off
 * wherever the walk behind can't beat the best answer known. Since the bound respects all but
 * repetitions, few nodes are visited; at worst they are exponential in {@code maxAds}.
 *
 * @see "Fisher: The Lagrangian Relaxation Method for Solving Integer Programming Problems,
 *     Management Science 27(1), 1981"
 */
final class ConstrainedAssignment extends Assignment {
  private static final int SUBGRADIENT_STEPS = 100;
  private static final long MOST_NODES = 2_000_000;

  private final int depth;
  private final int priced;
  private final double[] price;
  private final int[] uses;
  private final int[] usedCliques;
  private final boolean[] usedAds;
  private final double[] reduced;
  // The best reduced sum of at most k ads from a position on: walk[position * (depth + 1) + k].
  private final double[] walk;
  private final int[] topAd;
  private final Integer[][] order;
  private final int[] current;
  private final int[] walked;
  private double bestSum;
  private double slack;
  private double empty;
  private long nodes;

  ConstrainedAssignment(Eligibility eligibility) {
    super(eligibility);
    depth = eligibility.maxAds;
    priced = eligibility.ads + eligibility.cliqueCount;
    price = new double[priced];
    uses = new int[priced];
    usedCliques = new int[eligibility.cliqueCount];
    usedAds = new boolean[eligibility.ads];
    reduced = new double[score.length];
    walk = new double[(eligibility.positions + 1) * (depth + 1)];
    topAd = new int[eligibility.positions];
    order = new Integer[eligibility.positions][];
    current = new int[eligibility.positions];
    walked = new int[eligibility.positions];
  }

  @Override
  void assign(double emptyBelow) {
    if (depth == 0) {
      return;
    }
    empty = emptyBelow;
    bestSum = 0;
    greedy();
    slack = empty;
    lowerBound();
    for (int j = 0; j < eligibility.positions; j++) {
      order[j] = byReducedScore(j);
    }
    Arrays.fill(current, NONE);
    nodes = 0;
    search(0, 0, depth, Arrays.stream(price).sum());
  }

  /** A first answer: the best pair that is still possible, again and again. */
  private void greedy() {
    int positions = eligibility.positions;
    int placed = 0;
    double sum = 0;
    while (placed < depth) {
      int top = NONE;
      for (int k = 0; k < score.length; k++) {
        if (score[k] > empty
            && (top == NONE || score[k] > score[top])
            && possible(k / positions, k % positions)) {
          top = k;
        }
      }
      if (top == NONE) {
        break;
      }
      adAt[top % positions] = top / positions;
      mark(top / positions, 1);
      sum += score[top];
      placed++;
    }
    for (int ad : adAt) {
      if (ad != NONE) {
        mark(ad, -1);
      }
    }
    bestSum = sum;
  }

  private boolean possible(int ad, int position) {
    if (!free(ad)) {
      return false;
    }
    for (int j = 0; j < adAt.length; j++) {
      if (adAt[j] != NONE
          && (j <= position ? eligibility.next[j] > position : eligibility.next[position] > j)) {
        return false;
      }
    }
    return true;
  }

  private boolean free(int ad) {
    if (usedAds[ad]) {
      return false;
    }
    for (int c : eligibility.cliques[ad]) {
      if (usedCliques[c] > 0) {
        return false;
      }
    }
    return true;
  }

  private void mark(int ad, int change) {
    usedAds[ad] = change > 0;
    for (int c : eligibility.cliques[ad]) {
      usedCliques[c] += change;
    }
  }

  /** Prices that make the bound low; ends with {@link #reduced} and {@link #walk} of the best. */
  private void lowerBound() {
    Arrays.fill(price, 0);
    double[] bestPrice = price.clone();
    double lowest = Double.POSITIVE_INFINITY;
    for (int step = 0; step < SUBGRADIENT_STEPS; step++) {
      double bound = relax();
      if (bound < lowest) {
        lowest = bound;
        System.arraycopy(price, 0, bestPrice, 0, priced);
      }
      countUses();
      repair();
      double norm = 0;
      for (int c = 0; c < priced; c++) {
        int g = uses[c] - 1;
        norm += g > 0 || price[c] > 0 ? (double) g * g : 0;
      }
      if (norm == 0 || lowest <= bestSum + slack) {
        break;
      }
      double length = (bound - bestSum) / norm * (step < SUBGRADIENT_STEPS / 2 ? 1 : 0.5);
      for (int c = 0; c < priced; c++) {
        price[c] = Math.max(0, price[c] + length * (uses[c] - 1));
      }
    }
    System.arraycopy(bestPrice, 0, price, 0, priced);
    relax();
  }

  /** The bound under the present prices. */
  private double relax() {
    int positions = eligibility.positions;
    double sum = 0;
    for (double p : price) {
      sum += p;
    }
    Arrays.fill(topAd, NONE);
    for (int i = 0; i < eligibility.ads; i++) {
      double cost = price[i];
      for (int c : eligibility.cliques[i]) {
        cost += price[eligibility.ads + c];
      }
      for (int j = 0; j < positions; j++) {
        int k = i * positions + j;
        reduced[k] = score[k] > empty ? score[k] - cost : Double.NEGATIVE_INFINITY;
        if (reduced[k] > 0
            && (topAd[j] == NONE || reduced[k] > reduced[topAd[j] * positions + j])) {
          topAd[j] = i;
        }
      }
    }
    Arrays.fill(walk, positions * (depth + 1), walk.length, 0);
    for (int j = positions - 1; j >= 0; j--) {
      double top = topAd[j] == NONE ? 0 : reduced[topAd[j] * positions + j];
      for (int k = 0; k <= depth; k++) {
        double skip = walk[(j + 1) * (depth + 1) + k];
        walk[j * (depth + 1) + k] = k == 0 ? 0 : Math.max(skip, top + behind(j, k));
      }
    }
    return sum + walk[depth];
  }

  /** The best walk behind an ad at a position that took one of {@code k}. */
  private double behind(int position, int k) {
    return walk[eligibility.next[position] * (depth + 1) + k - 1];
  }

  private void countUses() {
    Arrays.fill(uses, 0);
    Arrays.fill(walked, NONE);
    int k = depth;
    int j = 0;
    while (j < eligibility.positions && k > 0) {
      if (topAd[j] == NONE || walk[j * (depth + 1) + k] == walk[(j + 1) * (depth + 1) + k]) {
        j++;
        continue;
      }
      walked[j] = topAd[j];
      uses[topAd[j]]++;
      for (int c : eligibility.cliques[topAd[j]]) {
        uses[eligibility.ads + c]++;
      }
      j = eligibility.next[j];
      k--;
    }
  }

  /** The best walk, less what repeats an ad or a clique, is an answer; it may be the best known. */
  private void repair() {
    double sum = 0;
    for (int j = 0; j < walked.length; j++) {
      current[j] = NONE;
      if (walked[j] != NONE && free(walked[j])) {
        mark(walked[j], 1);
        current[j] = walked[j];
        sum += score[walked[j] * walked.length + j];
      }
    }
    for (int ad : current) {
      if (ad != NONE) {
        mark(ad, -1);
      }
    }
    if (sum > bestSum + slack) {
      bestSum = sum;
      System.arraycopy(current, 0, adAt, 0, adAt.length);
    }
  }

  private Integer[] byReducedScore(int position) {
    int positions = eligibility.positions;
    return IntStream.range(0, eligibility.ads)
        .filter(i -> score[i * positions + position] > empty)
        .boxed()
        .sorted(
            Comparator.comparingDouble((Integer i) -> -reduced[i * positions + position])
                .thenComparing(i -> i))
        .toArray(Integer[]::new);
  }

  /**
   * Answers from a position on.
   *
   * @param sum scores of what stands before it
   * @param left how many more ads
   * @param bound reduced scores of what stands before it, and all prices
   */
  private void search(int position, double sum, int left, double bound) {
    if (sum > bestSum + slack) {
      bestSum = sum;
      System.arraycopy(current, 0, adAt, 0, adAt.length);
    }
    int positions = eligibility.positions;
    for (int j = position; j < positions && left > 0; j++) {
      if (bound + walk[j * (depth + 1) + left] <= bestSum + slack) {
        return;
      }
      for (Integer i : order[j]) {
        int k = i * positions + j;
        if (bound + reduced[k] + behind(j, left) <= bestSum + slack) {
          break;
        }
        if (free(i)) {
          if (++nodes > MOST_NODES) {
            throw new TooManyAnswers(
                "too many answers to try under distance and exclusions: "
                    + eligibility.ads
                    + " ads, "
                    + positions
                    + " positions, at most "
                    + depth
                    + " shown; a lower maximum or fewer ads make it feasible");
          }
          current[j] = i;
          mark(i, 1);
          search(eligibility.next[j], sum + score[k], left - 1, bound + reduced[k]);
          mark(i, -1);
          current[j] = NONE;
        }
      }
    }
  }
}
