package io.dualbid.core.model;

/**
 * Money made out to one run of one bidding subtask for a short time.
 *
 * @param id unique within the campaign, rising
 * @param campaign the campaign whose money it is
 * @param incarnation the run of the bidding subtask that alone may spend it
 * @param subtask index of that subtask
 * @param amountNanos what may be bid from it, above 0
 * @param slackNanos by how much its bids together may exceed what they earn towards the return on
 *     spend; {@link #ANY_SLACK} where that doesn't matter
 * @param day the day to whose budget its bids are charged, counted from the epoch in the campaign's
 *     zone
 * @param expiryMillis bids from it are valid up to this append time
 * @param perClick whether it covers what clicks are expected to be charged, and no promise to pay
 */
public record Lease(
    long id,
    String campaign,
    long incarnation,
    int subtask,
    long amountNanos,
    long slackNanos,
    long day,
    long expiryMillis,
    boolean perClick) {
  /** No limit on slack. */
  public static final long ANY_SLACK = Long.MAX_VALUE;

  /** A lease for bids that pay for impressions. */
  public Lease(
      long id,
      String campaign,
      long incarnation,
      int subtask,
      long amountNanos,
      long slackNanos,
      long day,
      long expiryMillis) {
    this(id, campaign, incarnation, subtask, amountNanos, slackNanos, day, expiryMillis, false);
  }

  /** A lease without a limit on slack. */
  public Lease(
      long id,
      String campaign,
      long incarnation,
      int subtask,
      long amountNanos,
      long day,
      long expiryMillis) {
    this(id, campaign, incarnation, subtask, amountNanos, ANY_SLACK, day, expiryMillis);
  }

  public Lease {
    if (slackNanos < 0) {
      throw new IllegalArgumentException("slack must be >= 0 nanos: " + slackNanos);
    }
    if (amountNanos <= 0) {
      throw new IllegalArgumentException("a lease must be > 0 nanos: " + amountNanos);
    }
  }
}
