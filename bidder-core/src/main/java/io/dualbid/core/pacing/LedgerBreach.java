package io.dualbid.core.pacing;

import io.dualbid.core.model.LedgerSummary;

/**
 * A ledger would have promised more than it may: a fault of ours, told with all its numbers, after
 * which nothing further is committed.
 */
public final class LedgerBreach extends RuntimeException {
  private static final long serialVersionUID = 1L;

  LedgerBreach(String what) {
    super(what);
  }

  LedgerBreach(String what, LedgerSummary at) {
    super(
        what
            + ": budget "
            + at.budgetNanos()
            + ", ceiling "
            + at.ceilingNanos()
            + ", spent "
            + at.spentNanos()
            + ", reserved "
            + at.reservedNanos()
            + ", leased "
            + at.leasedNanos());
  }
}
