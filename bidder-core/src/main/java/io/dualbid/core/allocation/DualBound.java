package io.dualbid.core.allocation;

import io.dualbid.core.model.Money;

/**
 * A certificate of how much could have been earned at most: for any prices μ ≥ 0
 *
 * <pre>  D(μ) = Σ_j B_j·μ_j + Σ_t max(0, max over options of f - ⟨μ, b⟩)</pre>
 *
 * <p>is at least the hindsight optimum of the requests seen, hence at least what any policy earns
 * within the capacities B. It needs no solver and no memory of the requests; the closer μ is to the
 * optimal dual, the tighter it is.
 *
 * <p>O(options · resources) a request, no allocation; not thread safe.
 */
public final class DualBound {
  private final double[] multiplier;
  private double surplus;

  /** The bound of these prices, each finite and at least 0. */
  public DualBound(double... multiplier) {
    for (double each : multiplier) {
      if (!(each >= 0) || Double.isInfinite(each)) {
        throw new IllegalArgumentException("a price must be finite and >= 0: " + each);
      }
    }
    this.multiplier = multiplier.clone();
  }

  /** Counts one request. */
  public void observe(Options options) {
    int best = options.best(multiplier);
    if (best != Options.NULL_ACTION) {
      surplus += options.score(best, multiplier);
    }
  }

  /**
   * The bound, in the unit of the rewards.
   *
   * @param capacity limits in nanos
   */
  public double of(Capacity capacity) {
    double bound = surplus;
    for (int j = 0; j < multiplier.length; j++) {
      bound += Money.units(capacity.limit(j)) * multiplier[j];
    }
    return bound;
  }
}
