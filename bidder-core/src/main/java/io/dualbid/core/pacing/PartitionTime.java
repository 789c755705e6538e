package io.dualbid.core.pacing;

/**
 * How far event time has come in one partition of the journal, of which two clocks must tell: the
 * broker's, by the append time of a record, and a bidder's, by what it wrote into a record of this
 * partition before.
 *
 * <p>An append time moves event time no further than {@link #LEAD_MILLIS} beyond the latest clock
 * of a bidder that was read here. So a broker whose clock steps ahead, for however long and by
 * however much, moves nothing, and neither does a bidder whose clock is ahead. Time that has been
 * reached is never taken back. All of it is a function of the partition's records: who reads them
 * again, an hour later, comes to the same.
 *
 * <p>What follows for money, where clocks of bidders, and those of brokers that have not stepped
 * ahead, differ by {@code skew} at most: once {@code t} is reached, a bidder has written to this
 * partition when its clock showed {@code t - LEAD_MILLIS} or more. Whatever is appended after that
 * is appended at {@code t - LEAD_MILLIS - skew} or later. See {@link PacingConfig#marginMillis}.
 *
 * <p>Time stands still where no bidder writes. Not thread safe.
 */
public final class PartitionTime {
  /**
   * By how much an append time may be ahead of the bidders' clocks and still move event time: more
   * than bidders are silent for, and a record is under way, so that nothing waits for it.
   */
  public static final long LEAD_MILLIS = 100;

  /** Nothing was read yet that event time could be told from. */
  public static final long UNKNOWN = Long.MIN_VALUE;

  private long vouchedMillis = UNKNOWN;
  private long reachedMillis = UNKNOWN;

  /**
   * A record that a bidder wrote was read; tell it before {@link #appended}.
   *
   * @param clockMillis the bidder's clock when it wrote it
   * @param appendMillis when the broker appended it
   */
  public void vouched(long clockMillis, long appendMillis) {
    vouchedMillis = Math.max(vouchedMillis, Math.min(clockMillis, appendMillis));
  }

  /**
   * A record was read that the broker appended at {@code appendMillis}.
   *
   * @return when it was appended, as far as bidders' clocks bear it out; {@link #UNKNOWN} where
   *     none was read yet
   */
  public long appended(long appendMillis) {
    if (vouchedMillis == UNKNOWN) {
      return UNKNOWN;
    }
    long time = bounded(appendMillis, vouchedMillis);
    reachedMillis = Math.max(reachedMillis, time);
    return time;
  }

  /** How far event time has come, or {@link #UNKNOWN}. */
  public long reachedMillis() {
    return reachedMillis;
  }

  /**
   * An append time as far as a bidder's clock bears it out.
   *
   * @param clockMillis the bidder's clock
   */
  public static long bounded(long appendMillis, long clockMillis) {
    return clockMillis < appendMillis - LEAD_MILLIS ? clockMillis + LEAD_MILLIS : appendMillis;
  }
}
