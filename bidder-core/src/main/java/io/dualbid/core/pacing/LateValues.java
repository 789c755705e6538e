package io.dualbid.core.pacing;

import io.dualbid.core.model.Attribution;
import io.dualbid.core.model.Hash;
import io.dualbid.core.model.Outcome;
import io.dualbid.core.model.Strategy;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * What comes of wins after they are won: clicks, conversions and corrections, each counted once by
 * its id, in whatever order and however late they come.
 *
 * <p>A correction is a change, not a new total: it says by how much a value told before was wrong,
 * of what was realised, of what was predicted, or of both. So nothing need be remembered of single
 * wins, and the sums don't depend on the order.
 *
 * <p>Values become credits by the target in force when they are folded in; what was credited under
 * an earlier target is kept as money. Before there is a target, as when a lost state is rebuilt,
 * they wait for one. O(1) a record; 32 to 64 bytes for each id remembered. Not thread safe.
 */
final class LateValues {
  /** No campaign is defined yet. */
  private static final double UNDEFINED = -1;

  /** The campaign keeps no return. */
  private static final double NO_TARGET = 0;

  private final SettlementTotals totals;
  private final ReturnLedger returns;

  /** Records by id and bid, when the first of each was appended. */
  private final RecentIds seen;

  private final PacingConfig config;
  private long memoryMillis;
  private double target = UNDEFINED;
  private long waitingRealised;
  private long waitingExpected;
  private @Nullable Calibration calibration;

  LateValues(PacingConfig config, SettlementTotals totals, ReturnLedger returns) {
    this(config, totals, returns, new RecentIds());
  }

  private LateValues(
      PacingConfig config, SettlementTotals totals, ReturnLedger returns, RecentIds seen) {
    this.totals = totals;
    this.returns = returns;
    this.seen = seen;
    this.config = config;
    memoryMillis = config.outcomeMemoryMillis(null);
  }

  /**
   * The campaign bids by this strategy from now on.
   *
   * @param clickWindowMillis for how long clicks are paid for; 0 where they are not
   */
  void follow(Strategy strategy, long clickWindowMillis) {
    Attribution attribution = strategy.attribution();
    memoryMillis =
        Math.max(
            config.deduplicationMillis(), Math.max(clickWindowMillis, attribution.windowMillis()));
    returns.guardRealised(attribution.calibrated());
    Calibration before = calibration;
    if (!attribution.calibrated()) {
      calibration = null;
    } else if (before == null || before.windowMillis() != attribution.windowMillis()) {
      calibration = new Calibration(attribution.windowMillis());
    }
    target = strategy.keepsRos() ? strategy.targetRos() : NO_TARGET;
    if (target > 0) {
      returns.realise(credit(waitingRealised));
      returns.correct(credit(waitingExpected));
    }
    waitingRealised = 0;
    waitingExpected = 0;
  }

  /** What to multiply predicted values by; 1 where they are taken as they are. */
  double factor() {
    Calibration own = calibration;
    return own == null ? 1 : own.factor();
  }

  /** What was predicted for the wins of the attribution window, as credit, in nanos. */
  long windowCreditNanos() {
    Calibration own = calibration;
    return own == null || !(target > 0) ? 0 : credit(own.predictedNanos());
  }

  /** A bid was won that is predicted to be worth {@code value}. */
  void won(long wonMillis, double value, long nowMillis) {
    Calibration own = calibration;
    if (own != null) {
      own.predicted(wonMillis, Saturating.nanos(value), nowMillis);
    }
  }

  /**
   * Whether a record is none that repeats another of its id and bid within the time for which that
   * is remembered; from now on it is remembered itself.
   *
   * @param appendMillis when the broker appended it
   */
  boolean isNew(Outcome outcome, long appendMillis) {
    long id = Hash.of(outcome.id(), outcome.bidId().low());
    long first = seen.timeOf(id);
    if (first != RecentIds.ABSENT && appendMillis - first <= memoryMillis) {
      return false;
    }
    seen.put(id, appendMillis);
    return true;
  }

  /**
   * Folds in a click, a conversion or a correction that {@link #isNew}.
   *
   * @param nowMillis when the broker appended it
   * @return by how much it changes what wins are expected to earn, in nanos
   */
  long fold(Outcome outcome, long nowMillis) {
    switch (outcome.kind()) {
      case CLICK -> totals.clicks++;
      case CONVERSION -> totals.conversions++;
      case CORRECTION -> totals.corrections++;
      default -> throw new IllegalArgumentException("not a late value: " + outcome.kind());
    }
    long wonMillis =
        outcome.wonMillis() == Outcome.UNKNOWN ? outcome.timeMillis() : outcome.wonMillis();
    realised(Saturating.nanos(outcome.value()), wonMillis, nowMillis);
    return expected(outcome.expectedValue(), wonMillis, nowMillis);
  }

  private void realised(long nanos, long wonMillis, long nowMillis) {
    totals.realisedNanos = Saturating.plus(totals.realisedNanos, nanos);
    if (target == UNDEFINED) {
      waitingRealised = Saturating.plus(waitingRealised, nanos);
    }
    if (!(target > 0)) {
      return;
    }
    returns.realise(credit(nanos));
    Calibration own = calibration;
    if (own != null && nanos != 0) {
      own.realised(wonMillis, nanos, nowMillis);
    }
  }

  private long expected(double value, long wonMillis, long nowMillis) {
    long nanos = Saturating.nanos(value);
    if (nanos == 0) {
      return 0;
    }
    totals.addValue(value);
    if (target == UNDEFINED) {
      waitingExpected = Saturating.plus(waitingExpected, nanos);
    }
    if (!(target > 0)) {
      return 0;
    }
    long credit = credit(nanos);
    returns.correct(credit);
    Calibration own = calibration;
    if (own != null) {
      own.predicted(wonMillis, nanos, nowMillis);
    }
    return credit;
  }

  private long credit(long valueNanos) {
    return (long) (valueNanos / target);
  }

  /** Lets event time pass. */
  void advance(long eventMillis) {
    seen.date(eventMillis);
    seen.forgetBefore(eventMillis - memoryMillis, memoryMillis);
    Calibration own = calibration;
    if (own != null) {
      own.advance(eventMillis);
    }
  }

  void write(DataOutput out) throws IOException {
    seen.write(out);
    out.writeDouble(target);
    out.writeLong(waitingRealised);
    out.writeLong(waitingExpected);
    Calibration own = calibration;
    out.writeBoolean(own != null);
    if (own != null) {
      own.write(out);
    }
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @param format the version of the state; before 3 there was nothing but the ids
   */
  static LateValues read(
      PacingConfig config, SettlementTotals totals, ReturnLedger returns, int format, DataInput in)
      throws IOException {
    RecentIds seen =
        format >= Settlement.TIMED_IDS_FORMAT
            ? RecentIds.read(in)
            : RecentIds.readGenerations(config.deduplicationMillis(), 1, in);
    LateValues values = new LateValues(config, totals, returns, seen);
    if (format >= Settlement.LATE_VALUES_FORMAT) {
      values.target = in.readDouble();
      values.waitingRealised = in.readLong();
      values.waitingExpected = in.readLong();
      values.calibration = in.readBoolean() ? Calibration.read(in) : null;
    }
    return values;
  }
}
