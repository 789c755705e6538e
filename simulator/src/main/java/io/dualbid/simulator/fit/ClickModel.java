package io.dualbid.simulator.fit;

import java.util.List;

/**
 * A user model as a likelihood: from parameters to the probability of a click on each ad of an
 * answer, with derivatives. The last outcome, that nothing is clicked, is what is left.
 */
interface ClickModel {
  /** As it is named in files and on the command line. */
  String name();

  /** Names of the parameters, as they are told. */
  List<String> parameters();

  /** Where the search begins, on the scale that is searched. */
  double[] start();

  /**
   * Upper bound of each parameter on the scale that is searched; positive infinity where there is
   * none.
   */
  double[] bounds();

  /**
   * Probabilities of clicks.
   *
   * @param theta parameters on the scale that is searched
   * @param click {@code click[ad]}, filled
   * @param score {@code score[ad][parameter]}, derivatives of the logarithm of {@code click[ad]},
   *     filled
   * @return false if the parameters give no probabilities for this answer
   */
  boolean fill(Answer answer, double[] theta, double[] click, double[][] score);

  /**
   * A parameter that is told, on the scale that is searched.
   *
   * @throws IllegalArgumentException if it is out of its range
   */
  double searched(int parameter, double told);

  /** A parameter as it is told. */
  double told(int parameter, double theta);

  /** Derivative of {@link #told}. */
  double slope(int parameter, double theta);
}
