package io.dualbid.simulator.fit;

import java.util.List;

/**
 * Users who read from the top: at a shown ad they click with {@code q = exp(alpha + beta cosine)},
 * after no click go on with probability {@code continuation}, and still read at position j with
 * probability {@code decay^j}, whatever was shown. Searched on alpha, beta and the logarithms of
 * decay and continuation. Continuation can be told from decay because the number of ads before a
 * position differs from answer to answer; where it never does, it can't.
 *
 * @see "Craswell, Zoeter, Taylor, Ramsey: An Experimental Comparison of Click Position-Bias Models,
 *     WSDM 2008"
 */
final class CascadeClicks implements ClickModel {
  private static final int DECAY = 2;
  private static final int CONTINUATION = 3;

  @Override
  public String name() {
    return "cascade";
  }

  @Override
  public List<String> parameters() {
    return List.of("alpha", "beta", "decay", "continuation");
  }

  @Override
  public double[] start() {
    return new double[] {-3, 1, -0.1, -0.1};
  }

  @Override
  public double[] bounds() {
    return new double[] {Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY, 0, 0};
  }

  @Override
  public boolean fill(Answer answer, double[] theta, double[] click, double[][] score) {
    double logReach = 0;
    double[] passed = new double[theta.length];
    for (int k = 0; k < answer.ads(); k++) {
      double cosine = answer.cosine()[k];
      double logQ = theta[0] + theta[1] * cosine;
      double q = Math.exp(logQ);
      if (!(q < 1)) {
        return false;
      }
      click[k] = Math.exp(logReach + logQ + theta[DECAY] * answer.position()[k]);
      score[k][0] = passed[0] + 1;
      score[k][1] = passed[1] + cosine;
      score[k][DECAY] = answer.position()[k];
      score[k][CONTINUATION] = passed[CONTINUATION];
      logReach += Math.log1p(-q) + theta[CONTINUATION];
      double odds = q / (1 - q);
      passed[0] -= odds;
      passed[1] -= odds * cosine;
      passed[CONTINUATION] += 1;
    }
    return true;
  }

  @Override
  public double searched(int parameter, double told) {
    return parameter >= DECAY ? ClickModels.logOfShare(parameters().get(parameter), told) : told;
  }

  @Override
  public double told(int parameter, double theta) {
    return parameter >= DECAY ? Math.exp(theta) : theta;
  }

  @Override
  public double slope(int parameter, double theta) {
    return parameter >= DECAY ? Math.exp(theta) : 1;
  }
}
