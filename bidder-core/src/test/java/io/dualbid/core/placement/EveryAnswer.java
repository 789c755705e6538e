package io.dualbid.core.placement;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** The optimum by trying every answer that the words of an instance allow. */
final class EveryAnswer {
  private final PlacementInstance instance;
  private final double[] score;
  private final int[] adAt;
  private double best = Double.NEGATIVE_INFINITY;
  private double second = Double.NEGATIVE_INFINITY;

  private EveryAnswer(PlacementInstance instance, double[] score) {
    this.instance = instance;
    this.score = score;
    adAt = new int[instance.positions().size()];
    Arrays.fill(adAt, -1);
  }

  /** The greatest expected score. */
  static double optimum(PlacementInstance instance, double[] score) {
    EveryAnswer all = new EveryAnswer(instance, score);
    all.from(0, 0);
    return all.best;
  }

  /** How far the best answer lies above the next one. */
  static double margin(PlacementInstance instance, double[] score) {
    EveryAnswer all = new EveryAnswer(instance, score);
    all.from(0, 0);
    return all.best - all.second;
  }

  private void from(int position, int shown) {
    if (position == adAt.length) {
      double value = value();
      if (value > best) {
        second = best;
        best = value;
      } else if (value > second) {
        second = value;
      }
      return;
    }
    from(position + 1, shown);
    if (shown < instance.limits().maxAds()) {
      for (int i = 0; i < instance.ads().size(); i++) {
        if (allowed(i, position)) {
          adAt[position] = i;
          from(position + 1, shown + 1);
          adAt[position] = -1;
        }
      }
    }
  }

  private boolean allowed(int i, int position) {
    Ad ad = instance.ads().get(i);
    Position here = instance.positions().get(position);
    if (ad.clickWeight(position) == 0
        || ad.fit(position) < instance.limits().fitFloor()
        || !Collections.disjoint(ad.excludedTopics(), here.topics())) {
      return false;
    }
    for (int j = 0; j < position; j++) {
      if (adAt[j] < 0) {
        continue;
      }
      Ad other = instance.ads().get(adAt[j]);
      if (adAt[j] == i
          || here.offset() - instance.positions().get(j).offset() < instance.limits().minDistance()
          || !Collections.disjoint(ad.competesIn(), other.competesIn())
          || ad.notWith().contains(other.id())
          || other.notWith().contains(ad.id())) {
        return false;
      }
    }
    return true;
  }

  private double value() {
    double sum = 0;
    if (instance.user() instanceof UserModel.Mnl) {
      double weights = 1;
      for (int j = 0; j < adAt.length; j++) {
        if (adAt[j] >= 0) {
          double w = instance.ads().get(adAt[j]).clickWeight(j);
          sum += w * score[adAt[j]];
          weights += w;
        }
      }
      return sum / weights;
    }
    Map<String, Integer> positions = new LinkedHashMap<>();
    for (int j = 0; j < adAt.length; j++) {
      if (adAt[j] >= 0) {
        positions.put(instance.ads().get(adAt[j]).id(), j);
      }
    }
    Map<String, Double> clicks = Clicks.of(instance, positions);
    for (int i = 0; i < score.length; i++) {
      sum += clicks.getOrDefault(instance.ads().get(i).id(), 0.0) * score[i];
    }
    return sum;
  }
}
