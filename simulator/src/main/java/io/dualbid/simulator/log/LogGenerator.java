package io.dualbid.simulator.log;

import java.util.SplittableRandom;

/**
 * Makes up auctions, one after the other: the same seed gives the same ones, and a longer log
 * begins with the shorter. Click rates and prices are lognormal, and dearer where clicks are
 * likelier; traffic follows the hour of the day; each segment has a level of its own.
 *
 * <p>Constant memory. Not thread safe.
 */
public final class LogGenerator {
  /** 2026-01-01T00:00:00Z. */
  static final long START_MILLIS = 1_767_225_600_000L;

  private static final double DAY_MILLIS = 86_400_000;
  private static final String[] SEGMENTS = {"auto", "finance", "games", "news", "sports", "travel"};

  /** Auctions a second, on average over the day. */
  private static final double RATE = 100;

  private static final double SEASON = 0.6;
  private static final double MEAN_LOG_RATE = -6.5;
  private static final double SIGMA_LOG_RATE = 0.8;
  private static final double MEAN_LOG_PRICE = 0.6;
  private static final double SIGMA_LOG_PRICE = 0.7;
  private static final double CORRELATION = 0.4;
  private static final double SEGMENT_STEP = 0.2;
  private static final double CONVERSION_RATE = 0.05;
  private static final double MEAN_CONVERSION_HUNDREDTHS = 4_000;
  private static final double MEAN_DELAY_MILLIS = 3_600_000;
  private static final long MILLION = 1_000_000;

  private final SplittableRandom random;
  private final int campaigns;
  private double timeMillis = START_MILLIS;
  private long number;

  /**
   * A generator.
   *
   * @param campaigns how many campaigns rows name in turn, by chance; 0 for none
   */
  public LogGenerator(long seed, int campaigns) {
    if (campaigns < 0) {
      throw new IllegalArgumentException("campaigns must be >= 0: " + campaigns);
    }
    this.random = new SplittableRandom(seed);
    this.campaigns = campaigns;
  }

  GeneratedAuction next() {
    number++;
    double hour = (timeMillis - START_MILLIS) / DAY_MILLIS * 2 * StrictMath.PI;
    double rate = RATE * (1 - SEASON * StrictMath.cos(hour)) / 1_000;
    timeMillis += exponential(1 / rate);
    int segment = random.nextInt(SEGMENTS.length);
    double common = random.nextGaussian();
    double level = SEGMENT_STEP * (segment - (SEGMENTS.length - 1) / 2.0);
    double clickRate = StrictMath.exp(MEAN_LOG_RATE + level + SIGMA_LOG_RATE * common);
    double own = StrictMath.sqrt(1 - CORRELATION * CORRELATION) * random.nextGaussian();
    double price = StrictMath.exp(MEAN_LOG_PRICE + SIGMA_LOG_PRICE * (CORRELATION * common + own));
    long millionths = Math.min(MILLION, Math.max(1, Math.round(clickRate * MILLION)));
    boolean clicked = random.nextDouble() * MILLION < millionths;
    boolean converted = clicked && random.nextDouble() < CONVERSION_RATE;
    return new GeneratedAuction(
        (long) timeMillis,
        Long.toHexString(number),
        campaigns == 0 ? null : "campaign-" + (1 + random.nextInt(campaigns)),
        millionths,
        Math.max(1, Math.round(price * 1_000)),
        clicked,
        converted ? 1 + Math.round(exponential(MEAN_CONVERSION_HUNDREDTHS)) : 0,
        converted ? Math.round(exponential(MEAN_DELAY_MILLIS)) : 0,
        SEGMENTS[segment]);
  }

  private double exponential(double mean) {
    return -mean * StrictMath.log(1 - random.nextDouble());
  }
}
