package io.dualbid.core.dual;

/**
 * Projected gradient descent: h = m²/2, {@code μ' = max(0, μ - η·g)}. Reaches zero and leaves it
 * again.
 *
 * @param ceiling highest multiplier, above 0
 */
public record Euclidean(double ceiling) implements MirrorMap {
  /** Bounded by {@link MirrorMap#CEILING} only. */
  public static final Euclidean DEFAULT = new Euclidean(CEILING);

  public Euclidean {
    if (!(ceiling > 0)) {
      throw new IllegalArgumentException("ceiling must be > 0: " + ceiling);
    }
  }

  @Override
  public double step(double multiplier, double move) {
    return Double.isNaN(move) ? multiplier : clamp(multiplier - move);
  }

  @Override
  public double clamp(double multiplier) {
    return Math.min(ceiling, Math.max(0, multiplier));
  }
}
