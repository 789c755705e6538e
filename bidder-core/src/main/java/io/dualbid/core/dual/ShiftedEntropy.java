package io.dualbid.core.dual;

/**
 * Entropy of m + s: {@code μ' = max(0, (μ + s)·exp(-η·g) - s)}. Multiplicative far above the shift,
 * additive (at rate s·η) far below it; reaches zero and leaves it again.
 *
 * <p>With s = 1 the bid factor 1/(1 + μ) of a utility maximiser moves by a factor per step.
 *
 * @param shift s, above 0
 * @param clip largest |η·g| of one step, above 0
 * @param ceiling highest multiplier, above 0
 */
public record ShiftedEntropy(double shift, double clip, double ceiling) implements MirrorMap {
  /** Shift 1, factor of at most e per step. */
  public static final ShiftedEntropy DEFAULT = new ShiftedEntropy(1.0, CLIP, CEILING);

  public ShiftedEntropy {
    if (!(shift > 0 && clip > 0 && ceiling > 0)) {
      throw new IllegalArgumentException(
          "need shift, clip and ceiling > 0: " + shift + ", " + clip + ", " + ceiling);
    }
  }

  @Override
  public double step(double multiplier, double move) {
    if (Double.isNaN(move)) {
      return multiplier;
    }
    double clipped = Math.min(clip, Math.max(-clip, move));
    return clamp((multiplier + shift) * StrictMath.exp(-clipped) - shift);
  }

  @Override
  public double clamp(double multiplier) {
    return Math.min(ceiling, Math.max(0, multiplier));
  }
}
