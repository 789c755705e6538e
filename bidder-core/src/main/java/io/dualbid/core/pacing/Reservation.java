package io.dualbid.core.pacing;

import io.dualbid.core.model.Bid;
import io.dualbid.core.model.ClickTerms;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Money set aside for a bid whose outcome is open; or, of one that pays by the click, what the
 * impression is expected to be charged.
 *
 * @param amountNanos the bid, or the expected charge
 * @param day the day to which it is charged
 * @param deadlineMillis end of the bid's validity
 * @param decidedMillis when the bid was decided
 * @param value expected value of a win, in account currency
 * @param creditNanos what a win earns towards the return on spend, or {@link Bid#NO_RETURN}
 * @param riskNanos slack that is reserved for it
 * @param click what a click is charged, or null
 * @param clicked whether the click has come already, before the win was known
 */
record Reservation(
    long amountNanos,
    long day,
    long deadlineMillis,
    long decidedMillis,
    double value,
    long creditNanos,
    long riskNanos,
    @Nullable ClickTerms click,
    boolean clicked) {

  static Reservation of(Bid bid, long riskNanos) {
    return new Reservation(
        bid.reservedNanos(),
        bid.day(),
        bid.deadlineMillis(),
        bid.decidedMillis(),
        bid.value(),
        bid.creditNanos(),
        riskNanos,
        bid.click(),
        false);
  }

  boolean earns() {
    return creditNanos != Bid.NO_RETURN;
  }

  boolean paysPerClick() {
    return click != null;
  }

  /** Whether a click on it would be the first, and be paid for. */
  boolean awaitsClick() {
    return click != null && !clicked;
  }

  /** Whether a click that is appended at {@code timeMillis} would be charged. */
  boolean mayBeChargedAt(long timeMillis) {
    ClickTerms own = click;
    return own != null && own.chargesAt(timeMillis);
  }

  /** The terms of one that pays by the click. */
  ClickTerms terms() {
    ClickTerms own = click;
    if (own == null) {
      throw new IllegalStateException("a bid that pays for the impression has no click to charge");
    }
    return own;
  }

  /** The same with its click come. */
  Reservation withClick() {
    return new Reservation(
        amountNanos,
        day,
        deadlineMillis,
        decidedMillis,
        value,
        creditNanos,
        riskNanos,
        click,
        true);
  }

  void write(DataOutput out) throws IOException {
    out.writeLong(amountNanos);
    out.writeLong(day);
    out.writeLong(deadlineMillis);
    out.writeLong(decidedMillis);
    out.writeDouble(value);
    out.writeLong(creditNanos);
    out.writeLong(riskNanos);
    ClickTerms own = click;
    out.writeBoolean(own != null);
    if (own != null) {
      out.writeLong(own.priceNanos());
      out.writeDouble(own.clickRate());
      out.writeLong(own.untilMillis());
      out.writeBoolean(clicked);
    }
  }

  static Reservation read(int format, DataInput in) throws IOException {
    long amountNanos = in.readLong();
    long day = in.readLong();
    long deadlineMillis = in.readLong();
    long decidedMillis = in.readLong();
    double value = in.readDouble();
    long creditNanos = in.readLong();
    long riskNanos = in.readLong();
    boolean perClick = format >= Settlement.PER_CLICK_FORMAT && in.readBoolean();
    ClickTerms click =
        perClick ? new ClickTerms(in.readLong(), in.readDouble(), in.readLong()) : null;
    boolean clicked = perClick && in.readBoolean();
    return new Reservation(
        amountNanos,
        day,
        deadlineMillis,
        decidedMillis,
        value,
        creditNanos,
        riskNanos,
        click,
        clicked);
  }
}
