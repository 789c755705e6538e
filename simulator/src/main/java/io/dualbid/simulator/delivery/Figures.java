package io.dualbid.simulator.delivery;

import io.dualbid.core.model.Money;
import io.dualbid.simulator.audit.JournalEntry;

/** Sums of what happened to a campaign within some time. */
public final class Figures {
  private long bids;
  private long wins;
  private long losses;
  private long clicks;
  private long conversions;
  private long spentNanos;
  private double value;
  private double realisedValue;

  Figures() {}

  void add(JournalEntry entry) {
    spentNanos = Math.addExact(spentNanos, entry.chargeNanos());
    switch (entry.kind()) {
      case BID -> bids++;
      case WIN -> {
        wins++;
        value += entry.value();
      }
      case LOSS -> losses++;
      case CLICK -> {
        clicks++;
        realisedValue += entry.value();
      }
      case CONVERSION -> {
        conversions++;
        realisedValue += entry.value();
      }
      case CORRECTION -> realisedValue += entry.value();
      case CHARGE -> {
        // All there is to it is the charge.
      }
    }
  }

  /** Valid bids. */
  public long bids() {
    return bids;
  }

  /** Wins. */
  public long wins() {
    return wins;
  }

  /** Losses. */
  public long losses() {
    return losses;
  }

  /** Clicks. */
  public long clicks() {
    return clicks;
  }

  /** Conversions. */
  public long conversions() {
    return conversions;
  }

  /** What was charged, for impressions and for clicks. */
  public long spentNanos() {
    return spentNanos;
  }

  /** What was charged, in account currency. */
  public double spent() {
    return Money.units(spentNanos);
  }

  /** Expected value of the wins, in account currency. */
  public double value() {
    return value;
  }

  /** What clicks and conversions have brought, in account currency. */
  public double realisedValue() {
    return realisedValue;
  }

  /** Cost of a thousand impressions; NaN without any. */
  public double costPerThousand() {
    return over(1_000 * spent(), (double) wins);
  }

  /** Cost of a click; NaN without any. */
  public double costPerClick() {
    return over(spent(), (double) clicks);
  }

  /** Expected value for a unit of spend; NaN without spend. */
  public double returned() {
    return over(value, spent());
  }

  /** Value that clicks and conversions have brought for a unit of spend; NaN without spend. */
  public double returnedSoFar() {
    return over(realisedValue, spent());
  }

  private static double over(double of, double by) {
    return by > 0 ? of / by : Double.NaN;
  }
}
