package io.dualbid.core.pacing;

import io.dualbid.core.model.Money;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** Running counts of a {@link Settlement}, which alone changes them. */
public final class SettlementTotals {
  /** Beyond all that bids can be worth together. */
  private static final double MOST_VALUE = 1e30;

  long bids;
  long lateBids;
  long duplicateBids;
  long recoveredBids;
  long wins;
  long losses;
  long expired;
  long lateWins;
  long duplicates;
  long unmatched;
  long disputed;
  long clicks;
  long conversions;
  long corrections;
  private double value;
  long realisedNanos;

  /** Valid bids. */
  public long bids() {
    return bids;
  }

  /** Bids that missed their deadline and don't count. */
  public long lateBids() {
    return lateBids;
  }

  /** Repetitions of bids. */
  public long duplicateBids() {
    return duplicateBids;
  }

  /** Bids of an earlier life, reserved without their lease. */
  public long recoveredBids() {
    return recoveredBids;
  }

  /** Wins charged, late ones included. */
  public long wins() {
    return wins;
  }

  /** Losses. */
  public long losses() {
    return losses;
  }

  /** Reservations that ended without an outcome. */
  public long expired() {
    return expired;
  }

  /** Wins charged after their reservation had ended. */
  public long lateWins() {
    return lateWins;
  }

  /** Repetitions of outcomes. */
  public long duplicates() {
    return duplicates;
  }

  /** Outcomes without a bid. */
  public long unmatched() {
    return unmatched;
  }

  /** Wins whose price was above the bid. */
  public long disputed() {
    return disputed;
  }

  /** Clicks. */
  public long clicks() {
    return clicks;
  }

  /** Conversions. */
  public long conversions() {
    return conversions;
  }

  /** Corrections of values told before. */
  public long corrections() {
    return corrections;
  }

  /** Expected value of the wins, corrections included, in account currency. */
  public double value() {
    return value;
  }

  /** Value of clicks and conversions, corrections included, in account currency. */
  public double realisedValue() {
    return Money.units(realisedNanos);
  }

  /** Adds an expected value, or its change; the sum stays a number whatever is added. */
  void addValue(double more) {
    double sum = Double.isNaN(more) ? value : value + more;
    value = Math.max(-MOST_VALUE, Math.min(MOST_VALUE, sum));
  }

  void write(DataOutput out) throws IOException {
    out.writeLong(bids);
    out.writeLong(lateBids);
    out.writeLong(duplicateBids);
    out.writeLong(recoveredBids);
    out.writeLong(wins);
    out.writeLong(losses);
    out.writeLong(expired);
    out.writeLong(lateWins);
    out.writeLong(duplicates);
    out.writeLong(unmatched);
    out.writeLong(disputed);
    out.writeLong(clicks);
    out.writeLong(conversions);
    out.writeDouble(value);
    out.writeLong(realisedNanos);
    out.writeLong(corrections);
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @param format the version of the state; before 3 the realised value was a double
   */
  static SettlementTotals read(int format, DataInput in) throws IOException {
    SettlementTotals totals = new SettlementTotals();
    totals.bids = in.readLong();
    totals.lateBids = in.readLong();
    totals.duplicateBids = in.readLong();
    totals.recoveredBids = in.readLong();
    totals.wins = in.readLong();
    totals.losses = in.readLong();
    totals.expired = in.readLong();
    totals.lateWins = in.readLong();
    totals.duplicates = in.readLong();
    totals.unmatched = in.readLong();
    totals.disputed = in.readLong();
    totals.clicks = in.readLong();
    totals.conversions = in.readLong();
    totals.addValue(in.readDouble());
    if (format >= Settlement.LATE_VALUES_FORMAT) {
      totals.realisedNanos = in.readLong();
      totals.corrections = in.readLong();
    } else {
      totals.realisedNanos = Saturating.nanos(in.readDouble());
    }
    return totals;
  }
}
