package io.dualbid.core.pacing;

import io.dualbid.core.model.Bid;
import io.dualbid.core.model.BidId;
import io.dualbid.core.model.Campaign;
import io.dualbid.core.model.ClickCounts;
import io.dualbid.core.model.Lease;
import io.dualbid.core.model.LedgerSummary;
import io.dualbid.core.model.Outcome;
import io.dualbid.core.model.PerClick;
import io.dualbid.core.model.Strategy;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Folds the journal of one campaign into its ledger: leases granted, bids issued, outcomes learned,
 * time passed. Any record may come twice, and an outcome before its bid; each counts once.
 *
 * <ul>
 *   <li>A bid counts if the broker appended it by its deadline, and its id is not that of a bid
 *       that is remembered. It is drawn from its lease. A bid on a lease that is not known can only
 *       be one of an earlier life of this ledger that was lost; it is reserved as a fact.
 *   <li>A win is charged at its price, never above the bid; a loss releases the bid. An outcome
 *       that is read before its bid waits for it, and the lease covers it until then.
 *   <li>A bid without an outcome is released when event time passes its deadline by the win window
 *       and the clock skew. A win that comes later is charged all the same and counted as late.
 *   <li>An outcome for which no bid was read by the time event time passes it is unmatched.
 *   <li>A bid that pays by the click costs nothing but its click: see {@link ClickBilling}. A click
 *       proves its impression, so it is charged though the win be still unknown, or never told.
 * </ul>
 *
 * <p>What is repeated, and which bid an outcome speaks of, follows from append times and from the
 * windows of {@link PacingConfig#rememberedUntil} and {@link PacingConfig#outcomeMemoryMillis}, not
 * from when a record is read. Not thread safe.
 */
public final class Settlement {
  /** The version of the state since which it holds what comes of wins later. */
  static final int LATE_VALUES_FORMAT = 3;

  /** The version of the state since which it holds what is paid by the click. */
  static final int PER_CLICK_FORMAT = 4;

  /** The version of the state since which what is remembered of ids tells its time. */
  static final int TIMED_IDS_FORMAT = 5;

  private final PacingConfig config;
  private final long recoverUntilMillis;
  private final Commitments commitments;
  private final BidStates bids;
  private final LateValues values;
  private final SettlementTotals totals;

  /** Who wants to know what became of a bid. */
  public interface Listener {
    /** A bid was drawn from a lease of this subtask. */
    void drawn(int subtask, Bid bid);

    /**
     * The outcome of a bid is known.
     *
     * @param decidedMillis when the bid was decided
     * @param amountNanos what was reserved for it
     * @param priceNanos what it was charged, or is expected to be where it pays by the click; 0 for
     *     a loss
     * @param creditNanos what it earned towards the return on spend; 0 for a loss, or where none is
     *     kept
     * @param outcome the notice
     */
    void resolved(
        long decidedMillis, long amountNanos, long priceNanos, long creditNanos, Notice outcome);

    /** A win was charged after its reservation had ended. */
    void chargedLate(long priceNanos, long creditNanos);

    /** What wins of the past are expected to earn has changed by so much. */
    default void corrected(long creditNanos) {}
  }

  /**
   * What a notice says of an auction.
   *
   * @param win whether the bid won
   * @param priceNanos the stated price of a win
   * @param minimumToWinNanos the lowest bid that would have won, or {@link Outcome#UNKNOWN}
   * @param timeMillis when it was, by the exchange's clock
   */
  public record Notice(boolean win, long priceNanos, long minimumToWinNanos, long timeMillis) {
    static Notice of(Outcome outcome) {
      return new Notice(
          outcome.kind() == Outcome.Kind.WIN,
          outcome.priceNanos(),
          outcome.minimumToWinNanos(),
          outcome.timeMillis());
    }
  }

  /**
   * An empty fold.
   *
   * @param ledger the money, owned by this fold from now on
   * @param recoverUntilMillis bids appended up to here may stem from leases of an earlier life
   *     whose state was lost; such bids are facts. Later a bid on an unknown lease is a breach
   */
  public Settlement(PacingConfig config, Ledger ledger, long recoverUntilMillis) {
    this.config = config;
    this.recoverUntilMillis = recoverUntilMillis;
    ReturnLedger returns = new ReturnLedger();
    commitments = new Commitments(ledger, returns, new LeaseBook(), recoverUntilMillis);
    totals = new SettlementTotals();
    bids = new BidStates(config, commitments, totals);
    values = new LateValues(config, totals, returns);
  }

  /** What {@link #write} wrote; fields are read in the order in which they were written. */
  private Settlement(PacingConfig config, int format, DataInput in) throws IOException {
    this.config = config;
    recoverUntilMillis = in.readLong();
    Ledger ledger = Ledger.read(format, in);
    ReturnLedger returns = ReturnLedger.read(format, in);
    totals = SettlementTotals.read(format, in);
    commitments = new Commitments(ledger, returns, LeaseBook.read(format, in), recoverUntilMillis);
    bids = new BidStates(config, commitments, totals, format, in);
    values = LateValues.read(config, totals, returns, format, in);
  }

  /** The money. */
  public LedgerSummary summary() {
    return commitments.ledger().summary();
  }

  /** The ledger itself, for plans and allotments; its commitments are made here only. */
  public Ledger ledger() {
    return commitments.ledger();
  }

  /** What wins are expected to earn towards the return on spend less what they cost, in nanos. */
  public long slackNanos() {
    return commitments.returns().slack();
  }

  /** What clicks and conversions brought towards it less what wins cost, in nanos. */
  public long realisedSlackNanos() {
    return commitments.returns().realisedSlack();
  }

  /** What to multiply predicted values by, 0.5 to 2; 1 where they are taken as they are. */
  public double calibration() {
    return values.factor();
  }

  /** What the wins of the attribution window were predicted to earn, in nanos. */
  public long windowCreditNanos() {
    return values.windowCreditNanos();
  }

  /** The campaign bids so from now on; slack of the past is kept as money. */
  public void follow(Campaign campaign) {
    PerClick perClick = campaign.perClick();
    values.follow(campaign.strategy(), perClick == null ? 0 : perClick.windowMillis());
  }

  /** The same for one that pays for impressions. */
  public void follow(Strategy strategy) {
    values.follow(strategy, 0);
  }

  /** What became of the clicks that are paid for. */
  public ClickCounts clicks() {
    return bids.clickCounts();
  }

  /**
   * What impressions that pay by the click were expected to be charged so far, clicked or not and
   * those in auction too, as a share of the budget.
   */
  public double load() {
    LedgerSummary money = summary();
    double attempted = (double) bids.attemptedNanos() + money.expected().bidNanos();
    return attempted == 0 ? 0 : attempted / Math.max(1, money.budgetNanos());
  }

  /** Slack that may be leased. */
  long availableSlack() {
    return commitments.returns().available();
  }

  /** Slack that is leased and not drawn. */
  long leasedSlack() {
    return commitments.returns().leased();
  }

  /** Sets both budgets. */
  public void setBudgets(long budgetNanos, @Nullable Long dailyBudgetNanos) {
    ledger().setBudgets(budgetNanos, dailyBudgetNanos);
  }

  /** The counts so far. */
  public SettlementTotals totals() {
    return totals;
  }

  /** Whether nothing is leased, reserved or waiting. Clicks may still come. */
  public boolean isAtRest() {
    return commitments.leases().isEmpty() && bids.isAtRest();
  }

  /** What an incarnation can still spend after {@code timeMillis}. */
  long leftOf(long incarnation, long timeMillis) {
    return commitments.leases().left(incarnation, timeMillis);
  }

  /** Commits a lease. */
  void grant(Lease lease) {
    commitments.grant(lease);
  }

  /**
   * Folds in a bid.
   *
   * @param appendMillis when the broker appended it
   * @throws LedgerBreach if no lease covers it though one should
   */
  public void bid(Bid bid, long appendMillis, Listener listener) {
    if (!bid.validAt(appendMillis)) {
      totals.lateBids++;
      return;
    }
    BidId id = bid.id();
    if (bids.isRepeated(id, appendMillis)) {
      totals.duplicateBids++;
      return;
    }
    bids.open(id, commitments.reserve(bid, appendMillis, totals, listener));
    totals.bids++;
    long until = config.rememberedUntil(bid.deadlineMillis());
    bids.offerParked(
        id,
        parked -> {
          Notice early = parked.notice;
          boolean itsOwn = parked.appendMillis <= until;
          if (early == null) {
            return bids.charge(id, parked.appendMillis) || itsOwn;
          }
          boolean meant = itsOwn || bids.isUnresolved(id);
          if (meant) {
            resolveOnce(id, early, appendMillis, listener);
          }
          return meant;
        });
  }

  /**
   * Folds in an outcome.
   *
   * @param appendMillis when the broker appended it
   */
  public void outcome(Outcome outcome, long appendMillis, Listener listener) {
    switch (outcome.kind()) {
      case WIN, LOSS -> notice(outcome.bidId(), Notice.of(outcome), appendMillis, listener);
      case CLICK, CONVERSION, CORRECTION -> {
        if (!values.isNew(outcome, appendMillis)) {
          totals.duplicates++;
          return;
        }
        long credit = values.fold(outcome, appendMillis);
        if (credit != 0) {
          listener.corrected(credit);
        }
        if (outcome.kind() == Outcome.Kind.CLICK) {
          bids.click(outcome.bidId(), appendMillis);
        }
      }
    }
  }

  private void notice(BidId id, Notice notice, long appendMillis, Listener listener) {
    BidId meant = bids.meant(id, appendMillis);
    if (meant == null) {
      bids.park(id, notice, appendMillis);
    } else {
      resolveOnce(meant, notice, appendMillis, listener);
    }
  }

  /** Of the wins and losses of a bid the first counts. */
  private void resolveOnce(BidId bid, Notice notice, long nowMillis, Listener listener) {
    if (bids.isUnresolved(bid)) {
      resolve(bid, notice, nowMillis, listener);
    } else {
      totals.duplicates++;
    }
  }

  /** Lets event time pass: what was released by it is free afterwards. */
  public void advance(long eventMillis) {
    values.advance(eventMillis);
    commitments.expireLeases(eventMillis - config.clockSkewMillis());
    bids.advance(eventMillis);
  }

  private void resolve(BidId bid, Notice notice, long nowMillis, Listener listener) {
    boolean late = !bids.isOpen(bid);
    Reservation reservation = bids.close(bid);
    if (!notice.win()) {
      totals.losses++;
      if (!late) {
        commitments.release(reservation);
        listener.resolved(reservation.decidedMillis(), reservation.amountNanos(), 0, 0, notice);
      }
      return;
    }
    totals.wins++;
    totals.lateWins += late ? 1 : 0;
    totals.addValue(reservation.value());
    long cost;
    if (reservation.paysPerClick()) {
      // The impression itself costs nothing; pacing reckons with what its click is expected to.
      cost = reservation.amountNanos();
      bids.shown(bid, reservation, late);
    } else {
      cost = Math.min(notice.priceNanos(), reservation.amountNanos());
      totals.disputed += cost < notice.priceNanos() ? 1 : 0;
      if (reservation.earns()) {
        values.won(notice.timeMillis(), reservation.value(), nowMillis);
      }
      commitments.charge(reservation, cost, late);
    }
    long credit = reservation.earns() ? reservation.creditNanos() : 0;
    if (late) {
      listener.chargedLate(cost, credit);
    } else {
      listener.resolved(
          reservation.decidedMillis(), reservation.amountNanos(), cost, credit, notice);
    }
  }

  /** Writes the state. */
  public void write(DataOutput out) throws IOException {
    out.writeLong(recoverUntilMillis);
    ledger().write(out);
    commitments.returns().write(out);
    totals.write(out);
    commitments.leases().write(out);
    bids.write(out);
    values.write(out);
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @param format the version of the state that it is part of, 2 to 5
   */
  public static Settlement read(PacingConfig config, int format, DataInput in) throws IOException {
    return new Settlement(config, format, in);
  }
}
