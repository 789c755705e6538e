package io.dualbid.core.landscape;

import java.util.Arrays;

/**
 * Estimates F where all that is known is which bids won: the win rate of each group of bids, drawn
 * to a guess F0 and made monotone.
 *
 * <pre>  F(group) = (wins + a·F0(group)) / (tries + a),   then pool adjacent violators</pre>
 *
 * <p>Pooling gives the monotone sequence nearest to the rates in weighted least squares, in one
 * pass; it never enlarges the largest error against a monotone truth. A group spans 2 ticks (4 %),
 * and its rate stands at its middle, so bids taken from the landscape fall on the middles again. A
 * group without tries holds its guess, but for pooling: far from all bids F is what the guess says.
 *
 * @see "Ayer, Brunk, Ewing, Reid, Silverman: An Empirical Distribution Function for Sampling with
 *     Incomplete Information, Annals of Mathematical Statistics 26, 1955"
 */
final class IsotonicRates {
  private static final int TICKS_PER_GROUP = 2;
  private static final int GROUPS = PriceTicks.COUNT / TICKS_PER_GROUP;

  /** Groups without tries where the guess is nearer to 0 or 1 are left out. */
  private static final double TAIL = 1e-5;

  private IsotonicRates() {}

  /**
   * The estimate; known prices are not looked at.
   *
   * @param guessWeight a, how many tries of each group the guess counts as, above 0
   */
  static StepLandscape estimate(PriceObservations seen, PriceLandscape guess, double guessWeight) {
    double guessUnit = guessWeight * seen.unit();
    double[] prices = new double[GROUPS];
    double[] rates = new double[GROUPS];
    double[] weights = new double[GROUPS];
    int size = 0;
    for (int group = 0; group < GROUPS; group++) {
      double wins = 0;
      double tries = 0;
      for (int i = 0; i < TICKS_PER_GROUP; i++) {
        int tick = group * TICKS_PER_GROUP + i;
        wins += seen.won.get(tick);
        tries += seen.won.get(tick) + seen.lost.get(tick);
      }
      double middle = PriceTicks.edge(group * TICKS_PER_GROUP);
      double guessed = guess.winProbability(middle);
      if (tries > 0 || (guessed > TAIL && guessed < 1 - TAIL)) {
        prices[size] = middle;
        weights[size] = tries + guessUnit;
        rates[size] = (wins + guessUnit * guessed) / weights[size];
        size++;
      }
    }
    pool(rates, weights, size);
    return StepLandscape.of(Arrays.copyOf(prices, size), Arrays.copyOf(rates, size));
  }

  /**
   * Replaces the first {@code size} rates by the nearest sequence that never falls.
   *
   * @param weights of the rates, above 0; overwritten
   */
  static void pool(double[] rates, double[] weights, int size) {
    int[] lengths = new int[size];
    int blocks = 0;
    for (int i = 0; i < size; i++) {
      rates[blocks] = rates[i];
      weights[blocks] = weights[i];
      lengths[blocks] = 1;
      while (blocks > 0 && rates[blocks - 1] >= rates[blocks]) {
        double both = weights[blocks - 1] + weights[blocks];
        rates[blocks - 1] += (rates[blocks] - rates[blocks - 1]) * (weights[blocks] / both);
        weights[blocks - 1] = both;
        lengths[blocks - 1] += lengths[blocks];
        blocks--;
      }
      blocks++;
    }
    int to = size;
    while (blocks > 0) {
      blocks--;
      double rate = Math.min(1, Math.max(0, rates[blocks]));
      int from = to - lengths[blocks];
      Arrays.fill(rates, from, to, rate);
      to = from;
    }
  }
}
