package io.dualbid.simulator.fit;

import java.util.List;

/**
 * Users who compare all ads they see and click at most one: {@code w_k / (1 + sum w)} with {@code w
 * = exp(alpha + beta cosine) decay^position}. Every ad of an answer is in every other's
 * denominator, so an answer counts as a whole. Concave in alpha, beta and the logarithm of decay,
 * on which the search runs.
 *
 * @see "McFadden: Conditional Logit Analysis of Qualitative Choice Behavior, 1974"
 */
final class MnlClicks implements ClickModel {
  private static final int DECAY = 2;

  @Override
  public String name() {
    return "mnl";
  }

  @Override
  public List<String> parameters() {
    return List.of("alpha", "beta", "decay");
  }

  @Override
  public double[] start() {
    return new double[] {-3, 1, -0.1};
  }

  @Override
  public double[] bounds() {
    return new double[] {Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY, 0};
  }

  @Override
  public boolean fill(Answer answer, double[] theta, double[] click, double[][] score) {
    double sum = 1;
    for (int k = 0; k < answer.ads(); k++) {
      click[k] =
          Math.exp(theta[0] + theta[1] * answer.cosine()[k] + theta[DECAY] * answer.position()[k]);
      sum += click[k];
    }
    double[] mean = new double[theta.length];
    for (int k = 0; k < answer.ads(); k++) {
      click[k] /= sum;
      score[k][0] = 1;
      score[k][1] = answer.cosine()[k];
      score[k][DECAY] = answer.position()[k];
      for (int p = 0; p < mean.length; p++) {
        mean[p] += click[k] * score[k][p];
      }
    }
    for (int k = 0; k < answer.ads(); k++) {
      for (int p = 0; p < mean.length; p++) {
        score[k][p] -= mean[p];
      }
    }
    return Double.isFinite(sum);
  }

  @Override
  public double searched(int parameter, double told) {
    return parameter == DECAY ? ClickModels.logOfShare(parameters().get(parameter), told) : told;
  }

  @Override
  public double told(int parameter, double theta) {
    return parameter == DECAY ? Math.exp(theta) : theta;
  }

  @Override
  public double slope(int parameter, double theta) {
    return parameter == DECAY ? Math.exp(theta) : 1;
  }
}
