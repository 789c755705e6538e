package io.dualbid.core.placement;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The optimum for readers who compare (MNL): the greatest {@code sum(w b) / (1 + sum(w))}. An ad is
 * shown only if its score exceeds that value: one below it would take clicks worth more.
 */
final class MnlRule implements PlacementRule {
  private final Eligibility eligibility;
  private final RatioOptimum optimum;
  private final double[] gain;

  MnlRule(Eligibility eligibility) {
    this.eligibility = eligibility;
    optimum = new RatioOptimum(eligibility);
    gain = new double[eligibility.weight.length];
  }

  @Override
  public Choice best(double[] score, int @Nullable [] start) {
    int positions = eligibility.positions;
    double[] weight = eligibility.weight;
    for (int i = 0; i < eligibility.ads; i++) {
      double s = Math.max(0, score[i]);
      for (int k = i * positions; k < (i + 1) * positions; k++) {
        gain[k] = weight[k] * s;
      }
    }
    int[] adAt = optimum.solve(gain, weight, start);
    double sum = 1;
    for (int j = 0; j < positions; j++) {
      sum += adAt[j] == Assignment.NONE ? 0 : weight[adAt[j] * positions + j];
    }
    double[] click = new double[positions];
    double[] show = new double[positions];
    Arrays.fill(show, 1);
    for (int j = 0; j < positions; j++) {
      click[j] = adAt[j] == Assignment.NONE ? 0 : weight[adAt[j] * positions + j] / sum;
    }
    return new Choice(optimum.level(), adAt, click, show, eligibility.ads);
  }

  @Override
  public String name() {
    return "mnl-optimum";
  }

  @Override
  public double guarantee() {
    return 1;
  }
}
