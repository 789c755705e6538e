package io.dualbid.core.pacing;

import io.dualbid.core.model.BidId;
import io.dualbid.core.model.ClickCounts;
import io.dualbid.core.pacing.EarlierBids.Earlier;
import io.dualbid.core.pacing.ParkedOutcomes.Taker;
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
 * <p>Which bid an outcome speaks of, and whether a bid is a repetition, is a function of append
 * times: a bid stands for its id until {@link PacingConfig#rememberedUntil}. After that the id may
 * come back with another bid. Not thread safe.
 */
final class BidStates {
  private final PacingConfig config;
  private final Commitments commitments;
  private final SettlementTotals totals;
  private final BidBook open = new BidBook();
  private final BidBook expired = new BidBook();
  private final ParkedOutcomes parked;

  /** Bids with an outcome, by the lower half of their id, until when they are remembered. */
  private final RecentIds closed;

  private final ClickBilling clicks;
  private final EarlierBids earlier;

  /** No bids. */
  BidStates(PacingConfig config, Commitments commitments, SettlementTotals totals) {
    this.config = config;
    this.commitments = commitments;
    this.totals = totals;
    parked = new ParkedOutcomes();
    closed = new RecentIds();
    clicks = new ClickBilling(commitments.ledger());
    earlier = new EarlierBids();
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
    closed =
        format >= Settlement.TIMED_IDS_FORMAT
            ? RecentIds.read(in)
            : RecentIds.readGenerations(config.deduplicationMillis(), 2, in);
    clicks = new ClickBilling(commitments.ledger());
    clicks.read(format, in);
    earlier = EarlierBids.read(format, in);
  }

  /** Whether no auction is open and no outcome waits. Clicks may still come. */
  boolean isAtRest() {
    return open.isEmpty() && parked.isEmpty();
  }

  /** Whether a bid of this id that was appended at {@code appendMillis} would be a repetition. */
  boolean isRepeated(BidId id, long appendMillis) {
    return appendMillis <= rememberedUntil(id);
  }

  /** How long the newest bid of an id is remembered; {@link RecentIds#ABSENT} where none is. */
  private long rememberedUntil(BidId id) {
    Reservation kept = find(id);
    return kept == null ? closed.timeOf(id.low()) : config.rememberedUntil(kept.deadlineMillis());
  }

  private @Nullable Reservation find(BidId name) {
    Reservation found = open.find(name);
    if (found == null) {
      found = expired.find(name);
    }
    return found == null ? clicks.find(name) : found;
  }

  /**
   * Which bid a win or loss speaks of that was appended at {@code appendMillis}: the first of its
   * id that was remembered then, or that has no outcome, pays by the click and may still be
   * clicked; else the newest, if it has no outcome and is still here. So the money of a bid is safe
   * from a broker whose clock has stepped ahead.
   *
   * @return the name of the bid, or null where none is known
   */
  @Nullable BidId meant(BidId id, long appendMillis) {
    for (Earlier one : earlier.of(id)) {
      if (appendMillis <= one.untilMillis() || awaitsLateOutcome(one.name(), appendMillis)) {
        return one.name();
      }
    }
    return isRepeated(id, appendMillis) || isUnresolved(id) ? id : null;
  }

  /** Whether a bid that may still be clicked has no outcome though it is remembered no longer. */
  private boolean awaitsLateOutcome(BidId name, long appendMillis) {
    Reservation kept = find(name);
    return kept != null && isUnresolved(name) && kept.mayBeChargedAt(appendMillis);
  }

  /** Whether a win or loss of it would be the first. */
  boolean isUnresolved(BidId name) {
    return open.contains(name) || expired.contains(name);
  }

  boolean isOpen(BidId name) {
    return open.contains(name);
  }

  /** A bid that is no repetition. */
  void open(BidId id, Reservation reservation) {
    long until = rememberedUntil(id);
    if (until != RecentIds.ABSENT) {
      BidId name = earlier.rename(id, until);
      open.rename(id, name);
      expired.rename(id, name);
      clicks.rename(id, name);
    }
    open.put(id, reservation);
  }

  /** Closes a bid that {@link #isUnresolved}; what it had reserved is the caller's. */
  Reservation close(BidId name) {
    Reservation reservation = open.remove(name);
    if (reservation == null) {
      reservation = expired.remove(name);
    }
    if (reservation == null) {
      throw new IllegalStateException("no reservation for bid " + name);
    }
    long until = config.rememberedUntil(reservation.deadlineMillis());
    // An earlier bid of an id that came back ends before the newest.
    closed.put(name.low(), Math.max(until, closed.timeOf(name.low())));
    return reservation;
  }

  /** A bid that pays by the click was won; see {@link ClickBilling#won}. */
  void shown(BidId name, Reservation impression, boolean late) {
    clicks.won(name, impression, late);
  }

  /** Keeps a win or loss until its bid comes. */
  void park(BidId id, Notice notice, long appendMillis) {
    parked.park(id, notice, appendMillis);
  }

  /** Offers the wins, losses and clicks that wait for a bid, in their order. */
  void offerParked(BidId id, Taker taker) {
    parked.offer(id, taker);
  }

  /**
   * A click: it is charged to the first bid of its id that pays by the click, was not clicked and
   * has not lost, up to the first that was remembered when it was appended; where there is none it
   * waits for one that is not known yet.
   */
  void click(BidId id, long appendMillis) {
    for (Earlier one : earlier.of(id)) {
      Reservation kept = find(one.name());
      boolean mayBe = kept != null && kept.mayBeChargedAt(appendMillis);
      if ((mayBe && charge(one.name(), appendMillis)) || appendMillis <= one.untilMillis()) {
        return;
      }
    }
    if (!charge(id, appendMillis) && !isRepeated(id, appendMillis)) {
      parked.park(id, null, appendMillis);
    }
  }

  /**
   * Charges a click to a bid, if that awaits one.
   *
   * @return whether it was charged, be it nothing because nothing was left
   */
  boolean charge(BidId name, long appendMillis) {
    Reservation unresolved = open.find(name);
    if (unresolved != null) {
      if (!unresolved.awaitsClick() || !clicks.charge(unresolved, appendMillis)) {
        return false;
      }
      commitments.release(unresolved);
      open.put(name, unresolved.withClick());
      return true;
    }
    Reservation silent = expired.find(name);
    if (silent != null) {
      if (!silent.awaitsClick() || !clicks.charge(silent, appendMillis)) {
        return false;
      }
      expired.put(name, silent.withClick());
      return true;
    }
    return clicks.clicked(name, appendMillis);
  }

  /** Lets event time pass: bids whose window is over release what they had reserved. */
  void advance(long eventMillis) {
    closed.date(config.rememberedUntil(eventMillis));
    closed.forgetBefore(eventMillis, config.deduplicationMillis());
    clicks.advance(eventMillis);
    long silentSince = eventMillis - config.winWindowMillis() - config.clockSkewMillis();
    for (Map.Entry<BidId, Reservation> silent :
        open.removeEnded(bid -> bid.deadlineMillis() < silentSince)) {
      commitments.release(silent.getValue());
      expired.put(silent.getKey(), silent.getValue());
      totals.expired++;
    }
    expired.forgetEnded(
        bid ->
            config.rememberedUntil(bid.deadlineMillis()) < eventMillis
                && !bid.mayBeChargedAt(eventMillis));
    totals.unmatched += parked.giveUpBefore(eventMillis - config.clockSkewMillis());
    if (!earlier.isEmpty()) {
      earlier.keepOnly(one -> one.untilMillis() >= eventMillis || find(one.name()) != null);
    }
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
    earlier.write(out);
  }
}
