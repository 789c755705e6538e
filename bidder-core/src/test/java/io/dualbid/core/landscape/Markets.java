package io.dualbid.core.landscape;

import java.util.SplittableRandom;

/** Draws from log-normal markets, for tests. */
final class Markets {
  private Markets() {}

  /** A log-normal draw, by Box and Muller. */
  static double draw(SplittableRandom random, double location, double scale) {
    double radius = Math.sqrt(-2 * Math.log(1 - random.nextDouble()));
    return Math.exp(location + scale * radius * Math.cos(2 * Math.PI * random.nextDouble()));
  }

  /** Expected gain of a value under the truth, for the bid that {@code believed} thinks best. */
  static double gain(PriceLandscape truth, PriceLandscape believed, double value) {
    double bid = believed.bestBid(value);
    return (value - bid) * truth.winProbability(bid);
  }

  /** The share of the highest expected gain that bidding by {@code believed} reaches. */
  static double share(
      PriceLandscape truth, PriceLandscape believed, double location, double scale) {
    SplittableRandom random = new SplittableRandom(99);
    double reached = 0;
    double highest = 0;
    for (int i = 0; i < 5_000; i++) {
      double value = draw(random, location, scale);
      reached += gain(truth, believed, value);
      highest += gain(truth, truth, value);
    }
    return reached / highest;
  }
}
