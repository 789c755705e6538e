package io.dualbid.core.pacing;

import io.dualbid.core.model.Bid;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Money set aside for a bid whose outcome is open.
 *
 * @param amountNanos the bid
 * @param day the day to which it is charged
 * @param deadlineMillis end of the bid's validity
 * @param decidedMillis when the bid was decided
 * @param value expected value of a win, in account currency
 * @param creditNanos what a win earns towards the return on spend, or {@link Bid#NO_RETURN}
 * @param riskNanos slack that is reserved for it
 */
record Reservation(
    long amountNanos,
    long day,
    long deadlineMillis,
    long decidedMillis,
    double value,
    long creditNanos,
    long riskNanos) {

  static Reservation of(Bid bid, long riskNanos) {
    return new Reservation(
        bid.amountNanos(),
        bid.day(),
        bid.deadlineMillis(),
        bid.decidedMillis(),
        bid.value(),
        bid.creditNanos(),
        riskNanos);
  }

  boolean earns() {
    return creditNanos != Bid.NO_RETURN;
  }

  void write(DataOutput out) throws IOException {
    out.writeLong(amountNanos);
    out.writeLong(day);
    out.writeLong(deadlineMillis);
    out.writeLong(decidedMillis);
    out.writeDouble(value);
    out.writeLong(creditNanos);
    out.writeLong(riskNanos);
  }

  static Reservation read(DataInput in) throws IOException {
    return new Reservation(
        in.readLong(),
        in.readLong(),
        in.readLong(),
        in.readLong(),
        in.readDouble(),
        in.readLong(),
        in.readLong());
  }
}
