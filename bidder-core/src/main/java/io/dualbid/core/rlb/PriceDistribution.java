package io.dualbid.core.rlb;

import java.util.Arrays;

/**
 * The probabilities m(d) of whole market prices d = 0, 1, 2, …; immutable.
 *
 * @see "Cai, Ren, Zhang et al.: Real-Time Bidding by Reinforcement Learning in Display Advertising,
 *     WSDM 2017, and the code published with it"
 */
public final class PriceDistribution {
  private final double[] probabilities;

  private PriceDistribution(double[] probabilities) {
    this.probabilities = probabilities;
  }

  /**
   * The smoothed distribution of a histogram: {@code m(d) = (counts[d] + laplace) / (Σ counts +
   * laplace · length)}.
   *
   * @param counts auctions at each price from 0; at least one price, no count below 0
   * @param laplace what is added to each count, at least 0; the published code adds 1
   */
  public static PriceDistribution of(long[] counts, double laplace) {
    double total = laplace * counts.length;
    for (long count : counts) {
      if (count < 0) {
        throw new IllegalArgumentException("a count must be >= 0: " + count);
      }
      total += count;
    }
    if (!(laplace >= 0 && total > 0 && total < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "need laplace >= 0 and at least one auction: " + laplace + ", " + total);
    }
    double[] probabilities = new double[counts.length];
    for (int price = 0; price < counts.length; price++) {
      probabilities[price] = (counts[price] + laplace) / total;
    }
    return new PriceDistribution(probabilities);
  }

  /** The probability of a price; 0 above the highest of the histogram. */
  public double at(int price) {
    return price < probabilities.length ? probabilities[price] : 0;
  }

  /** Number of prices, from 0. */
  public int prices() {
    return probabilities.length;
  }

  /** The probabilities of the prices from 0 to {@code highest}. */
  double[] upTo(int highest) {
    return Arrays.copyOf(probabilities, highest + 1);
  }
}
