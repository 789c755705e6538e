package io.dualbid.simulator.market;

/**
 * How much more an auction is worth and costs.
 *
 * @param value factor of the value, at least 0
 * @param price factor of the price, at least 0
 */
public record Factors(double value, double price) {
  public Factors {
    if (!(value >= 0 && price >= 0)) {
      throw new IllegalArgumentException("factors must be >= 0: " + value + ", " + price);
    }
  }

  void apply(Draw draw) {
    draw.scale(value, price);
  }
}
