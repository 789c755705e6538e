package io.dualbid.simulator.fit;

import java.util.List;

/**
 * What a log of clicks says of a user model's parameters.
 *
 * @param model name of the user model
 * @param estimates its parameters
 * @param logLikelihood of the log at the estimates, natural logarithm
 * @param answers how many the log has
 * @param clicks how many of them ended with a click
 */
public record Calibration(
    String model, List<Estimate> estimates, double logLikelihood, int answers, int clicks) {
  public Calibration {
    estimates = List.copyOf(estimates);
  }

  /**
   * A parameter.
   *
   * @throws IllegalArgumentException if the model has none of that name
   */
  public Estimate estimate(String name) {
    return estimates.stream()
        .filter(estimate -> estimate.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException(model + " has no parameter " + name));
  }

  /**
   * Akaike's criterion: {@code 2 · (learned parameters) - 2 · logLikelihood}. Of two models of one
   * log the one with less explains it better.
   */
  public double akaike() {
    long learned = estimates.stream().filter(e -> e.state() != Estimate.State.HELD).count();
    return 2 * (learned - logLikelihood);
  }
}
