package io.dualbid.core.pacing;

import io.dualbid.core.model.LedgerSummary;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * One hard limit on money and everything that is committed against it.
 *
 * <pre>  spent + reserved + leased ≤ ceiling</pre>
 *
 * <p>is checked after every change, in production too. The ceiling is the limit, with two
 * exceptions that are facts and no decisions of ours: a limit that is cut below what is already
 * committed leaves the ceiling at the commitment, and so does a charge or bid of the past that only
 * now becomes known. From there the ceiling falls with the commitment until it is the limit again,
 * and until then nothing more is committed.
 *
 * <p>What clicks are expected to be charged is kept beside, as an {@link Expectation}: it limits
 * what may be leased, yet is no commitment. A click is charged what {@link #chargeable} leaves, so
 * it never breaks the line above.
 *
 * <p>All amounts in nanos. O(1), no allocation; not thread safe.
 */
final class SpendCap {
  private long limit;
  private long ceiling;
  private long spent;
  private long reserved;
  private long leased;
  private final Expectation expected = new Expectation();

  SpendCap(long limit) {
    requireNotNegative(limit);
    this.limit = limit;
    this.ceiling = limit;
  }

  /** What may still be leased. */
  long available() {
    return Math.max(0, limit - committed() - expected.total());
  }

  /** What clicks may still be charged: all that is neither spent nor promised. */
  long chargeable() {
    return Math.max(0, limit - committed());
  }

  /** What clicks are expected to be charged. */
  Expectation expected() {
    return expected;
  }

  long spent() {
    return spent;
  }

  /** Whether something is neither spent nor free. */
  boolean isOpen(long nowMillis) {
    return reserved != 0 || leased != 0 || expected.isOpen(nowMillis);
  }

  /** Raises or cuts the limit; nothing that is committed is taken back. */
  void setLimit(long newLimit) {
    requireNotNegative(newLimit);
    limit = newLimit;
    ceiling = Math.max(newLimit, committed());
  }

  /** Free money becomes leased. */
  void lease(long amount) {
    requireNotNegative(amount);
    if (amount > available()) {
      throw new LedgerBreach("lease of " + amount + " above what is available", summary());
    }
    leased = Math.addExact(leased, amount);
    check();
  }

  /** Leased money becomes reserved for a bid. */
  void reserve(long amount) {
    requireNotNegative(amount);
    leased -= amount;
    reserved = Math.addExact(reserved, amount);
    check();
  }

  /** Money reserved for a bid becomes spent up to its price, and free beyond. */
  void settle(long amount, long price) {
    requireNotNegative(price);
    if (price > amount) {
      throw new LedgerBreach("price " + price + " above the reserved " + amount, summary());
    }
    reserved -= amount;
    spent = Math.addExact(spent, price);
    check();
  }

  /** Reserved money becomes free. */
  void release(long amount) {
    requireNotNegative(amount);
    reserved -= amount;
    check();
  }

  /** What is left of a lease becomes free. */
  void expire(long amount) {
    requireNotNegative(amount);
    leased -= amount;
    check();
  }

  /** A bid of the past of whose lease nothing is known any more: a fact. */
  void recover(long amount) {
    requireNotNegative(amount);
    reserved = Math.addExact(reserved, amount);
    ceiling = Math.max(ceiling, committed());
    check();
  }

  /** A charge for a bid whose reservation had ended: a fact. */
  void chargeLate(long price) {
    requireNotNegative(price);
    spent = Math.addExact(spent, price);
    ceiling = Math.max(ceiling, committed());
    check();
  }

  /** A click is charged; a fact that what is left must cover. */
  void chargeClick(long price) {
    requireNotNegative(price);
    if (price > chargeable()) {
      throw new LedgerBreach("click of " + price + " above what is left", summary());
    }
    spent = Math.addExact(spent, price);
    check();
  }

  LedgerSummary summary() {
    return new LedgerSummary(limit, ceiling, spent, reserved, leased, expected.summary());
  }

  void write(DataOutput out) throws IOException {
    out.writeLong(limit);
    out.writeLong(ceiling);
    out.writeLong(spent);
    out.writeLong(reserved);
    out.writeLong(leased);
    expected.write(out);
  }

  /**
   * Reads what {@link #write} wrote; see {@link #requireSound}.
   *
   * @param format the version of the state; before 4 nobody paid by the click
   */
  static SpendCap read(int format, DataInput in) throws IOException {
    SpendCap cap = new SpendCap(in.readLong());
    cap.ceiling = in.readLong();
    cap.spent = in.readLong();
    cap.reserved = in.readLong();
    cap.leased = in.readLong();
    if (format >= Settlement.PER_CLICK_FORMAT) {
      cap.expected.read(in);
    }
    return cap;
  }

  /**
   * Makes sure that the amounts are ones that changes come to.
   *
   * @throws LedgerBreach if they aren't
   */
  void requireSound() {
    check();
  }

  private long committed() {
    return Math.addExact(spent, Math.addExact(reserved, leased));
  }

  private void check() {
    if (spent < 0 || reserved < 0 || leased < 0) {
      throw new LedgerBreach("negative amount", summary());
    }
    long committed = committed();
    if (committed > ceiling) {
      throw new LedgerBreach("more committed than allowed", summary());
    }
    ceiling = Math.max(limit, committed);
  }

  private static void requireNotNegative(long amount) {
    if (amount < 0) {
      throw new IllegalArgumentException("amount must be >= 0: " + amount);
    }
  }
}
