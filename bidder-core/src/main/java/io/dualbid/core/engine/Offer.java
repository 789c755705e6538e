package io.dualbid.core.engine;

import io.dualbid.core.model.Bid;
import io.dualbid.core.model.BidId;
import io.dualbid.core.model.Campaign;
import io.dualbid.core.model.ClickTerms;
import io.dualbid.core.model.Creative;
import io.dualbid.core.model.Deal;
import io.dualbid.core.model.Impression;
import org.jspecify.annotations.Nullable;

/**
 * One bid within an {@link Answer}: what a {@link Bid} will say, in fields that are used again for
 * the next request. Read it before the next decision; {@link #toBid} makes a copy that lasts.
 */
public final class Offer {
  @Nullable Impression impression;
  @Nullable Campaign campaign;
  @Nullable Creative creative;
  @Nullable Deal deal;
  long amountNanos;
  long leaseId;
  long day;
  long deadlineMillis;
  long epoch;
  double value;
  long creditNanos;
  double multiplier;
  double score;
  boolean counted;

  /** 0 where the impression is paid for. */
  long clickPriceNanos;

  double clickRate;
  long clicksUntilMillis;
  long userKey;

  Offer() {}

  /** The impression. */
  public Impression impression() {
    return set(impression);
  }

  /** The campaign that bids. */
  public Campaign campaign() {
    return set(campaign);
  }

  /** What is shown if it wins. */
  public Creative creative() {
    return set(creative);
  }

  /** The deal under which it bids, or null. */
  public @Nullable Deal deal() {
    return deal;
  }

  /** The bid, in nanos for one impression: the highest price that the auction may ask. */
  public long amountNanos() {
    return amountNanos;
  }

  /** The lease that covers it. */
  public long leaseId() {
    return leaseId;
  }

  /** The day of the lease. */
  public long day() {
    return day;
  }

  /** End of its validity. */
  public long deadlineMillis() {
    return deadlineMillis;
  }

  /** Epoch of the multiplier. */
  public long epoch() {
    return epoch;
  }

  /** Expected value of a win, in account currency. */
  public double value() {
    return value;
  }

  /** What a win earns towards the return on spend, in nanos, or {@link Bid#NO_RETURN}. */
  public long creditNanos() {
    return creditNanos;
  }

  /** What it ranked by among the campaigns of the house, in nanos. */
  public double score() {
    return score;
  }

  /** The budget multiplier. */
  public double multiplier() {
    return multiplier;
  }

  /** What a click is charged, or null where the impression is paid for; made anew at each call. */
  public @Nullable ClickTerms click() {
    return clickPriceNanos == 0
        ? null
        : new ClickTerms(clickPriceNanos, clickRate, clicksUntilMillis);
  }

  /** Key for counting the user's impressions, or null where the campaign has no cap. */
  public @Nullable Long userKey() {
    return counted ? userKey : null;
  }

  /**
   * The bid as a record.
   *
   * @param requestId the request that it answers
   * @param subtask who decided
   * @param decidedMillis when
   */
  public Bid toBid(String requestId, int subtask, long decidedMillis) {
    return new Bid(
        BidId.of(requestId, impression().id()),
        requestId,
        impression().id(),
        campaign().id(),
        creative().id(),
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
        userKey(),
        click());
  }

  private static <T> T set(@Nullable T field) {
    if (field == null) {
      throw new IllegalStateException("an offer is read before it is made");
    }
    return field;
  }
}
