package io.dualbid.simulator.exchange;

import io.dualbid.core.model.BidId;
import io.dualbid.core.model.Hash;

/**
 * How long notices take. Each delay is drawn evenly between its bounds by a function of (seed,
 * bid).
 *
 * @param noticeMinMillis shortest way of a win or loss notice
 * @param noticeMaxMillis longest
 * @param clickMinMillis shortest time from a win to its click
 * @param clickMaxMillis longest
 * @param conversionMinMillis shortest time from a click to its conversion
 * @param conversionMaxMillis longest
 */
public record Delays(
    long noticeMinMillis,
    long noticeMaxMillis,
    long clickMinMillis,
    long clickMaxMillis,
    long conversionMinMillis,
    long conversionMaxMillis) {
  /** Notices at once or nearly so, clicks within two seconds, conversions within two more. */
  public static final Delays SHORT = new Delays(0, 20, 200, 2_000, 200, 2_000);

  public Delays {
    requireBounds("notice", noticeMinMillis, noticeMaxMillis);
    requireBounds("click", clickMinMillis, clickMaxMillis);
    requireBounds("conversion", conversionMinMillis, conversionMaxMillis);
  }

  /** Time from a bid to its win or loss notice. */
  public long notice(long seed, BidId bid) {
    return drawn(seed, bid, 1, noticeMinMillis, noticeMaxMillis);
  }

  /** Time from a win to its click. */
  public long click(long seed, BidId bid) {
    return drawn(seed, bid, 2, clickMinMillis, clickMaxMillis);
  }

  /** Time from a click to its conversion. */
  public long conversion(long seed, BidId bid) {
    return drawn(seed, bid, 3, conversionMinMillis, conversionMaxMillis);
  }

  private static long drawn(long seed, BidId bid, long purpose, long min, long max) {
    double u = Hash.unit(Hash.mix(seed ^ bid.low() ^ (purpose * Hash.GOLDEN_GAMMA)));
    return min + (long) (u * (max - min + 1));
  }

  private static void requireBounds(String what, long min, long max) {
    if (min < 0 || max < min) {
      throw new IllegalArgumentException(
          what + " delay must satisfy 0 <= min <= max: " + min + "ms, " + max + "ms");
    }
  }
}
