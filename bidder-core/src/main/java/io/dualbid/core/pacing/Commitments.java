package io.dualbid.core.pacing;

import io.dualbid.core.model.Bid;
import io.dualbid.core.model.ClickTerms;
import io.dualbid.core.model.Lease;
import io.dualbid.core.model.LedgerSummary;
import io.dualbid.core.pacing.Settlement.Listener;

/**
 * What leases and bids commit: money, slack of the return on spend, or, where clicks are paid for,
 * what they are expected to be charged. Each bid is drawn from the lease that it names. Not thread
 * safe.
 */
final class Commitments {
  private final Ledger ledger;
  private final ReturnLedger returns;
  private final LeaseBook leases;
  private final long recoverUntilMillis;

  /**
   * Nothing committed but what ledgers and leases hold.
   *
   * @param recoverUntilMillis bids appended up to here may stem from leases of an earlier life
   *     whose state was lost; such bids are facts. Later a bid on an unknown lease is a breach
   */
  Commitments(Ledger ledger, ReturnLedger returns, LeaseBook leases, long recoverUntilMillis) {
    this.ledger = ledger;
    this.returns = returns;
    this.leases = leases;
    this.recoverUntilMillis = recoverUntilMillis;
  }

  Ledger ledger() {
    return ledger;
  }

  ReturnLedger returns() {
    return returns;
  }

  LeaseBook leases() {
    return leases;
  }

  /** Commits a lease. */
  void grant(Lease lease) {
    if (lease.perClick()) {
      ledger.expectLease(lease.day(), lease.amountNanos());
    } else {
      ledger.lease(lease.day(), lease.amountNanos());
    }
    if (lease.slackNanos() != Lease.ANY_SLACK) {
      returns.lease(lease.slackNanos());
    }
    leases.add(lease);
  }

  /** What is left of leases that expired before {@code timeMillis} is free again. */
  void expireLeases(long timeMillis) {
    for (LeaseBook.Open lease : leases.removeExpiredBefore(timeMillis)) {
      if (lease.perClick) {
        ledger.expectNoLease(lease.day, lease.left());
      } else {
        ledger.expire(lease.day, lease.left());
      }
      if (lease.limitsSlack()) {
        returns.expire(lease.slack());
      }
    }
  }

  /**
   * Reserves for a bid.
   *
   * @throws LedgerBreach if no lease covers it though one should
   */
  Reservation reserve(Bid bid, long appendMillis, SettlementTotals totals, Listener listener) {
    LeaseBook.Open lease = leases.find(bid.leaseId());
    if (lease == null) {
      recover(bid, appendMillis);
      totals.recoveredBids++;
      return Reservation.of(bid, 0);
    }
    long amount = bid.reservedNanos();
    if (bid.paysPerClick() != lease.perClick) {
      throw breach(bid, "pays by " + (lease.perClick ? "the impression, not clicks" : "the click"));
    }
    if (bid.day() != lease.day) {
      // What it comes to would be taken out of another day than it was reserved in.
      throw breach(bid, "is of day " + bid.day() + " where the lease is of day " + lease.day);
    }
    if (amount > lease.left()) {
      throw breach(bid, "takes " + amount + " where " + lease.left() + " is left");
    }
    long risk = lease.limitsSlack() ? bid.riskNanos() : 0;
    if (risk > lease.slack()) {
      throw breach(bid, "risks " + risk + " where slack of " + lease.slack() + " is left");
    }
    ClickTerms click = bid.click();
    if (click == null) {
      ledger.reserve(lease.day, amount);
    } else {
      ledger.expectBid(lease.day, amount, click.untilMillis());
    }
    returns.reserve(risk);
    lease.draw(amount, risk);
    listener.drawn(lease.subtask, bid);
    return Reservation.of(bid, risk);
  }

  private void recover(Bid bid, long appendMillis) {
    if (appendMillis > recoverUntilMillis) {
      throw breach(bid, "names a lease that is not open");
    }
    ClickTerms click = bid.click();
    if (click == null) {
      ledger.recover(bid.day(), bid.amountNanos());
    } else {
      ledger.expectLostBid(bid.day(), bid.reservedNanos(), click.untilMillis());
    }
  }

  private LedgerBreach breach(Bid bid, String what) {
    LedgerSummary at = ledger.summary();
    return new LedgerBreach("bid " + bid.id() + " on lease " + bid.leaseId() + " " + what, at);
  }

  /** What was set aside for a bid is free again. */
  void release(Reservation bid) {
    if (!bid.paysPerClick()) {
      ledger.release(bid.day(), bid.amountNanos());
      returns.release(bid.riskNanos());
    } else if (!bid.clicked()) {
      ledger.expectNoBid(bid.day(), bid.amountNanos());
    }
  }

  /**
   * Charges a win for its impression.
   *
   * @param late whether its reservation had ended
   */
  void charge(Reservation bid, long priceNanos, boolean late) {
    if (late) {
      ledger.chargeLate(bid.day(), priceNanos);
      earnAsFact(bid, priceNanos);
      return;
    }
    ledger.settle(bid.day(), bid.amountNanos(), priceNanos);
    if (bid.riskNanos() > 0) {
      returns.settle(bid.riskNanos(), bid.earns() ? bid.creditNanos() : 0, priceNanos);
    } else {
      earnAsFact(bid, priceNanos);
    }
  }

  private void earnAsFact(Reservation bid, long priceNanos) {
    if (bid.earns()) {
      returns.settleAsFact(bid.creditNanos(), priceNanos);
    }
  }
}
