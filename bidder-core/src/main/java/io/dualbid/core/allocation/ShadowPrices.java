package io.dualbid.core.allocation;

import io.dualbid.core.dual.DualVariable;
import java.util.Arrays;
import java.util.List;

/**
 * One price μ for each resource, and the target ρ of each: what a slot may consume on average.
 *
 * <p>A slot moves each price by mirror descent with the gradient (ρ - consumption) / scale, all in
 * units of the resource. Every resource has its own map, step size and start: they are its {@link
 * DualVariable}'s. The scale is
 *
 * <ul>
 *   <li>1, {@linkplain #plain plain}: what the guarantees are stated for; the step size is then in
 *       reward per squared unit of the resource and fits one instance only;
 *   <li>ρ, {@linkplain #normalised normalised}: under the entropy map the step size is a pure
 *       number, and decisions depend on no unit; under the others the same holds where rewards and
 *       resource are both money. A resource without a target isn't stepped;
 *   <li>any number above 0, {@linkplain #scaled scaled}.
 * </ul>
 *
 * <p>O(resources) a slot, no allocation; not thread safe. Multipliers stay within the bounds of
 * their maps whatever is consumed.
 *
 * @see "Balseiro, Lu, Mirrokni: The Best of Many Worlds: Dual Mirror Descent for Online Allocation
 *     Problems, Operations Research 71(1), 2023, Algorithm 1"
 */
public final class ShadowPrices {
  /** Lowest step size while the horizon is a guess: slower ones could not follow drift. */
  private static final double DRIFT_STEP = 0.1;

  private final DualVariable[] duals;
  private final double[] multiplier;
  private final double[] target;
  private final double[] scale;
  private final boolean normalised;
  private double lowestStep;

  private ShadowPrices(List<DualVariable> duals, double[] scale, boolean normalised) {
    if (duals.isEmpty() || duals.size() != scale.length) {
      throw new IllegalArgumentException(
          "need as many scales as resources, at least 1: " + duals.size() + ", " + scale.length);
    }
    for (double each : scale) {
      if (!(each > 0)) {
        throw new IllegalArgumentException("a scale must be > 0: " + each);
      }
    }
    this.duals = duals.toArray(new DualVariable[0]);
    this.scale = scale.clone();
    this.normalised = normalised;
    this.multiplier = new double[scale.length];
    this.target = new double[scale.length];
    for (int j = 0; j < multiplier.length; j++) {
      multiplier[j] = this.duals[j].multiplier();
    }
  }

  /** Prices moved by ρ - consumption. */
  public static ShadowPrices plain(List<DualVariable> duals) {
    return new ShadowPrices(duals, filled(duals.size()), false);
  }

  /** Prices moved by (ρ - consumption) / ρ. */
  public static ShadowPrices normalised(List<DualVariable> duals) {
    return new ShadowPrices(duals, filled(duals.size()), true);
  }

  /** Prices moved by (ρ - consumption) / scale, with one scale above 0 for each resource. */
  public static ShadowPrices scaled(List<DualVariable> duals, double... scale) {
    return new ShadowPrices(duals, scale, false);
  }

  /** Number of resources. */
  public int resources() {
    return multiplier.length;
  }

  /** The price of one unit of a resource. */
  public double multiplier(int resource) {
    return multiplier[resource];
  }

  /** What a slot may consume of a resource on average, in units. */
  public double target(int resource) {
    return target[resource];
  }

  /** Number of gradients that were not a number and had no effect. */
  public long faults() {
    long faults = 0;
    for (DualVariable dual : duals) {
      faults += dual.faults();
    }
    return faults;
  }

  /** The prices; not to be written to. */
  double[] multipliers() {
    return multiplier;
  }

  /** Plans what is left, in units, evenly over the slots that are left; prices are kept. */
  void plan(int resource, double left, Horizon horizon) {
    target[resource] = horizon.isOver() ? 0 : left / horizon.left();
    lowestStep =
        normalised && !horizon.isKnown() ? DRIFT_STEP / Math.sqrt((double) horizon.length()) : 0;
  }

  /** One slot that consumed so many units of a resource. */
  void step(int resource, double consumption) {
    double gradient = (target[resource] - consumption) / scale(resource);
    move(resource, gradient, gradient * gradient, 1);
  }

  /**
   * Slots that consumed nothing, at once; the same as one by one for a constant step size and an
   * inactive clip.
   */
  void idle(long slots) {
    for (int j = 0; j < duals.length; j++) {
      double gradient = target[j] / scale(j);
      move(j, slots * gradient, slots * (gradient * gradient), slots);
    }
  }

  private double scale(int resource) {
    return normalised ? target[resource] : scale[resource];
  }

  private void move(int resource, double gradient, double squares, long slots) {
    if (normalised && !(target[resource] > 0)) {
      return;
    }
    duals[resource].advance(gradient, squares, slots, lowestStep, Double.POSITIVE_INFINITY);
    multiplier[resource] = duals[resource].multiplier();
  }

  private static double[] filled(int resources) {
    double[] ones = new double[resources];
    Arrays.fill(ones, 1);
    return ones;
  }
}
