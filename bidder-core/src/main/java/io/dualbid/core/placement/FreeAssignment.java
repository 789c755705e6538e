package io.dualbid.core.placement;

import java.util.Arrays;

/**
 * The assignment without side constraints, exactly, by successive longest augmenting paths: the
 * k-th path turns the best k pairs into the best k + 1, gains never rise, and the first that is not
 * positive ends it.
 *
 * <p>A path begins with a free ad, pushes along matched positions and ends at a free one. Only the
 * best {@code maxAds} ads of a position can begin one, so after one pass over the scores, O(ads ·
 * positions) and rarely more, a path costs O(maxAds² · positions) at most. Equal scores go to the
 * ad that is first in the list.
 *
 * @see "Ahuja, Magnanti, Orlin: Network Flows, 1993, sections 9.7 and 12.4"
 */
final class FreeAssignment extends Assignment {
  private final int depth;
  // The best ads of each position, in falling order of score.
  private final int[] best;
  private final double[] bestScore;
  private final int[] bestCount;
  private final int[] positionOf;
  private final double[] reach;
  private final int[] from;

  FreeAssignment(Eligibility eligibility) {
    super(eligibility);
    depth = eligibility.maxAds;
    best = new int[eligibility.positions * depth];
    bestScore = new double[eligibility.positions * depth];
    bestCount = new int[eligibility.positions];
    positionOf = new int[eligibility.ads];
    reach = new double[eligibility.positions];
    from = new int[eligibility.positions];
  }

  @Override
  void assign(double empty) {
    if (depth == 0) {
      return;
    }
    rank(empty);
    Arrays.fill(positionOf, NONE);
    for (int k = 0; k < depth; k++) {
      int end = longestPath(empty);
      if (end == NONE) {
        return;
      }
      augment(end);
    }
  }

  private void rank(double empty) {
    int positions = eligibility.positions;
    Arrays.fill(bestCount, 0);
    int at = 0;
    for (int i = 0; i < eligibility.ads; i++) {
      for (int j = 0; j < positions; j++) {
        double s = score[at++];
        if (s > empty) {
          insert(j, i, s);
        }
      }
    }
  }

  private void insert(int position, int ad, double s) {
    int base = position * depth;
    int count = bestCount[position];
    if (count == depth) {
      if (s <= bestScore[base + depth - 1]) {
        return;
      }
      count--;
    } else {
      bestCount[position]++;
    }
    int slot = base + count;
    while (slot > base && bestScore[slot - 1] < s) {
      best[slot] = best[slot - 1];
      bestScore[slot] = bestScore[slot - 1];
      slot--;
    }
    best[slot] = ad;
    bestScore[slot] = s;
  }

  /** The best free ad of a position, or {@link #NONE}. */
  private int freeSlot(int position) {
    for (int k = position * depth; k < position * depth + bestCount[position]; k++) {
      if (positionOf[best[k]] == NONE) {
        return k;
      }
    }
    return NONE;
  }

  /** The free position at which the most gainful path ends, or {@link #NONE} if none gains. */
  private int longestPath(double empty) {
    int positions = eligibility.positions;
    for (int j = 0; j < positions; j++) {
      int slot = freeSlot(j);
      reach[j] = slot == NONE ? Double.NEGATIVE_INFINITY : bestScore[slot];
      from[j] = NONE;
    }
    boolean moved = true;
    // Gains must exceed rounding, so that paths never turn in a circle of ties.
    for (int round = 0; moved && round < depth; round++) {
      moved = false;
      for (int p = 0; p < positions; p++) {
        int ad = adAt[p];
        if (ad == NONE || reach[p] == Double.NEGATIVE_INFINITY) {
          continue;
        }
        double left = reach[p] - score[ad * positions + p];
        for (int q = 0; q < positions; q++) {
          double s = score[ad * positions + q];
          if (q != p && s > empty && left + s > reach[q] + empty) {
            reach[q] = left + s;
            from[q] = p;
            moved = true;
          }
        }
      }
    }
    int end = NONE;
    for (int j = 0; j < positions; j++) {
      if (adAt[j] == NONE && reach[j] > empty && (end == NONE || reach[j] > reach[end])) {
        end = j;
      }
    }
    return end;
  }

  private void augment(int end) {
    int q = end;
    while (from[q] != NONE) {
      int p = from[q];
      place(adAt[p], q);
      q = p;
    }
    place(best[freeSlot(q)], q);
  }

  private void place(int ad, int position) {
    adAt[position] = ad;
    positionOf[ad] = position;
  }
}
