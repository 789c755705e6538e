package io.dualbid.core.pacing;

import io.dualbid.core.model.Bid;
import io.dualbid.core.model.BidId;
import io.dualbid.core.model.Lease;
import io.dualbid.core.model.LedgerSummary;
import io.dualbid.core.model.Outcome;
import io.dualbid.core.model.Strategy;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Folds the journal of one campaign into its ledger: leases granted, bids issued, outcomes learned,
 * time passed. Any record may come twice, and an outcome before its bid; each counts once.
 *
 * <ul>
 *   <li>A bid counts if the broker appended it by its deadline, the first time its id is seen. It
 *       is drawn from its lease. A bid on a lease that is not known can only be one of an earlier
 *       life of this ledger that was lost; it is reserved as a fact.
 *   <li>A win is charged at its price, never above the bid; a loss releases the bid. An outcome
 *       that is read before its bid waits for it, and the lease covers it until then.
 *   <li>A bid without an outcome is released when event time passes its deadline by the win window
 *       and the clock skew. A win that comes later is charged all the same and counted as late.
 *   <li>An outcome for which no bid was read by the time event time passes it is unmatched.
 * </ul>
 *
 * <p>Outcomes are recognised as repeated for the deduplication window at least. Not thread safe.
 */
public final class Settlement {
  /** The version of the state since which it holds what comes of wins later. */
  static final int LATE_VALUES_FORMAT = 3;

  private final PacingConfig config;
  private final long recoverUntilMillis;
  private final Ledger ledger;
  private final ReturnLedger returns;
  private final LeaseBook leases;
  private final LinkedHashMap<BidId, Reservation> open = new LinkedHashMap<>();
  private final LinkedHashMap<BidId, Reservation> expired = new LinkedHashMap<>();
  private final LinkedHashMap<BidId, Parked> parked = new LinkedHashMap<>();
  private final RecentIds closedBids;
  private final LateValues values;
  private final SettlementTotals totals;

  /** A win or loss that was read before its bid. */
  private record Parked(Notice notice, long appendMillis) {}

  /** Who wants to know what became of a bid. */
  public interface Listener {
    /** A bid was drawn from a lease of this subtask. */
    void drawn(int subtask, Bid bid);

    /**
     * The outcome of a bid is known.
     *
     * @param decidedMillis when the bid was decided
     * @param amountNanos what was reserved for it
     * @param priceNanos what it was charged; 0 for a loss
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
  public record Notice(boolean win, long priceNanos, long minimumToWinNanos, long timeMillis) {}

  /**
   * An empty fold.
   *
   * @param ledger the money, owned by this fold from now on
   * @param recoverUntilMillis bids appended up to here may stem from leases of an earlier life
   *     whose state was lost; such bids are facts. Later a bid on an unknown lease is a breach
   */
  public Settlement(PacingConfig config, Ledger ledger, long recoverUntilMillis) {
    this(
        config,
        recoverUntilMillis,
        ledger,
        new ReturnLedger(),
        new SettlementTotals(),
        new LeaseBook(),
        new RecentIds(config.deduplicationMillis()));
  }

  private Settlement(
      PacingConfig config,
      long recoverUntilMillis,
      Ledger ledger,
      ReturnLedger returns,
      SettlementTotals totals,
      LeaseBook leases,
      RecentIds closedBids) {
    this(
        config,
        recoverUntilMillis,
        ledger,
        returns,
        totals,
        leases,
        closedBids,
        new LateValues(config, totals, returns));
  }

  private Settlement(
      PacingConfig config,
      long recoverUntilMillis,
      Ledger ledger,
      ReturnLedger returns,
      SettlementTotals totals,
      LeaseBook leases,
      RecentIds closedBids,
      LateValues values) {
    this.config = config;
    this.recoverUntilMillis = recoverUntilMillis;
    this.ledger = ledger;
    this.returns = returns;
    this.totals = totals;
    this.leases = leases;
    this.closedBids = closedBids;
    this.values = values;
  }

  /** The money. */
  public LedgerSummary summary() {
    return ledger.summary();
  }

  /** The ledger itself, for plans and allotments; its commitments are made here only. */
  public Ledger ledger() {
    return ledger;
  }

  /** What wins are expected to earn towards the return on spend less what they cost, in nanos. */
  public long slackNanos() {
    return returns.slack();
  }

  /** What clicks and conversions brought towards it less what wins cost, in nanos. */
  public long realisedSlackNanos() {
    return returns.realisedSlack();
  }

  /** What to multiply predicted values by, 0.5 to 2; 1 where they are taken as they are. */
  public double calibration() {
    return values.factor();
  }

  /** What the wins of the attribution window were predicted to earn, in nanos. */
  public long windowCreditNanos() {
    return values.windowCreditNanos();
  }

  /** The campaign bids by this strategy from now on; slack of the past is kept as money. */
  public void follow(Strategy strategy) {
    values.follow(strategy);
  }

  /** Slack that may be leased. */
  long availableSlack() {
    return returns.available();
  }

  /** Slack that is leased and not drawn. */
  long leasedSlack() {
    return returns.leased();
  }

  /** Sets both budgets. */
  public void setBudgets(long budgetNanos, @Nullable Long dailyBudgetNanos) {
    ledger.setBudgets(budgetNanos, dailyBudgetNanos);
  }

  /** The counts so far. */
  public SettlementTotals totals() {
    return totals;
  }

  /** Whether nothing is leased, reserved or waiting. */
  public boolean isAtRest() {
    return leases.isEmpty() && open.isEmpty() && parked.isEmpty();
  }

  /** What an incarnation can still spend after {@code timeMillis}. */
  long leftOf(long incarnation, long timeMillis) {
    return leases.left(incarnation, timeMillis);
  }

  /** Commits a lease. */
  void grant(Lease lease) {
    ledger.lease(lease.day(), lease.amountNanos());
    if (lease.slackNanos() != Lease.ANY_SLACK) {
      returns.lease(lease.slackNanos());
    }
    leases.add(lease);
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
    if (open.containsKey(bid.id())
        || expired.containsKey(bid.id())
        || closedBids.contains(bid.id().low())) {
      totals.duplicateBids++;
      return;
    }
    long risk = reserve(bid, appendMillis, listener);
    totals.bids++;
    open.put(bid.id(), Reservation.of(bid, risk));
    Parked early = parked.remove(bid.id());
    if (early != null) {
      resolve(bid.id(), early.notice, appendMillis, listener);
    }
  }

  /** Reserves money for a bid, and slack, whose amount is answered. */
  private long reserve(Bid bid, long appendMillis, Listener listener) {
    LeaseBook.Open lease = leases.find(bid.leaseId());
    if (lease == null) {
      if (appendMillis > recoverUntilMillis) {
        throw new LedgerBreach(
            "bid " + bid.id() + " on lease " + bid.leaseId() + ", which is not open",
            ledger.summary());
      }
      ledger.recover(bid.day(), bid.amountNanos());
      totals.recoveredBids++;
      return 0;
    }
    if (bid.amountNanos() > lease.left()) {
      throw new LedgerBreach(
          "bid "
              + bid.id()
              + " of "
              + bid.amountNanos()
              + " on lease "
              + bid.leaseId()
              + " with "
              + lease.left()
              + " left",
          ledger.summary());
    }
    long risk = lease.limitsSlack() ? bid.riskNanos() : 0;
    if (risk > lease.slack()) {
      throw new LedgerBreach(
          "bid "
              + bid.id()
              + " with "
              + risk
              + " at risk on lease "
              + bid.leaseId()
              + " with slack of "
              + lease.slack()
              + " left");
    }
    ledger.reserve(lease.day, bid.amountNanos());
    returns.reserve(risk);
    lease.draw(bid.amountNanos(), risk);
    listener.drawn(lease.subtask, bid);
    return risk;
  }

  /**
   * Folds in an outcome.
   *
   * @param appendMillis when the broker appended it
   */
  public void outcome(Outcome outcome, long appendMillis, Listener listener) {
    switch (outcome.kind()) {
      case WIN, LOSS -> {
        Notice notice =
            new Notice(
                outcome.kind() == Outcome.Kind.WIN,
                outcome.priceNanos(),
                outcome.minimumToWinNanos(),
                outcome.timeMillis());
        if (open.containsKey(outcome.bidId()) || expired.containsKey(outcome.bidId())) {
          resolve(outcome.bidId(), notice, appendMillis, listener);
        } else if (closedBids.contains(outcome.bidId().low())
            || parked.containsKey(outcome.bidId())) {
          totals.duplicates++;
        } else {
          parked.put(outcome.bidId(), new Parked(notice, appendMillis));
        }
      }
      case CLICK, CONVERSION, CORRECTION -> {
        long credit = values.fold(outcome, appendMillis);
        if (credit != 0) {
          listener.corrected(credit);
        }
      }
    }
  }

  /** Lets event time pass: what was released by it is free afterwards. */
  public void advance(long eventMillis) {
    closedBids.advance(eventMillis);
    values.advance(eventMillis);
    for (LeaseBook.Open lease :
        leases.removeExpiredBefore(eventMillis - config.clockSkewMillis())) {
      ledger.expire(lease.day, lease.left());
      if (lease.limitsSlack()) {
        returns.expire(lease.slack());
      }
    }
    long silentSince = eventMillis - config.winWindowMillis() - config.clockSkewMillis();
    Iterator<Map.Entry<BidId, Reservation>> bids = open.entrySet().iterator();
    while (bids.hasNext()) {
      // Kept in the order of the journal, so deadlines rise but for the spread of tmax; one that is
      // passed over is released a little later, never too early.
      Map.Entry<BidId, Reservation> bid = bids.next();
      if (bid.getValue().deadlineMillis() >= silentSince) {
        break;
      }
      bids.remove();
      ledger.release(bid.getValue().day(), bid.getValue().amountNanos());
      returns.release(bid.getValue().riskNanos());
      expired.put(bid.getKey(), bid.getValue());
      totals.expired++;
    }
    long forgotten = silentSince - config.deduplicationMillis();
    expired.values().removeIf(reservation -> reservation.deadlineMillis() < forgotten);
    Iterator<Parked> waiting = parked.values().iterator();
    while (waiting.hasNext()) {
      if (waiting.next().appendMillis >= eventMillis - config.clockSkewMillis()) {
        break;
      }
      waiting.remove();
      totals.unmatched++;
    }
  }

  private void resolve(BidId bid, Notice notice, long nowMillis, Listener listener) {
    Reservation reservation = open.remove(bid);
    boolean late = reservation == null;
    if (reservation == null) {
      reservation = expired.remove(bid);
    }
    if (reservation == null) {
      throw new IllegalStateException("no reservation for bid " + bid);
    }
    closedBids.add(bid.low());
    if (!notice.win()) {
      totals.losses++;
      if (!late) {
        ledger.release(reservation.day(), reservation.amountNanos());
        returns.release(reservation.riskNanos());
        listener.resolved(reservation.decidedMillis(), reservation.amountNanos(), 0, 0, notice);
      }
      return;
    }
    long price = Math.min(notice.priceNanos(), reservation.amountNanos());
    if (price < notice.priceNanos()) {
      totals.disputed++;
    }
    totals.wins++;
    totals.value += reservation.value();
    long credit = reservation.earns() ? reservation.creditNanos() : 0;
    if (reservation.earns()) {
      values.won(notice.timeMillis(), reservation.value(), nowMillis);
    }
    if (late) {
      totals.lateWins++;
      ledger.chargeLate(reservation.day(), price);
      earnAsFact(reservation, price);
      listener.chargedLate(price, credit);
    } else {
      ledger.settle(reservation.day(), reservation.amountNanos(), price);
      if (reservation.riskNanos() > 0) {
        returns.settle(reservation.riskNanos(), credit, price);
      } else {
        earnAsFact(reservation, price);
      }
      listener.resolved(
          reservation.decidedMillis(), reservation.amountNanos(), price, credit, notice);
    }
  }

  private void earnAsFact(Reservation reservation, long price) {
    if (reservation.earns()) {
      returns.settleAsFact(reservation.creditNanos(), price);
    }
  }

  /** Writes the state. */
  public void write(DataOutput out) throws IOException {
    out.writeLong(recoverUntilMillis);
    ledger.write(out);
    returns.write(out);
    totals.write(out);
    leases.write(out);
    write(out, open);
    write(out, expired);
    out.writeInt(parked.size());
    for (Map.Entry<BidId, Parked> waiting : parked.entrySet()) {
      out.writeLong(waiting.getKey().high());
      out.writeLong(waiting.getKey().low());
      out.writeBoolean(waiting.getValue().notice.win());
      out.writeLong(waiting.getValue().notice.priceNanos());
      out.writeLong(waiting.getValue().notice.minimumToWinNanos());
      out.writeLong(waiting.getValue().notice.timeMillis());
      out.writeLong(waiting.getValue().appendMillis);
    }
    closedBids.write(out);
    values.write(out);
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @param format the version of the state that it is part of, 2 or 3
   */
  public static Settlement read(PacingConfig config, int format, DataInput in) throws IOException {
    long recoverUntilMillis = in.readLong();
    Ledger ledger = Ledger.read(in);
    ReturnLedger returns = ReturnLedger.read(format, in);
    SettlementTotals totals = SettlementTotals.read(format, in);
    LeaseBook leases = LeaseBook.read(in);
    Map<BidId, Reservation> open = readReservations(in);
    Map<BidId, Reservation> expired = readReservations(in);
    Map<BidId, Parked> parked = new LinkedHashMap<>();
    int count = in.readInt();
    for (int i = 0; i < count; i++) {
      parked.put(
          new BidId(in.readLong(), in.readLong()),
          new Parked(readNotice(format, in), in.readLong()));
    }
    RecentIds closedBids = RecentIds.read(config.deduplicationMillis(), in);
    Settlement settlement =
        new Settlement(
            config,
            recoverUntilMillis,
            ledger,
            returns,
            totals,
            leases,
            closedBids,
            LateValues.read(config, totals, returns, format, in));
    settlement.open.putAll(open);
    settlement.expired.putAll(expired);
    settlement.parked.putAll(parked);
    return settlement;
  }

  private static Notice readNotice(int format, DataInput in) throws IOException {
    return new Notice(
        in.readBoolean(),
        in.readLong(),
        in.readLong(),
        format >= LATE_VALUES_FORMAT ? in.readLong() : 0);
  }

  private static void write(DataOutput out, Map<BidId, Reservation> reservations)
      throws IOException {
    out.writeInt(reservations.size());
    for (Map.Entry<BidId, Reservation> entry : reservations.entrySet()) {
      out.writeLong(entry.getKey().high());
      out.writeLong(entry.getKey().low());
      entry.getValue().write(out);
    }
  }

  private static Map<BidId, Reservation> readReservations(DataInput in) throws IOException {
    Map<BidId, Reservation> reservations = new LinkedHashMap<>();
    int count = in.readInt();
    for (int i = 0; i < count; i++) {
      reservations.put(new BidId(in.readLong(), in.readLong()), Reservation.read(in));
    }
    return reservations;
  }
}
