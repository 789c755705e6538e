package io.dualbid.simulator.world;

/**
 * One second-price auction: what we compete with, and what would come of a win.
 *
 * @param impressionId the impression
 * @param priceNanos what a win costs, for one impression: the greater of floor and highest
 *     competing bid
 * @param clickRate the click rate that the request predicts, or NaN
 * @param clicked whether the user would click
 * @param converted whether the click would convert
 */
public record Auction(
    String impressionId, long priceNanos, double clickRate, boolean clicked, boolean converted) {
  public Auction {
    if (priceNanos < 0) {
      throw new IllegalArgumentException("price must be >= 0: " + priceNanos);
    }
  }

  /** Whether a bid wins: an equal one does. */
  public boolean wonBy(long bidNanos) {
    return bidNanos >= priceNanos;
  }
}
