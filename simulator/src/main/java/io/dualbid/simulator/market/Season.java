package io.dualbid.simulator.market;

import io.dualbid.core.model.Plan;
import java.util.List;

/**
 * Hours of the week differ: prices and values follow the traffic of the hour, {@code factor =
 * (weight / mean weight)^elasticity}, and where traffic does too, the clock runs so that each hour
 * has its share of the week's auctions. The stream begins on a Monday at midnight.
 *
 * @param weights traffic of the 168 hours of a week, at least 0, not all 0
 * @param auctionsPerHour mean number of auctions in an hour, at least 1
 * @param traffic whether auctions come in proportion to the weights; if not, evenly
 * @param valueElasticity how values follow the weights
 * @param priceElasticity how prices do
 */
public record Season(
    List<Double> weights,
    int auctionsPerHour,
    boolean traffic,
    double valueElasticity,
    double priceElasticity)
    implements Effect {
  /** Milliseconds of an hour. */
  static final long HOUR = 3_600_000L;

  private static final double LEAST_WEIGHT = 1e-3;

  public Season {
    weights = List.copyOf(weights);
    // The rules are those of a plan.
    new Plan(Plan.Shape.TRAFFIC, weights);
    if (auctionsPerHour < 1) {
      throw new IllegalArgumentException("auctionsPerHour must be >= 1: " + auctionsPerHour);
    }
  }

  /**
   * A smooth week: the traffic of an hour is 1 + amplitude·sin, highest at 18 h and lowest at 6 h,
   * and at weekends a fifth less.
   *
   * @param amplitude 0 to 1
   */
  public static List<Double> smooth(double amplitude) {
    Double[] weights = new Double[Plan.HOURS_PER_WEEK];
    for (int h = 0; h < weights.length; h++) {
      double day = 1 - amplitude * StrictMath.sin(2 * Math.PI * (h % 24 + 0.5) / 24);
      weights[h] = Math.max(LEAST_WEIGHT, day * (h / 24 >= 5 ? 0.8 : 1));
    }
    return List.of(weights);
  }

  /** Auctions of a week. */
  public long auctionsPerWeek() {
    return (long) Plan.HOURS_PER_WEEK * auctionsPerHour;
  }

  @Override
  public Change on(Stream stream, long horizon) {
    Calendar calendar = new Calendar(this);
    double mean = weights.stream().mapToDouble(Double::doubleValue).sum() / weights.size();
    Factors[] hourly = new Factors[weights.size()];
    for (int h = 0; h < hourly.length; h++) {
      double weight = Math.max(LEAST_WEIGHT, weights.get(h) / mean);
      hourly[h] =
          new Factors(
              StrictMath.pow(weight, valueElasticity), StrictMath.pow(weight, priceElasticity));
    }
    return (index, draw) -> hourly[calendar.hourOfWeek(index)].apply(draw);
  }
}
