package io.dualbid.core.placement.value;

import java.util.function.DoublePredicate;

/** Where a monotone condition begins to hold, to the last bit. */
final class Bisection {
  private Bisection() {}

  /**
   * The least double above {@code below} that meets the condition, given that all greater ones do.
   *
   * @param below doesn't meet it
   * @param above meets it
   */
  static double first(double below, double above, DoublePredicate holds) {
    double no = below;
    double yes = above;
    while (true) {
      double middle = no / 2 + yes / 2;
      if (middle <= no || middle >= yes) {
        return yes;
      }
      if (holds.test(middle)) {
        yes = middle;
      } else {
        no = middle;
      }
    }
  }
}
