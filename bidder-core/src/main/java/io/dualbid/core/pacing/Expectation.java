package io.dualbid.core.pacing;

import io.dualbid.core.model.ExpectedCharges;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * What impressions that pay by the click are expected to be charged, by how far they have come:
 *
 * <pre>
 *   free --lease--> leased --bid--> bid --win--> shown --click--> spent (the price, or what is left)
 *     ^               |              |             |
 *     +----expire-----+-----lose-----+-- window ---+
 * </pre>
 *
 * <p>Each impression counts by its probability of a click until it is clicked or its attribution
 * window ends. The sum limits what is leased anew, so that a budget is not promised twice on
 * average; it is no commitment, and a click may cost more than was expected of it. O(1); not thread
 * safe.
 */
final class Expectation {
  private long leased;
  private long bid;
  private long shown;
  private long chargeableUntilMillis = Long.MIN_VALUE;

  /** All that is expected. */
  long total() {
    return Math.addExact(leased, Math.addExact(bid, shown));
  }

  /** Whether a click may still be charged at {@code nowMillis}, or something is leased or bid. */
  boolean isOpen(long nowMillis) {
    return leased != 0 || bid != 0 || shown != 0 || chargeableUntilMillis >= nowMillis;
  }

  /** Leases so much. */
  void lease(long amount) {
    leased = plus(leased, amount);
  }

  /** What is left of a lease is free again. */
  void expire(long amount) {
    leased = plus(leased, -amount);
  }

  /** A bid was drawn from a lease; its clicks are charged up to {@code untilMillis}. */
  void bid(long amount, long untilMillis) {
    leased = plus(leased, -amount);
    recover(amount, untilMillis);
  }

  /** A bid whose lease is not known any more. */
  void recover(long amount, long untilMillis) {
    bid = plus(bid, amount);
    chargeableUntilMillis = Math.max(chargeableUntilMillis, untilMillis);
  }

  /** A bid came to nothing. */
  void lose(long amount) {
    bid = plus(bid, -amount);
  }

  /** A bid was won, and the impression shown. */
  void win(long amount) {
    bid = plus(bid, -amount);
    shown = plus(shown, amount);
  }

  /** An impression was shown of which no bid was open any more. */
  void winLate(long amount) {
    shown = plus(shown, amount);
  }

  /** An impression was clicked, or its window is over. */
  void resolve(long amount) {
    shown = plus(shown, -amount);
  }

  ExpectedCharges summary() {
    return new ExpectedCharges(leased, bid, shown);
  }

  void write(DataOutput out) throws IOException {
    out.writeLong(leased);
    out.writeLong(bid);
    out.writeLong(shown);
    out.writeLong(chargeableUntilMillis);
  }

  void read(DataInput in) throws IOException {
    leased = in.readLong();
    bid = in.readLong();
    shown = in.readLong();
    chargeableUntilMillis = in.readLong();
  }

  private long plus(long before, long amount) {
    long after = Math.addExact(before, amount);
    if (after < 0) {
      throw new LedgerBreach(
          "an expected charge would be "
              + after
              + " nanos: leased "
              + leased
              + ", bid "
              + bid
              + ", shown "
              + shown);
    }
    return after;
  }
}
