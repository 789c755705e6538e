package io.dualbid.core.dual;

/**
 * The reference function h of mirror descent, as the closed form of its step
 *
 * <pre>  μ' = argmin over m ≥ 0 of  η·⟨g, m⟩ + V_h(m, μ)</pre>
 *
 * <p>where V_h is the Bregman distance of h. All maps are O(1), allocate nothing, and answer with a
 * multiplier within their bounds whatever they are given: a product η·g that is not a number leaves
 * the multiplier where it was, since a fault must never become the lowest multiplier, which is the
 * highest bid.
 *
 * <p>{@code StrictMath.exp} is used so that the same events give the same bits on every platform.
 *
 * @see "Balseiro, Lu, Mirrokni: The Best of Many Worlds: Dual Mirror Descent for Online Allocation
 *     Problems, Operations Research 71(1), 2023, Algorithm 1"
 */
public sealed interface MirrorMap permits Euclidean, Entropy, ShiftedEntropy {
  /** Highest multiplier where no tighter bound is known. */
  double CEILING = 1e12;

  /** Lowest multiplier of the entropy map, which could never leave 0. */
  double ENTROPY_FLOOR = 1e-12;

  /** Largest |η·g| of one step of the entropy maps: a factor of at most e. */
  double CLIP = 1.0;

  /**
   * The multiplier after one step.
   *
   * @param multiplier the multiplier before, within the bounds of the map
   * @param move η·g, positive where less was spent than planned; any double
   */
  double step(double multiplier, double move);

  /** The nearest multiplier within the bounds of the map. */
  double clamp(double multiplier);
}
