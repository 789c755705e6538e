package io.dualbid.core.engine;

import io.dualbid.core.model.BidRequest;
import io.dualbid.core.model.Campaign;
import io.dualbid.core.model.Impression;
import io.dualbid.core.model.PerClick;
import io.dualbid.core.model.Reason;
import org.jspecify.annotations.Nullable;

/**
 * What the leases at hand cover of a bid, or why there is none; takes what is bid out of them. An
 * impression that is paid for takes its highest price, and may be bid for at less than was wanted
 * where less is leased. A click takes what it is expected to be charged, all or nothing. Allocates
 * nothing; not thread safe.
 */
final class LeaseCover {
  private final BidderConfig config;
  private long lastControlMillis = Long.MIN_VALUE;

  LeaseCover(BidderConfig config) {
    this.config = config;
  }

  /** Pacing was heard of at {@code receivedMillis}. */
  void heard(long receivedMillis) {
    lastControlMillis = receivedMillis;
  }

  /** What of a bid a lease covers. */
  long covered(CampaignSlot slot, long wanted, long credit, long nowMillis) {
    if (wanted <= 0) {
      return 0;
    }
    int place = slot.wallet.choose(wanted, credit, nowMillis, config.clockSkewMillis());
    return place < 0 ? 0 : slot.wallet.coveredAt(place, wanted, credit);
  }

  /** Whether a lease holds what a click is expected to be charged. */
  boolean coversClick(
      CampaignSlot slot, Campaign campaign, PerClick click, Impression impression, long nowMillis) {
    double rate = Math.min(1, CampaignSlot.clickRate(campaign, impression));
    long expected = PerClick.expectedNanos(click.priceNanos(), rate);
    return covered(slot, expected, 0, nowMillis) == expected;
  }

  /** Why a bid can't be made for its money, or null. */
  @Nullable Reason objection(long wanted, long covered, long floorNanos, long nowMillis) {
    if (wanted <= 0) {
      return Reason.NO_VALUE;
    }
    if (floorNanos == Impression.FLOOR_UNKNOWN) {
      return Reason.FLOOR_CURRENCY_UNKNOWN;
    }
    if (wanted < floorNanos) {
      return Reason.BELOW_FLOOR;
    }
    if (covered < Math.max(1, floorNanos)) {
      return emptyReason(nowMillis);
    }
    return null;
  }

  /** Why leases cover too little: pacing has fallen silent, or they are spent. */
  Reason emptyReason(long nowMillis) {
    boolean silent = nowMillis - lastControlMillis > config.leaseLifetimeMillis();
    return silent ? Reason.PACING_SILENT : Reason.LEASE_EMPTY;
  }

  /** Takes a bid out of a lease that covers it, and writes on the offer what follows from that. */
  void draw(
      CampaignSlot slot,
      Campaign campaign,
      long amount,
      BidRequest request,
      Impression impression,
      Offer offer,
      long nowMillis) {
    long drawn = amount;
    long sureCredit = 0;
    long windowMillis = 0;
    PerClick click = slot.perClick;
    offer.clickPriceNanos = 0;
    if (click == null) {
      sureCredit = slot.sureCredit(campaign, impression);
    } else {
      offer.clickPriceNanos = click.priceNanos();
      offer.clickRate = Math.min(1, CampaignSlot.clickRate(campaign, impression));
      drawn = PerClick.expectedNanos(click.priceNanos(), offer.clickRate);
      windowMillis = click.windowMillis();
    }
    int place = slot.wallet.choose(drawn, sureCredit, nowMillis, config.clockSkewMillis());
    offer.amountNanos = amount;
    offer.leaseId = slot.wallet.idAt(place);
    offer.day = slot.wallet.dayAt(place);
    offer.deadlineMillis = Math.min(request.deadlineMillis(), slot.wallet.expiryAt(place));
    offer.clicksUntilMillis = offer.deadlineMillis + windowMillis;
    slot.wallet.take(place, drawn, sureCredit);
  }
}
