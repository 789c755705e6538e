package io.dualbid.core.matching;

/** How the gain of a vertex is discounted as its load rises. */
public enum Discount {
  /**
   * {@code max(0, 1 - e^(load - 1))}, as for budgets; 0 from load 1 on, where the second key, the
   * least load, decides.
   */
  MSVV {
    @Override
    public double of(double load) {
      return Math.max(0, 1 - StrictMath.exp(load - 1));
    }
  },
  /**
   * {@code e^(-load)}: how likely a vertex of capacity 1 is to be still there under vanishing
   * probabilities. It discounts for ever, so it is the one for long series of failures.
   */
  EXP {
    @Override
    public double of(double load) {
      return StrictMath.exp(-load);
    }
  },
  /** The load alone: probabilities and weights are not looked at. */
  BALANCE {
    @Override
    public double of(double load) {
      return -load;
    }
  };

  /** The factor; for {@link #BALANCE}, which is none, the key itself. */
  public abstract double of(double load);
}
