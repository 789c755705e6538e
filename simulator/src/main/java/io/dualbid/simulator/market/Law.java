package io.dualbid.simulator.market;

import org.apache.commons.math3.special.Erf;

/** How value and price of one auction are distributed, the same for all auctions. */
public sealed interface Law permits Law.Uniform, Law.LogNormal {
  /** Draws value and price of the auction with this index. */
  void draw(Stream stream, long index, Draw draw);

  /**
   * Value and price uniform from 0 to their highest.
   *
   * <p>Without correlation the value is draw 2·index and the price draw 2·index + 1 of {@code
   * SplittableRandom(seed)}; with it, both are normal scores mapped to uniform ones (a Gaussian
   * copula), and their own correlation is 6/π·asin(correlation/2).
   *
   * @param highestValue above 0
   * @param highestPrice above 0
   * @param correlation of the normal scores, -1 to 1
   */
  record Uniform(double highestValue, double highestPrice, double correlation) implements Law {
    public Uniform {
      requirePositive(highestValue, highestPrice);
      requireCorrelation(correlation);
    }

    @Override
    public void draw(Stream stream, long index, Draw draw) {
      if (correlation == 0) {
        draw.value = highestValue * stream.uniform(2 * index);
        draw.price = highestPrice * stream.uniform(2 * index + 1);
        return;
      }
      double radius = stream.radius(index);
      double angle = stream.angle(index);
      double common = radius * StrictMath.cos(angle);
      double own = radius * StrictMath.sin(angle);
      draw.value = highestValue * probability(common);
      draw.price = highestPrice * probability(mixed(correlation, common, own));
    }

    private static double probability(double score) {
      return 0.5 * Erf.erfc(-score / Math.sqrt(2));
    }
  }

  /**
   * The logarithms of value and price are jointly normal.
   *
   * @param medianValue above 0
   * @param valueSpread standard deviation of the value's logarithm, at least 0
   * @param medianPrice above 0
   * @param priceSpread standard deviation of the price's logarithm, at least 0
   * @param correlation of the logarithms, -1 to 1
   */
  record LogNormal(
      double medianValue,
      double valueSpread,
      double medianPrice,
      double priceSpread,
      double correlation)
      implements Law {
    public LogNormal {
      requirePositive(medianValue, medianPrice);
      requireCorrelation(correlation);
      if (!(valueSpread >= 0 && priceSpread >= 0)) {
        throw new IllegalArgumentException(
            "spreads must be >= 0: " + valueSpread + ", " + priceSpread);
      }
    }

    @Override
    public void draw(Stream stream, long index, Draw draw) {
      double radius = stream.radius(index);
      double angle = stream.angle(index);
      double common = radius * StrictMath.cos(angle);
      double own = radius * StrictMath.sin(angle);
      draw.value = medianValue * StrictMath.exp(valueSpread * common);
      draw.price = medianPrice * StrictMath.exp(priceSpread * mixed(correlation, common, own));
    }
  }

  private static double mixed(double correlation, double common, double own) {
    return correlation * common + Math.sqrt(1 - correlation * correlation) * own;
  }

  private static void requirePositive(double value, double price) {
    if (!(value > 0 && price > 0)) {
      throw new IllegalArgumentException("value and price must be > 0: " + value + ", " + price);
    }
  }

  private static void requireCorrelation(double correlation) {
    if (!(Math.abs(correlation) <= 1)) {
      throw new IllegalArgumentException("correlation must be in [-1, 1]: " + correlation);
    }
  }
}
