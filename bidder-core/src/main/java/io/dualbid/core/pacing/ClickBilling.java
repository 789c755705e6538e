package io.dualbid.core.pacing;

import io.dualbid.core.model.BidId;
import io.dualbid.core.model.ClickCounts;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Charges clicks on impressions that pay by them.
 *
 * <p>An impression is under way from its win until it is clicked or its attribution window ends,
 * and counts by its expected charge meanwhile. A click is charged {@code min(price, what is left)}:
 * so what is charged in the end is {@code min(budget, sum of prices)} over the impressions that
 * were clicked in time, in whatever order and however often that is told. Whether a click is in
 * time follows from its append time and its bid alone.
 *
 * <p>O(1) a record; not thread safe.
 */
final class ClickBilling {
  private final Ledger ledger;
  private final BidBook underWay = new BidBook();
  private long attemptedNanos;
  private long charged;
  private long free;
  private long late;
  private long uncollectedNanos;

  ClickBilling(Ledger ledger) {
    this.ledger = ledger;
  }

  /** What all impressions so far were expected to be charged, clicked or not, in nanos. */
  long attemptedNanos() {
    return attemptedNanos;
  }

  ClickCounts counts() {
    return new ClickCounts(charged, free, late, uncollectedNanos);
  }

  /** An impression under way, or null. */
  @Nullable Reservation find(BidId bid) {
    return underWay.find(bid);
  }

  /** An impression under way, if it is one, goes by another name. */
  void rename(BidId bid, BidId name) {
    underWay.rename(bid, name);
  }

  /**
   * A bid was won.
   *
   * @param late whether nothing was expected of it any more
   */
  void won(BidId bid, Reservation impression, boolean late) {
    attemptedNanos = Saturating.plus(attemptedNanos, impression.amountNanos());
    if (impression.clicked()) {
      return;
    }
    if (late) {
      ledger.expectLateClick(impression.day(), impression.amountNanos());
    } else {
      ledger.expectClick(impression.day(), impression.amountNanos());
    }
    underWay.put(bid, impression);
  }

  /**
   * An impression under way was clicked.
   *
   * @return whether the click was in time, so that the impression is under way no more
   */
  boolean clicked(BidId bid, long appendMillis) {
    Reservation impression = underWay.find(bid);
    if (impression == null || !charge(impression, appendMillis)) {
      return false;
    }
    underWay.remove(bid);
    ledger.expectNoClick(impression.day(), impression.amountNanos());
    return true;
  }

  /**
   * Charges a click on an impression, whether or not its win is known yet.
   *
   * @return whether the click was in time
   */
  boolean charge(Reservation impression, long appendMillis) {
    if (!impression.terms().chargesAt(appendMillis)) {
      late++;
      return false;
    }
    long price = impression.terms().priceNanos();
    long charge = ledger.chargeClick(impression.day(), price);
    if (charge == 0) {
      free++;
    } else {
      charged++;
    }
    uncollectedNanos = Saturating.plus(uncollectedNanos, price - charge);
    return true;
  }

  /** Lets event time pass: impressions whose window is over are expected to be charged nothing. */
  void advance(long eventMillis) {
    for (Map.Entry<BidId, Reservation> over :
        underWay.removeEnded(impression -> !impression.terms().chargesAt(eventMillis))) {
      ledger.expectNoClick(over.getValue().day(), over.getValue().amountNanos());
    }
  }

  void write(DataOutput out) throws IOException {
    underWay.write(out);
    out.writeLong(attemptedNanos);
    out.writeLong(charged);
    out.writeLong(free);
    out.writeLong(late);
    out.writeLong(uncollectedNanos);
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @param format the version of the state; before 4 there was nothing of it
   */
  void read(int format, DataInput in) throws IOException {
    if (format >= Settlement.PER_CLICK_FORMAT) {
      underWay.read(format, in);
      attemptedNanos = in.readLong();
      charged = in.readLong();
      free = in.readLong();
      late = in.readLong();
      uncollectedNanos = in.readLong();
    }
  }
}
