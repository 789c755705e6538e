package io.dualbid.core.placement;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a reader does with ads that are shown, whoever chose them. */
public final class Clicks {
  private Clicks() {}

  /**
   * The click probability of each ad if exactly these are shown; click weights count as they are,
   * whatever limits say.
   *
   * @param positionOf by ad id; every ad and position must be known, no position taken twice
   * @return by ad id, in reading order
   */
  public static Map<String, Double> of(
      PlacementInstance instance, Map<String, Integer> positionOf) {
    int[] adAt = new int[instance.positions().size()];
    Arrays.fill(adAt, Assignment.NONE);
    int found = 0;
    for (int i = 0; i < instance.ads().size(); i++) {
      Integer position = positionOf.get(instance.ads().get(i).id());
      if (position != null) {
        if (position < 0 || position >= adAt.length || adAt[position] != Assignment.NONE) {
          throw new IllegalArgumentException(
              instance.ads().get(i).id() + " can't stand at position " + position);
        }
        adAt[position] = i;
        found++;
      }
    }
    if (found != positionOf.size()) {
      throw new IllegalArgumentException("an ad is shown that takes no part: " + positionOf);
    }
    double[] click =
        instance.user() instanceof UserModel.Cascade cascade
            ? cascade(instance, cascade, adAt)
            : mnl(instance, adAt);
    Map<String, Double> clicks = new LinkedHashMap<>();
    for (int j = 0; j < adAt.length; j++) {
      if (adAt[j] != Assignment.NONE) {
        clicks.put(instance.ads().get(adAt[j]).id(), click[j]);
      }
    }
    return clicks;
  }

  private static double[] mnl(PlacementInstance instance, int[] adAt) {
    double[] click = new double[adAt.length];
    double sum = 1;
    for (int j = 0; j < adAt.length; j++) {
      if (adAt[j] != Assignment.NONE) {
        click[j] = instance.ads().get(adAt[j]).clickWeight(j);
        sum += click[j];
      }
    }
    for (int j = 0; j < adAt.length; j++) {
      click[j] /= sum;
    }
    return click;
  }

  private static double[] cascade(PlacementInstance instance, UserModel.Cascade user, int[] adAt) {
    double[] click = new double[adAt.length];
    double reach = 1;
    for (int j = 0; j < adAt.length; j++) {
      if (adAt[j] != Assignment.NONE) {
        double q = instance.ads().get(adAt[j]).clickWeight(j);
        click[j] = reach * user.attention(j) * q;
        reach *= user.continuation() * (1 - q);
      }
    }
    return click;
  }
}
