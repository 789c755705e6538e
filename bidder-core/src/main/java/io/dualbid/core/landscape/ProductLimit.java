package io.dualbid.core.landscape;

import java.util.Arrays;

/**
 * Estimates F where prices are known or known to be at most a bid that won: the product-limit
 * estimator, read from the top.
 *
 * <p>With the known prices d sorted downwards,
 *
 * <pre>
 *   F(x) = product over d > x of (1 - n(d) / r(d))
 *   n(d)   how often the price was d
 *   r(d)   auctions known to have a price of at most d: known ones and wins with a bid below d
 * </pre>
 *
 * <p>A win with a bid of just d, or of the same tick, says nothing about whether the price was d
 * (the source's ties are the other way round, and there censoring is strict). Bids taken from a
 * landscape are upper edges of ticks, so this is exact for them.
 *
 * <p>Where every price is known this is the empirical distribution, whose largest error exceeds
 * √(ln(2/δ)/2n) with a probability of at most δ. It rests on wins being censored independently of
 * the price: a bidder whose bids follow what others bid needs a landscape for each segment.
 *
 * <p>A guess counts as some more known prices, spread as it says. Prices lie at the upper edges of
 * their ticks, so at most 2 % too high. O(ticks).
 *
 * @see "Kaplan, Meier: Nonparametric Estimation from Incomplete Observations, JASA 53, 1958;
 *     Massart: The Tight Constant in the Dvoretzky-Kiefer-Wolfowitz Inequality, 1990"
 */
final class ProductLimit {
  private ProductLimit() {}

  /**
   * The estimate; what lost to an unknown price is not looked at.
   *
   * @param guess weights of sum 1, or none
   * @param guessWeight how many observations the guess counts as, at least 0
   */
  static StepLandscape estimate(PriceObservations seen, TickWeights guess, double guessWeight) {
    double guessUnit = guessWeight * seen.unit();
    int first = Math.min(seen.known.first(), seen.won.first());
    int end = Math.max(seen.known.end(), seen.won.end());
    if (guessUnit > 0) {
      first = Math.min(first, guess.first());
      end = Math.max(end, guess.end());
    }
    int size = Math.max(0, end - first);
    double[] known = new double[size];
    double[] atRisk = new double[size];
    double sum = 0;
    int lowest = size;
    for (int i = 0; i < size; i++) {
      known[i] = seen.known.get(first + i) + guessUnit * guess.get(first + i);
      sum += known[i];
      atRisk[i] = sum;
      sum += seen.won.get(first + i);
      if (sum > 0) {
        lowest = Math.min(lowest, i);
      }
    }
    double[] prices = new double[size];
    double[] probabilities = new double[size];
    double probability = 1;
    int from = size;
    for (int i = size - 1; i >= lowest; i--) {
      // The lowest tick may hold only wins: a bid there is known to win, below it nothing is.
      if (known[i] > 0 || i == lowest) {
        from--;
        prices[from] = PriceTicks.edge(first + i);
        probabilities[from] = probability;
        probability *= known[i] > 0 ? Math.max(0, 1 - known[i] / atRisk[i]) : 1;
      }
    }
    return StepLandscape.of(
        Arrays.copyOfRange(prices, from, size), Arrays.copyOfRange(probabilities, from, size));
  }
}
