package io.dualbid.core.landscape;

import java.util.Arrays;

/**
 * Estimates F from every kind of observation at once: known prices, bids that won and bids that
 * lost at an unknown price. The self-consistent estimate shares each auction of unknown price out
 * among the prices it may have had, in proportion to the estimate itself:
 *
 * <pre>
 *   p(d) = (n(d) + p(d)·[ Σ won at b ≥ d of 1/F(b) + Σ lost at b < d of 1/(1 - F(b)) ]) / N
 * </pre>
 *
 * <p>which is the EM algorithm of the nonparametric likelihood: the likelihood rises with each
 * round. It starts from the known prices and the guess, and stops when no p moves by more than
 * 1e-9, or after 300 rounds, when F is off by a fraction of its statistical error; each round is
 * O(ticks). Slower than the closed forms, so those are preferred where they apply.
 *
 * @see "Turnbull: The Empirical Distribution Function with Arbitrarily Grouped, Censored and
 *     Truncated Data, JRSS B 38, 1976"
 */
final class SelfConsistent {
  /** Enough where a landscape is made now and then. */
  static final int ROUNDS = 300;

  private static final double STILL = 1e-9;

  /** In observations: so much lies at either end, so that no bid wins or loses against nothing. */
  private static final double END_WEIGHT = 1e-6;

  private SelfConsistent() {}

  /**
   * The estimate.
   *
   * @param guess weights of sum 1
   * @param guessWeight how many known prices the guess counts as, above 0
   * @param rounds most rounds, at least 1
   */
  static StepLandscape estimate(
      PriceObservations seen, TickWeights guess, double guessWeight, int rounds) {
    int first = Math.min(guess.first(), Math.min(seen.known.first(), seen.won.first()));
    first = Math.min(first, seen.lost.first());
    int end = Math.max(guess.end(), Math.max(seen.known.end(), seen.won.end()));
    // One tick more, for prices above the highest bid that lost.
    end = Math.max(end, seen.lost.end() + 1);
    int size = end - first;
    double[] known = new double[size];
    double[] won = new double[size];
    double[] lost = new double[size];
    double all = 0;
    for (int i = 0; i < size; i++) {
      known[i] = seen.known.get(first + i) / seen.unit() + guessWeight * guess.get(first + i);
      won[i] = seen.won.get(first + i) / seen.unit();
      lost[i] = seen.lost.get(first + i) / seen.unit();
      known[i] += i == 0 || i == size - 1 ? END_WEIGHT : 0;
      all += known[i] + won[i] + lost[i];
    }
    double[] share = share(known, won, lost, all, rounds);
    double[] prices = new double[size];
    double[] probabilities = new double[size];
    double sum = 0;
    int points = 0;
    for (int i = 0; i < size && first + i < PriceTicks.COUNT; i++) {
      sum += share[i];
      if (share[i] > 0) {
        prices[points] = PriceTicks.edge(first + i);
        probabilities[points] = Math.min(1, sum);
        points++;
      }
    }
    return StepLandscape.of(Arrays.copyOf(prices, points), Arrays.copyOf(probabilities, points));
  }

  private static double[] share(
      double[] known, double[] won, double[] lost, double all, int rounds) {
    int size = known.length;
    double start = 0;
    for (double weight : known) {
      start += weight;
    }
    double[] share = new double[size];
    for (int i = 0; i < size; i++) {
      share[i] = known[i] / start;
    }
    double[] below = new double[size];
    double[] above = new double[size];
    double[] forLost = new double[size];
    for (int round = 0; round < rounds; round++) {
      cumulate(share, below, above);
      double each = 0;
      for (int i = 0; i < size; i++) {
        forLost[i] = each;
        each += lost[i] > 0 ? lost[i] / above[i] : 0;
      }
      double moved = 0;
      double forWon = 0;
      for (int i = size - 1; i >= 0; i--) {
        forWon += won[i] > 0 ? won[i] / below[i] : 0;
        double next = (known[i] + share[i] * (forWon + forLost[i])) / all;
        moved = Math.max(moved, Math.abs(next - share[i]));
        share[i] = next;
      }
      if (moved <= STILL) {
        break;
      }
    }
    return share;
  }

  /** Sums up to and including each tick, and above each tick; both are sums of positive terms. */
  private static void cumulate(double[] share, double[] below, double[] above) {
    double sum = 0;
    for (int i = 0; i < share.length; i++) {
      sum += share[i];
      below[i] = sum;
    }
    sum = 0;
    for (int i = share.length - 1; i >= 0; i--) {
      above[i] = sum;
      sum += share[i];
    }
  }
}
