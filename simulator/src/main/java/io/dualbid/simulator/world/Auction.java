package io.dualbid.simulator.world;

/**
 * One auction: what we compete with, and what would come of a win.
 *
 * @param impressionId the impression
 * @param priceNanos the lowest bid that wins, for one impression: the greater of floor and highest
 *     competing bid
 * @param clickRate the click rate that the request predicts, or NaN
 * @param clicked whether the user would click
 * @param converted whether the click would convert
 * @param firstPrice whether the winner pays its bid, and not the lowest that would have won
 */
public record Auction(
    String impressionId,
    long priceNanos,
    double clickRate,
    boolean clicked,
    boolean converted,
    boolean firstPrice) {
  /** A second-price auction. */
  public Auction(
      String impressionId, long priceNanos, double clickRate, boolean clicked, boolean converted) {
    this(impressionId, priceNanos, clickRate, clicked, converted, false);
  }

  public Auction {
    if (priceNanos < 0) {
      throw new IllegalArgumentException("price must be >= 0: " + priceNanos);
    }
  }

  /** The same, where the winner pays its bid. */
  public Auction atFirstPrice() {
    return new Auction(impressionId, priceNanos, clickRate, clicked, converted, true);
  }

  /** What a bid that wins is charged. */
  public long chargeNanos(long bidNanos) {
    return firstPrice ? bidNanos : priceNanos;
  }

  /** Whether a bid wins: an equal one does. */
  public boolean wonBy(long bidNanos) {
    return bidNanos >= priceNanos;
  }
}
