package io.dualbid.core.dual;

/**
 * How far a step goes: η as a function of the steps taken and of the gradients seen. Stateless; the
 * state is the {@link DualVariable}'s.
 */
public sealed interface StepSize {
  /**
   * The step size.
   *
   * @param step number of this step, from 1
   * @param sumOfSquares sum of the squared gradients up to and including this step's
   */
  double at(long step, double sumOfSquares);

  /**
   * The same for all steps; c / sqrt(T) is what the guarantees for a known horizon T assume.
   *
   * @param size η, above 0
   */
  record Constant(double size) implements StepSize {
    public Constant {
      requirePositive(size);
    }

    @Override
    public double at(long step, double sumOfSquares) {
      return size;
    }
  }

  /**
   * c / sqrt(t), for an unknown horizon.
   *
   * @param numerator c, above 0
   */
  record InverseRoot(double numerator) implements StepSize {
    public InverseRoot {
      requirePositive(numerator);
    }

    @Override
    public double at(long step, double sumOfSquares) {
      return numerator / Math.sqrt((double) step);
    }
  }

  /**
   * c / sqrt(t0 + sum of g²), as AdaGrad: free of scale, and calm where wins are rare and each
   * moves the gradient far.
   *
   * @param numerator c, above 0
   * @param offset t0, at least 0
   * @see "Duchi, Hazan, Singer: Adaptive Subgradient Methods, JMLR 12, 2011"
   */
  record Adaptive(double numerator, double offset) implements StepSize {
    public Adaptive {
      requirePositive(numerator);
      if (!(offset >= 0)) {
        throw new IllegalArgumentException("offset must be >= 0: " + offset);
      }
    }

    @Override
    public double at(long step, double sumOfSquares) {
      return numerator / Math.sqrt(offset + sumOfSquares);
    }
  }

  private static void requirePositive(double size) {
    if (!(size > 0)) {
      throw new IllegalArgumentException("a step size must be > 0: " + size);
    }
  }
}
