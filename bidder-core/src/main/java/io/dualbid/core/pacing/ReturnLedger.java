package io.dualbid.core.pacing;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * The return on spend of one campaign as money: what wins earned towards it, value over target,
 * less what they cost. Where it is kept strictly, bids may exceed what they earn only out of this
 * slack, which is leased to bidders and reserved for bids as the budget is:
 *
 * <pre>  slack - reserved - leased ≥ 0</pre>
 *
 * <p>is checked after every change. A win pays at most its bid, so the slack is then at least 0 at
 * every moment of the journal. Facts are let in as they are: a charge of the past that only now
 * becomes known may leave less, and until wins have made it good no bid exceeds what it earns.
 *
 * <p>There are two clocks. The slack above credits a win at once with what it is expected to be
 * worth. The realised one credits what clicks and conversions bring, when they do: what the
 * advertiser sees. Where predictions are held against what is realised, the smaller of the two is
 * what may be leased; the realised one may be below 0, since a win costs at once.
 *
 * <p>If the target changes, slack earned under the old one is kept as money. All amounts in nanos.
 * O(1), no allocation; not thread safe.
 *
 * @see "Feng, Padmanabhan, Wang: Online Bidding Algorithms for Return-on-Spend Constrained
 *     Advertisers, WWW 2023 (the constraint); the guard is our own"
 */
final class ReturnLedger {
  private long slack;
  private long reserved;
  private long leased;
  private long floor;
  private long realised;
  private boolean guardsRealised;

  /** What wins earned less what they cost. */
  long slack() {
    return slack;
  }

  /** What clicks and conversions brought less what wins cost. */
  long realisedSlack() {
    return realised;
  }

  /** Whether the realised slack limits what may be leased. */
  void guardRealised(boolean guards) {
    guardsRealised = guards;
  }

  /** What bids not yet made may exceed their credit by. */
  long available() {
    long free = free();
    return Math.max(0, guardsRealised ? Math.min(free, free - slack + realised) : free);
  }

  /** A click or conversion brought something, or less than it was said to. */
  void realise(long credit) {
    realised = Saturating.plus(realised, credit);
  }

  /** What wins of the past are expected to earn has changed: a fact. */
  void correct(long credit) {
    slack = Saturating.plus(slack, credit);
    floor = Math.min(floor, free());
    check();
  }

  /** What is leased and not drawn. */
  long leased() {
    return leased;
  }

  /** Free slack becomes leased. */
  void lease(long risk) {
    if (risk > available()) {
      throw breach("lease of " + risk + " above what is available");
    }
    leased = Math.addExact(leased, risk);
    check();
  }

  /** Leased slack becomes reserved for a bid. */
  void reserve(long risk) {
    leased -= risk;
    reserved = Math.addExact(reserved, risk);
    check();
  }

  /** A bid is won; what was reserved for it is free again. */
  void settle(long risk, long credit, long price) {
    reserved -= risk;
    slack = Math.addExact(slack, Math.subtractExact(credit, price));
    realise(-price);
    check();
  }

  /** A bid whose risk nothing was reserved for is won: a fact. */
  void settleAsFact(long credit, long price) {
    slack = Math.addExact(slack, Math.subtractExact(credit, price));
    realise(-price);
    floor = Math.min(floor, free());
    check();
  }

  /** A bid is lost. */
  void release(long risk) {
    reserved -= risk;
    check();
  }

  /** What is left of a lease becomes free. */
  void expire(long risk) {
    leased -= risk;
    check();
  }

  private long free() {
    return Math.subtractExact(slack, Math.addExact(reserved, leased));
  }

  private void check() {
    if (reserved < 0 || leased < 0) {
      throw breach("negative amount");
    }
    long free = free();
    if (free < floor) {
      throw breach("more at risk than there is");
    }
    floor = Math.min(0, free);
  }

  private LedgerBreach breach(String what) {
    return new LedgerBreach(
        what + " of slack: slack " + slack + ", reserved " + reserved + ", leased " + leased);
  }

  void write(DataOutput out) throws IOException {
    out.writeLong(slack);
    out.writeLong(reserved);
    out.writeLong(leased);
    out.writeLong(floor);
    out.writeLong(realised);
    out.writeBoolean(guardsRealised);
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @param format the version of the state; before 3 nothing was kept of what is realised
   */
  static ReturnLedger read(int format, DataInput in) throws IOException {
    ReturnLedger ledger = new ReturnLedger();
    ledger.slack = in.readLong();
    ledger.reserved = in.readLong();
    ledger.leased = in.readLong();
    ledger.floor = in.readLong();
    if (format >= Settlement.LATE_VALUES_FORMAT) {
      ledger.realised = in.readLong();
      ledger.guardsRealised = in.readBoolean();
    }
    ledger.check();
    return ledger;
  }
}
