package io.dualbid.core.model;

/**
 * What a campaign that pays by the click is expected to be charged, each impression counted by its
 * probability of a click. None of it is a promise to pay: clicks are charged from what is left.
 *
 * @param leasedNanos made out to bidding subtasks and not bid yet
 * @param bidNanos of bids whose auction is open
 * @param shownNanos of impressions not clicked yet whose attribution window is open
 */
public record ExpectedCharges(long leasedNanos, long bidNanos, long shownNanos) {
  /** Nothing is expected. */
  public static final ExpectedCharges NONE = new ExpectedCharges(0, 0, 0);

  /** All three together. */
  public long totalNanos() {
    return Math.addExact(leasedNanos, Math.addExact(bidNanos, shownNanos));
  }
}
