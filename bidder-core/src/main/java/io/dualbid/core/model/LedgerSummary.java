package io.dualbid.core.model;

/**
 * A campaign's ledger at one moment, all amounts in nanos.
 *
 * @param budgetNanos lifetime budget
 * @param ceilingNanos what commitments may reach: the budget, or what was committed when it was cut
 * @param spentNanos charged by wins and clicks
 * @param reservedNanos highest prices of bids whose outcome is open
 * @param leasedNanos made out to bidding subtasks and not bid yet
 * @param expected what impressions that pay by the click are expected to be charged beside
 */
public record LedgerSummary(
    long budgetNanos,
    long ceilingNanos,
    long spentNanos,
    long reservedNanos,
    long leasedNanos,
    ExpectedCharges expected) {
  /** A ledger that expects no clicks to be charged. */
  public LedgerSummary(
      long budgetNanos, long ceilingNanos, long spentNanos, long reservedNanos, long leasedNanos) {
    this(budgetNanos, ceilingNanos, spentNanos, reservedNanos, leasedNanos, ExpectedCharges.NONE);
  }

  /** Spent, reserved and leased together. */
  public long committedNanos() {
    return Math.addExact(spentNanos, Math.addExact(reservedNanos, leasedNanos));
  }
}
