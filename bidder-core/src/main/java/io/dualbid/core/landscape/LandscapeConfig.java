package io.dualbid.core.landscape;

/**
 * How a landscape is learned.
 *
 * @param method which estimator to trust
 * @param prior the landscape before the first observation: from training data, or a log-normal
 *     guess; {@link StepLandscape#UNKNOWN} for none, which bids nothing at first
 * @param priorWeight how many known prices the prior counts as, for ever, at least 0; so little
 *     that a minute of traffic outweighs it, and so much that the first losses don't
 * @param halfLifeTicks after so many ticks an observation counts half, above 0; infinite to forget
 *     nothing. Long against the noise, short against the drift: an hour is a fair start
 * @param guessWeight how many observations a log-normal fit to all that was seen counts as beside
 *     them, where prices are not all known; for each group of bids where none is; above 0
 * @param points most steps of a landscape, at least 2
 * @param exactPrices up to so many distinct prices an empirical distribution without prior is
 *     exact, not rounded to ticks; at least 0
 */
public record LandscapeConfig(
    Method method,
    PriceLandscape prior,
    double priorWeight,
    double halfLifeTicks,
    double guessWeight,
    int points,
    int exactPrices) {
  /** Observations that the fit counts as; few enough that a hundred auctions overrule it. */
  private static final double GUESS_WEIGHT = 20;

  private static final int MOST_EXACT_PRICES = 100_000;

  /** Which estimator to trust. */
  public enum Method {
    /** By what is observed: steps, which are right whatever the market looks like. */
    STEPS,
    /** A log-normal fit whatever is observed: two numbers, for few auctions or for few wins. */
    LOG_NORMAL
  }

  public LandscapeConfig {
    if (!(priorWeight >= 0) || Double.isInfinite(priorWeight)) {
      throw new IllegalArgumentException("priorWeight must be >= 0: " + priorWeight);
    }
    if (priorWeight > 0 && !(prior.winProbability(Double.MAX_VALUE) > 0)) {
      throw new IllegalArgumentException("a prior that never wins must weigh 0: " + priorWeight);
    }
    if (!(halfLifeTicks > 0)) {
      throw new IllegalArgumentException("halfLifeTicks must be > 0: " + halfLifeTicks);
    }
    if (!(guessWeight > 0) || Double.isInfinite(guessWeight)) {
      throw new IllegalArgumentException("guessWeight must be > 0: " + guessWeight);
    }
    if (points < 2) {
      throw new IllegalArgumentException("points must be >= 2: " + points);
    }
    if (exactPrices < 0 || exactPrices > MOST_EXACT_PRICES) {
      throw new IllegalArgumentException(
          "exactPrices must be in [0, " + MOST_EXACT_PRICES + "]: " + exactPrices);
    }
  }

  /**
   * Steps of the size that bidders hold, from a prior.
   *
   * @param priorWeight how many known prices the prior counts as
   * @param halfLifeTicks after so many ticks an observation counts half
   */
  public static LandscapeConfig of(PriceLandscape prior, double priorWeight, double halfLifeTicks) {
    return new LandscapeConfig(
        Method.STEPS,
        prior,
        priorWeight,
        halfLifeTicks,
        GUESS_WEIGHT,
        StepLandscape.PUBLISHED_POINTS,
        StepLandscape.PUBLISHED_POINTS);
  }

  /**
   * The empirical distribution of all prices seen, exactly, without prior and forgetting nothing:
   * the published algorithm for full information.
   *
   * @param prices how many distinct ones there may be
   */
  public static LandscapeConfig exact(int prices) {
    return new LandscapeConfig(
        Method.STEPS,
        StepLandscape.UNKNOWN,
        0,
        Double.POSITIVE_INFINITY,
        GUESS_WEIGHT,
        Math.max(2, prices),
        prices);
  }

  /** The same with another method. */
  public LandscapeConfig with(Method other) {
    return new LandscapeConfig(
        other, prior, priorWeight, halfLifeTicks, guessWeight, points, exactPrices);
  }
}
