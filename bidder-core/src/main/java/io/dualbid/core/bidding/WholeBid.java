package io.dualbid.core.bidding;

/** Bids in whole units of a log. */
final class WholeBid {
  private WholeBid() {}

  /** The bid rounded down, at most the highest bid and what is left; 0 for NaN. */
  static int capped(double bid, int maxBid, long left) {
    // Narrowing a double saturates, so no bid is too high to be capped.
    return (int) Math.max(0, Math.min(left, Math.min(maxBid, (long) bid)));
  }
}
