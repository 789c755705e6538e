package io.dualbid.simulator.fit;

import java.util.List;
import java.util.stream.IntStream;

/**
 * Log likelihood of a log at given parameters, its gradient, and the information that the log is
 * expected to hold (Fisher): {@code sum over answers and outcomes of probability · score score'}.
 * That needs no second derivatives, is positive semidefinite by its form, and is what standard
 * errors come from.
 *
 * @param value natural logarithm; negative infinity where the parameters give no probabilities
 * @param information {@code information[p][q]}, symmetric
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Likelihood(double value, double[] gradient, double[][] information) {
  private static final int PARTS = 256;

  /**
   * At given parameters. Answers are summed in parts of fixed size, so the sum is the same always.
   */
  static Likelihood of(ClickModel model, List<Answer> answers, double[] theta) {
    int size = (answers.size() + PARTS - 1) / PARTS;
    return IntStream.range(0, size == 0 ? 0 : (answers.size() + size - 1) / size)
        .parallel()
        .mapToObj(
            part ->
                ofPart(
                    model,
                    answers.subList(part * size, Math.min(answers.size(), (part + 1) * size)),
                    theta))
        .toList()
        .stream()
        .reduce(empty(theta.length), Likelihood::plus);
  }

  private static Likelihood empty(int parameters) {
    return new Likelihood(0, new double[parameters], new double[parameters][parameters]);
  }

  private static Likelihood ofPart(ClickModel model, List<Answer> answers, double[] theta) {
    int ads = answers.stream().mapToInt(Answer::ads).max().orElse(0);
    double[] click = new double[ads];
    double[][] score = new double[ads][theta.length];
    Likelihood sum = empty(theta.length);
    double value = 0;
    for (Answer answer : answers) {
      if (!model.fill(answer, theta, click, score)) {
        return new Likelihood(Double.NEGATIVE_INFINITY, sum.gradient, sum.information);
      }
      value += sum.add(answer, click, score);
    }
    return new Likelihood(value, sum.gradient, sum.information);
  }

  /** Adds an answer to gradient and information, and gives its log likelihood. */
  private double add(Answer answer, double[] click, double[][] score) {
    int n = gradient.length;
    double none = 1;
    double[] noneSlope = new double[n];
    for (int k = 0; k < answer.ads(); k++) {
      none -= click[k];
      for (int p = 0; p < n; p++) {
        noneSlope[p] -= click[k] * score[k][p];
        for (int q = 0; q < n; q++) {
          information[p][q] += click[k] * score[k][p] * score[k][q];
        }
      }
    }
    for (int p = 0; p < n; p++) {
      for (int q = 0; q < n; q++) {
        information[p][q] += noneSlope[p] * noneSlope[q] / none;
      }
      gradient[p] +=
          answer.clicked() == Answer.NONE ? noneSlope[p] / none : score[answer.clicked()][p];
    }
    return Math.log(answer.clicked() == Answer.NONE ? none : click[answer.clicked()]);
  }

  private Likelihood plus(Likelihood other) {
    int n = gradient.length;
    double[] g = new double[n];
    double[][] i = new double[n][n];
    for (int p = 0; p < n; p++) {
      g[p] = gradient[p] + other.gradient[p];
      for (int q = 0; q < n; q++) {
        i[p][q] = information[p][q] + other.information[p][q];
      }
    }
    return new Likelihood(value + other.value, g, i);
  }
}
