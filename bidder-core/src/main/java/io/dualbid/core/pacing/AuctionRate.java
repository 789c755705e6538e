package io.dualbid.core.pacing;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Auctions a millisecond whose outcome became known: at first the mean of what was seen, later an
 * exponential average over the last seconds.
 */
final class AuctionRate {
  private static final double MEMORY_MILLIS = 5_000;

  private double perMilli;
  private long measuredMillis;

  /** A period has passed. */
  void measure(long elapsedMillis, long auctions) {
    measuredMillis += elapsedMillis;
    double memory = Math.min(MEMORY_MILLIS, (double) measuredMillis);
    double weight = Math.min(1, elapsedMillis / memory);
    perMilli += weight * ((double) auctions / elapsedMillis - perMilli);
  }

  double perMilli() {
    return perMilli;
  }

  /** The slots of a period: its auctions, as many as usual, or one, whichever is most. */
  double slots(long elapsedMillis, long auctions) {
    return Math.max(1, Math.max((double) auctions, perMilli * elapsedMillis));
  }

  AuctionRate copy() {
    AuctionRate copy = new AuctionRate();
    copy.perMilli = perMilli;
    copy.measuredMillis = measuredMillis;
    return copy;
  }

  void write(DataOutput out) throws IOException {
    out.writeDouble(perMilli);
    out.writeLong(measuredMillis);
  }

  static AuctionRate read(DataInput in) throws IOException {
    AuctionRate rate = new AuctionRate();
    rate.perMilli = in.readDouble();
    rate.measuredMillis = in.readLong();
    return rate;
  }
}
