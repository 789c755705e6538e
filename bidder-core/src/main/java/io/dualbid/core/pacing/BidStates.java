package io.dualbid.core.pacing;

import io.dualbid.core.model.BidId;
import io.dualbid.core.model.ClickCounts;
import io.dualbid.core.pacing.Settlement.Notice;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where each bid of a campaign stands, and which outcomes wait for their bid.
 *
 * <pre>
 *   open --win, loss--> closed          (a win that pays by the click: under way until its window ends)
 *    |                    ^
 *    +--silence--> expired+             (a win or click may still come)
 * </pre>
 *
 * <p>Closed bids are recognised for the deduplication window at least. Not thread safe.
 */
final class BidStates {
  private final PacingConfig config;
  private final Commitments commitments;
  private final SettlementTotals totals;
  private final BidBook open = new BidBook();
  private final BidBook expired = new BidBook();
  private final ParkedOutcomes parked;
  private final RecentIds closed;
  private final ClickBilling clicks;

  /** No bids. */
  BidStates(PacingConfig config, Commitments commitments, SettlementTotals totals) {
    this.config = config;
    this.commitments = commitments;
    this.totals = totals;
    parked = new ParkedOutcomes();
    closed = new RecentIds(config.deduplicationMillis());
    clicks = new ClickBilling(commitments.ledger());
  }

  /** What {@link #write} wrote; fields are read in the order in which they were written. */
  BidStates(
      PacingConfig config,
      Commitments commitments,
      SettlementTotals totals,
      int format,
      DataInput in)
      throws IOException {
    this.config = config;
    this.commitments = commitments;
    this.totals = totals;
    open.read(format, in);
    expired.read(format, in);
    parked = ParkedOutcomes.read(format, in);
    closed = RecentIds.read(config.deduplicationMillis(), in);
    clicks = new ClickBilling(commitments.ledger());
    clicks.read(format, in);
  }

  /** Whether no auction is open and no outcome waits. Clicks may still come. */
  boolean isAtRest() {
    return open.isEmpty() && parked.isEmpty();
  }

  boolean isKnown(BidId bid) {
    return open.contains(bid)
        || expired.contains(bid)
        || clicks.isUnderWay(bid)
        || closed.contains(bid.low());
  }

  /** Whether a win or loss of it would be the first. */
  boolean isUnresolved(BidId bid) {
    return open.contains(bid) || expired.contains(bid);
  }

  boolean isOpen(BidId bid) {
    return open.contains(bid);
  }

  void open(BidId bid, Reservation reservation) {
    open.put(bid, reservation);
  }

  /** Closes a bid that {@link #isUnresolved}; what it had reserved is the caller's. */
  Reservation close(BidId bid) {
    Reservation reservation = open.remove(bid);
    if (reservation == null) {
      reservation = expired.remove(bid);
    }
    if (reservation == null) {
      throw new IllegalStateException("no reservation for bid " + bid);
    }
    closed.add(bid.low());
    return reservation;
  }

  /** A bid that pays by the click was won; see {@link ClickBilling#won}. */
  void shown(BidId bid, Reservation impression, boolean late) {
    clicks.won(bid, impression, late);
  }

  /** Keeps a win or loss of an unknown bid until the bid comes; a repeated one is counted. */
  void park(BidId bid, Notice notice, long appendMillis) {
    if (isKnown(bid) || !parked.park(bid, notice, appendMillis)) {
      totals.duplicates++;
    }
  }

  /** The win or loss that waited for a bid, or null. */
  @Nullable Notice takeNotice(BidId bid) {
    return parked.takeNotice(bid);
  }

  /** Charges the click that waited for a bid, if one did. */
  void chargeParkedClick(BidId bid) {
    Long appendMillis = parked.takeClick(bid);
    if (appendMillis != null) {
      charge(bid, appendMillis);
    }
  }

  /** Charges a click, if its bid pays by it; waits for the bid where that is not known yet. */
  void charge(BidId bid, long appendMillis) {
    Reservation unresolved = open.find(bid);
    Reservation silent = expired.find(bid);
    if (unresolved != null) {
      if (unresolved.awaitsClick() && clicks.charge(unresolved, appendMillis)) {
        commitments.release(unresolved);
        open.put(bid, unresolved.withClick());
      }
    } else if (silent != null) {
      if (silent.awaitsClick() && clicks.charge(silent, appendMillis)) {
        expired.put(bid, silent.withClick());
      }
    } else if (clicks.isUnderWay(bid)) {
      clicks.clicked(bid, appendMillis);
    } else if (!closed.contains(bid.low())) {
      parked.parkClick(bid, appendMillis);
    }
  }

  /** Lets event time pass: bids whose window is over release what they had reserved. */
  void advance(long eventMillis) {
    closed.advance(eventMillis);
    clicks.advance(eventMillis, closed);
    long silentSince = eventMillis - config.winWindowMillis() - config.clockSkewMillis();
    for (Map.Entry<BidId, Reservation> silent :
        open.removeEnded(bid -> bid.deadlineMillis() < silentSince)) {
      commitments.release(silent.getValue());
      expired.put(silent.getKey(), silent.getValue());
      totals.expired++;
    }
    long forgotten = silentSince - config.deduplicationMillis();
    expired.forgetEnded(
        bid -> bid.deadlineMillis() < forgotten && !bid.mayBeChargedAt(eventMillis));
    totals.unmatched += parked.giveUpBefore(eventMillis - config.clockSkewMillis());
  }

  /** What became of the clicks that are paid for. */
  ClickCounts clickCounts() {
    return clicks.counts();
  }

  /** What impressions so far were expected to be charged by their clicks, in nanos. */
  long attemptedNanos() {
    return clicks.attemptedNanos();
  }

  void write(DataOutput out) throws IOException {
    open.write(out);
    expired.write(out);
    parked.write(out);
    closed.write(out);
    clicks.write(out);
  }
}
