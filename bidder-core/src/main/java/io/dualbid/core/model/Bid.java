package io.dualbid.core.model;

import org.jspecify.annotations.Nullable;

/**
 * A promise to pay, as the journal holds it.
 *
 * <p>It is valid when the broker appended it by its deadline; of several valid bids with one id the
 * first in the journal counts.
 *
 * @param id pure function of request and impression
 * @param requestId the request that it answers
 * @param impressionId the impression within that request
 * @param campaign the campaign that pays
 * @param creative what is shown
 * @param amountNanos the highest price for the impression; above 0. Reserved until the outcome,
 *     unless the bid pays by the click
 * @param leaseId the lease that covers it
 * @param day the day of that lease, to which it is charged
 * @param subtask the bidding subtask that made it
 * @param deadlineMillis end of its validity: the earlier of request time + tmax and lease expiry
 * @param decidedMillis when it was decided, by the bidder's clock
 * @param epoch the epoch of the multipliers that it was made with
 * @param value expected value of a win in account currency
 * @param creditNanos what a win earns towards the return on spend, value over target; {@link
 *     #NO_RETURN} where none is kept
 * @param multiplier the budget multiplier that it was made with
 * @param userKey key for counting impressions of a user, or null where no cap needs it
 * @param click what a click is charged, of a bid that pays by the click; null of one that pays for
 *     the impression
 */
public record Bid(
    BidId id,
    String requestId,
    String impressionId,
    String campaign,
    String creative,
    long amountNanos,
    long leaseId,
    long day,
    int subtask,
    long deadlineMillis,
    long decidedMillis,
    long epoch,
    double value,
    long creditNanos,
    double multiplier,
    @Nullable Long userKey,
    @Nullable ClickTerms click) {
  /**
   * The most that a win may be expected to be worth, in account currency: more than the highest
   * value of a click, {@code 1e12}, at the greatest calibration.
   */
  public static final double MOST_VALUE = 1e13;

  /** The credit of a bid whose campaign keeps no return on spend. */
  public static final long NO_RETURN = -1;

  /** A bid that pays for the impression. */
  public Bid(
      BidId id,
      String requestId,
      String impressionId,
      String campaign,
      String creative,
      long amountNanos,
      long leaseId,
      long day,
      int subtask,
      long deadlineMillis,
      long decidedMillis,
      long epoch,
      double value,
      long creditNanos,
      double multiplier,
      @Nullable Long userKey) {
    this(
        id,
        requestId,
        impressionId,
        campaign,
        creative,
        amountNanos,
        leaseId,
        day,
        subtask,
        deadlineMillis,
        decidedMillis,
        epoch,
        value,
        creditNanos,
        multiplier,
        userKey,
        null);
  }

  /** A bid of a campaign that keeps no return on spend. */
  public Bid(
      BidId id,
      String requestId,
      String impressionId,
      String campaign,
      String creative,
      long amountNanos,
      long leaseId,
      long day,
      int subtask,
      long deadlineMillis,
      long decidedMillis,
      long epoch,
      double value,
      double multiplier,
      @Nullable Long userKey) {
    this(
        id,
        requestId,
        impressionId,
        campaign,
        creative,
        amountNanos,
        leaseId,
        day,
        subtask,
        deadlineMillis,
        decidedMillis,
        epoch,
        value,
        NO_RETURN,
        multiplier,
        userKey);
  }

  public Bid {
    if (creditNanos < NO_RETURN) {
      throw new IllegalArgumentException("a credit must be >= 0 nanos: " + creditNanos);
    }
    if (amountNanos <= 0) {
      throw new IllegalArgumentException("a bid must be > 0 nanos: " + amountNanos);
    }
  }

  /** The most by which a win may cost more than it earns towards the return on spend. */
  public long riskNanos() {
    return creditNanos == NO_RETURN ? 0 : Math.max(0, amountNanos - creditNanos);
  }

  /** Whether it costs nothing but clicks. */
  public boolean paysPerClick() {
    return click != null;
  }

  /**
   * What it takes out of its lease, in nanos: its price, or what an impression is expected to be
   * charged where only a click is.
   */
  public long reservedNanos() {
    ClickTerms terms = click;
    return terms == null ? amountNanos : terms.expectedNanos();
  }

  /** The same, paying by the click. */
  public Bid paying(ClickTerms terms) {
    return new Bid(
        id,
        requestId,
        impressionId,
        campaign,
        creative,
        amountNanos,
        leaseId,
        day,
        subtask,
        deadlineMillis,
        decidedMillis,
        epoch,
        value,
        creditNanos,
        multiplier,
        userKey,
        terms);
  }

  /** Whether a bid that the broker appended at {@code appendMillis} counts. */
  public boolean validAt(long appendMillis) {
    return appendMillis <= deadlineMillis;
  }
}
