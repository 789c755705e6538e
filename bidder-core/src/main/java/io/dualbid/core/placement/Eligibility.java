package io.dualbid.core.placement;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * An instance as arrays: who may stand where, and who with whom. Independent of bids.
 *
 * <p>A <em>clique</em> is a set of ads of which one at most is shown: those of one trade, and each
 * pair of which one excludes the other.
 */
final class Eligibility {
  final int ads;
  final int positions;

  /** At most this many ads; never more than there are ads with a place, or positions. */
  final int maxAds;

  /** {@code weight[ad * positions + position]}, 0 where it may not stand. */
  final double[] weight;

  /** The first position that is far enough behind each. */
  final int[] next;

  /** Whether ads of neighbouring positions may be too close. */
  final boolean spaced;

  /** The cliques of each ad, numbered from 0. */
  final int[][] cliques;

  final int cliqueCount;

  Eligibility(PlacementInstance instance) {
    ads = instance.ads().size();
    positions = instance.positions().size();
    weight = new double[ads * positions];
    int able = 0;
    for (int i = 0; i < ads; i++) {
      Ad ad = instance.ads().get(i);
      boolean somewhere = false;
      for (int j = 0; j < positions; j++) {
        if (fits(instance, ad, j) && !excludes(instance, ad, j)) {
          weight[i * positions + j] = ad.clickWeight(j);
          somewhere |= ad.clickWeight(j) > 0;
        }
      }
      able += somewhere ? 1 : 0;
    }
    maxAds = Math.min(instance.limits().maxAds(), Math.min(able, positions));
    next = new int[positions];
    boolean tight = false;
    for (int j = 0; j < positions; j++) {
      int k = j + 1;
      while (k < positions
          && (long) instance.positions().get(k).offset() - instance.positions().get(j).offset()
              < instance.limits().minDistance()) {
        k++;
      }
      next[j] = k;
      tight |= k > j + 1;
    }
    spaced = tight;
    List<List<Integer>> sets = cliques(instance.ads());
    cliqueCount = sets.size();
    cliques = new int[ads][];
    for (int i = 0; i < ads; i++) {
      Integer member = i;
      cliques[i] =
          IntStream.range(0, cliqueCount)
              .filter(c -> Collections.binarySearch(sets.get(c), member) >= 0)
              .toArray();
    }
  }

  /** Whether an ad fits well enough at a position to be clicked at all. */
  static boolean fits(PlacementInstance instance, Ad ad, int position) {
    return ad.clickWeight(position) > 0 && ad.fit(position) >= instance.limits().fitFloor();
  }

  /** Whether an ad excludes a topic of a position. */
  static boolean excludes(PlacementInstance instance, Ad ad, int position) {
    return !Collections.disjoint(ad.excludedTopics(), instance.positions().get(position).topics());
  }

  private static List<List<Integer>> cliques(List<Ad> all) {
    Map<String, List<Integer>> trades = new TreeMap<>();
    Map<String, Integer> index = new TreeMap<>();
    for (int i = 0; i < all.size(); i++) {
      index.put(all.get(i).id(), i);
      for (String trade : all.get(i).competesIn()) {
        trades.computeIfAbsent(trade, t -> new ArrayList<>()).add(i);
      }
    }
    List<List<Integer>> sets = new ArrayList<>();
    for (List<Integer> members : trades.values()) {
      if (members.size() > 1) {
        sets.add(members);
      }
    }
    for (int i = 0; i < all.size(); i++) {
      for (String other : all.get(i).notWith().stream().sorted().toList()) {
        Integer k = index.get(other);
        if (k != null && k != i) {
          sets.add(List.of(Math.min(i, k), Math.max(i, k)));
        }
      }
    }
    return sets;
  }

  /** Whether at most one of two different ads may be shown. */
  boolean apart(int one, int other) {
    for (int c : cliques[one]) {
      for (int d : cliques[other]) {
        if (c == d) {
          return true;
        }
      }
    }
    return false;
  }
}
