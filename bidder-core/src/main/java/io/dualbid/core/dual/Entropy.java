package io.dualbid.core.dual;

/**
 * Multiplicative weights: h = m·ln m - m, {@code μ' = μ·exp(-η·g)}. A step is a factor, so one step
 * size serves multipliers of any magnitude; zero is never reached.
 *
 * @param clip largest |η·g| of one step, above 0
 * @param floor lowest multiplier, above 0
 * @param ceiling highest multiplier, at least {@code floor}
 */
public record Entropy(double clip, double floor, double ceiling) implements MirrorMap {
  /** Factor of at most e per step, multipliers from 1e-12 to 1e12. */
  public static final Entropy DEFAULT = new Entropy(CLIP, ENTROPY_FLOOR, CEILING);

  public Entropy {
    if (!(clip > 0 && floor > 0 && ceiling >= floor)) {
      throw new IllegalArgumentException(
          "need clip > 0 and 0 < floor <= ceiling: " + clip + ", " + floor + ", " + ceiling);
    }
  }

  @Override
  public double step(double multiplier, double move) {
    if (Double.isNaN(move)) {
      return multiplier;
    }
    double clipped = Math.min(clip, Math.max(-clip, move));
    return clamp(multiplier * StrictMath.exp(-clipped));
  }

  @Override
  public double clamp(double multiplier) {
    return Math.min(ceiling, Math.max(floor, multiplier));
  }
}
