package io.dualbid.simulator.fit;

import io.dualbid.simulator.fit.Estimate.State;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.CholeskyDecomposition;
import org.apache.commons.math3.linear.EigenDecomposition;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.linear.RealVector;
import org.jspecify.annotations.Nullable;

/**
 * Finds the most likely parameters by Fisher scoring: steps of the inverse expected information
 * times the gradient, halved until the likelihood rises. A parameter that would leave its range is
 * put to the range's end and tried again with every step. Standard errors are roots of the diagonal
 * of the inverse information at the maximum, on the told scale by the delta method.
 *
 * @see "Osborne: Fisher's Method of Scoring, International Statistical Review 60(1), 1992"
 */
public final class Calibrator {
  private static final int MOST_STEPS = 200;
  private static final int MOST_HALVINGS = 60;

  /** Gain in log likelihood, by the quadratic model, below which nothing is left to find. */
  private static final double LEFT = 1e-10;

  /** Least eigenvalue of the information scaled to a unit diagonal. */
  private static final double LEAST_EIGENVALUE = 1e-9;

  private static final double NORMAL_975 = 1.959963984540054;

  private final ClickModel model;
  private final List<Answer> answers;
  private final double[] bounds;
  private final double[] theta;
  private final boolean[] held;

  private Calibrator(ClickModel model, List<Answer> answers, Map<String, Double> holds) {
    this.model = model;
    this.answers = answers;
    bounds = model.bounds();
    theta = model.start();
    held = new boolean[theta.length];
    for (int p = 0; p < theta.length; p++) {
      Double given = holds.get(model.parameters().get(p));
      if (given != null) {
        held[p] = true;
        theta[p] = model.searched(p, given);
      }
    }
  }

  /**
   * Learns the parameters of a user model.
   *
   * @param model {@code mnl} or {@code cascade}
   * @param holds parameters that are known, by name
   * @throws IllegalArgumentException if the log can't tell a parameter; the message names it and
   *     what would
   */
  public static Calibration learn(String model, List<Answer> answers, Map<String, Double> holds) {
    long clicks = answers.stream().filter(a -> a.clicked() != Answer.NONE).count();
    if (clicks == 0) {
      throw new IllegalArgumentException(
          "found no click in " + answers.size() + " answers; accepted: a log with clicks");
    }
    return new Calibrator(ClickModels.named(model), answers, holds).learned((int) clicks);
  }

  private Calibration learned(int clicks) {
    Likelihood here = Likelihood.of(model, answers, theta);
    for (int step = 0; ; step++) {
      int[] free = free(here);
      RealMatrix information = information(here, free);
      RealVector gradient = gradient(here, free);
      RealVector move = new CholeskyDecomposition(information).getSolver().solve(gradient);
      if (move.dotProduct(gradient) / 2 < LEFT) {
        return told(here, free, information, clicks);
      }
      Likelihood next = better(here, free, move);
      if (next == null) {
        // No step gains anything that arithmetic can see.
        return told(here, free, information, clicks);
      }
      if (step == MOST_STEPS) {
        throw new IllegalStateException(
            model.name() + ": no maximum after " + step + " steps: " + Arrays.toString(theta));
      }
      here = next;
    }
  }

  /** Parameters that can move: not held, and not pressed against the end of their range. */
  private int[] free(Likelihood here) {
    return IntStream.range(0, theta.length)
        .filter(p -> !held[p] && !(theta[p] >= bounds[p] && here.gradient()[p] >= 0))
        .toArray();
  }

  private RealMatrix information(Likelihood here, int[] free) {
    RealMatrix scaled = new Array2DRowRealMatrix(free.length, free.length);
    RealMatrix information = new Array2DRowRealMatrix(free.length, free.length);
    for (int p = 0; p < free.length; p++) {
      double own = here.information()[free[p]][free[p]];
      if (!(own > answers.size() * 1e-12)) {
        throw untold(List.of(model.parameters().get(free[p])));
      }
      for (int q = 0; q < free.length; q++) {
        double both = here.information()[free[p]][free[q]];
        information.setEntry(p, q, both);
        scaled.setEntry(p, q, both / Math.sqrt(own * here.information()[free[q]][free[q]]));
      }
    }
    EigenDecomposition eigen = new EigenDecomposition(scaled);
    for (int e = 0; e < free.length; e++) {
      if (eigen.getRealEigenvalue(e) < LEAST_EIGENVALUE) {
        RealVector flat = eigen.getEigenvector(e);
        throw untold(
            IntStream.range(0, free.length)
                .filter(p -> Math.abs(flat.getEntry(p)) > 0.1)
                .mapToObj(p -> model.parameters().get(free[p]))
                .toList());
      }
    }
    return information;
  }

  private IllegalArgumentException untold(List<String> names) {
    return new IllegalArgumentException(
        model.name()
            + ": found nothing in the log that tells "
            + String.join(" from ", names)
            + "; accepted: answers that differ in fit, positions and number of ads, or a known"
            + " value: --hold "
            + names.get(names.size() - 1)
            + "=VALUE");
  }

  private static RealVector gradient(Likelihood here, int[] free) {
    return new ArrayRealVector(Arrays.stream(free).mapToDouble(p -> here.gradient()[p]).toArray());
  }

  /** Moves to a likelier place along a direction, or null if there is none. */
  private @Nullable Likelihood better(Likelihood here, int[] free, RealVector move) {
    double[] from = theta.clone();
    double length = 1;
    for (int halving = 0; halving < MOST_HALVINGS; halving++) {
      for (int p = 0; p < free.length; p++) {
        theta[free[p]] = Math.min(bounds[free[p]], from[free[p]] + length * move.getEntry(p));
      }
      Likelihood there = Likelihood.of(model, answers, theta);
      if (there.value() > here.value()) {
        return there;
      }
      length /= 2;
    }
    System.arraycopy(from, 0, theta, 0, theta.length);
    return null;
  }

  private Calibration told(Likelihood here, int[] free, RealMatrix information, int clicks) {
    RealMatrix covariance = new CholeskyDecomposition(information).getSolver().getInverse();
    Map<Integer, Integer> place =
        IntStream.range(0, free.length).boxed().collect(Collectors.toMap(p -> free[p], p -> p));
    List<Estimate> estimates = new ArrayList<>();
    for (int p = 0; p < theta.length; p++) {
      Integer at = place.get(p);
      double error = at == null ? Double.NaN : Math.sqrt(covariance.getEntry(at, at));
      estimates.add(
          new Estimate(
              model.parameters().get(p),
              model.told(p, theta[p]),
              error * model.slope(p, theta[p]),
              model.told(p, theta[p] - NORMAL_975 * error),
              model.told(p, Math.min(bounds[p], theta[p] + NORMAL_975 * error)),
              held[p] ? State.HELD : at == null ? State.AT_BOUND : State.LEARNED));
    }
    return new Calibration(model.name(), estimates, here.value(), answers.size(), clicks);
  }
}
