package io.dualbid.core.pacing;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * What a unit of predicted value turns out to be worth: the factor by which predictions are
 * multiplied, learned from the values that clicks and conversions bring.
 *
 * <p>Values come late, so what young wins have brought says little. The attribution window is cut
 * into {@value #PERIODS} periods. Wins belong to the period in which they were won; a value that
 * comes d periods after that of its win is of age d. When a period ends,
 *
 * <pre>
 *   X_d ← γ·X_d + value predicted for the wins of d periods ago,      γ = 1 - 1/32
 *   A_d ← γ·A_d + value of age d that came in this period
 *   factor = Σ_d A_d / X_d
 * </pre>
 *
 * <p>so each age is compared with those wins only that have lived through it, and whatever the
 * delays are, the factor is right on average: young wins don't pull it down. It is 1 until the
 * first wins have lived through the whole window, since what has not been seen of any win can't be
 * known. Chance is held in check by {@value #PRIOR} imagined values at a factor of 1: beside n
 * values that were to be expected, the factor is (n·factor + {@value #PRIOR}) / (n + {@value
 * #PRIOR}), within {@value #LOWEST} and {@value #HIGHEST}. Where no value ever came it stays 1:
 * then nobody reports them.
 *
 * <p>Time without wins teaches nothing, and nothing is forgotten in it but for the window after the
 * last of them. All that comes within a period is added up in whole nanos, so its order doesn't
 * matter. O(1) a record, O(periods) when one ends; 1 KB. Not thread safe.
 *
 * @see "Mack: Schadenversicherungsmathematik, 2002 (the additive method of loss reserving, of which
 *     this is the exponentially weighted form)"
 */
final class Calibration {
  /** Parts of the window. */
  static final int PERIODS = 32;

  /** The least that the factor can be. */
  static final double LOWEST = 0.5;

  /** The most. */
  static final double HIGHEST = 2;

  private static final double PRIOR = 10;
  private static final double MEMORY = 1 - 1.0 / PERIODS;

  private static final long NOT_STARTED = Long.MIN_VALUE;

  private final long windowMillis;
  private long period = NOT_STARTED;
  private final long[] predicted = new long[PERIODS];
  private final long[] arrived = new long[PERIODS];
  private final double[] exposed = new double[PERIODS];
  private final double[] realised = new double[PERIODS];
  private long values;
  private long valueNanos;
  private double factor = 1;

  /**
   * A calibration that knows nothing.
   *
   * @param windowMillis the attribution window, at least {@value #PERIODS}
   */
  Calibration(long windowMillis) {
    if (windowMillis < PERIODS) {
      throw new IllegalArgumentException("an attribution window of " + windowMillis + "ms");
    }
    this.windowMillis = windowMillis;
  }

  /** The attribution window. */
  long windowMillis() {
    return windowMillis;
  }

  /** What to multiply predicted values by, 0.5 to 2. */
  double factor() {
    return factor;
  }

  /** Value predicted for the wins of the window, in nanos. */
  long predictedNanos() {
    long sum = 0;
    for (long nanos : predicted) {
      sum = Saturating.plus(sum, nanos);
    }
    return sum;
  }

  /**
   * A bid was won, or what it is predicted to be worth has changed.
   *
   * @param wonMillis when it was won; a time that can't be counts as now
   * @param nanos the predicted value, or its change
   * @param nowMillis when this became known
   */
  void predicted(long wonMillis, long nanos, long nowMillis) {
    start(nowMillis);
    int age = age(wonMillis);
    int slot = slot(age < 0 || age >= PERIODS ? 0 : age);
    predicted[slot] = Saturating.plus(predicted[slot], nanos);
  }

  /**
   * A value came, or was corrected.
   *
   * @param wonMillis when its bid was won; what was won before the window is left aside
   * @param nanos the value, or its change
   * @param nowMillis when this became known
   */
  void realised(long wonMillis, long nanos, long nowMillis) {
    start(nowMillis);
    int age = Math.max(0, age(wonMillis));
    if (age >= PERIODS) {
      return;
    }
    arrived[age] = Saturating.plus(arrived[age], nanos);
    if (nanos > 0) {
      values++;
    }
    valueNanos = Saturating.plus(valueNanos, nanos);
  }

  /** Lets event time pass, to {@code nowMillis}: periods end. */
  void advance(long nowMillis) {
    start(nowMillis);
    long now = index(nowMillis);
    if (period < now) {
      // After a whole window without wins further periods teach nothing.
      for (int ended = 0; period < now && ended <= PERIODS; ended++) {
        endPeriod();
      }
      period = now;
      factor = estimate();
    }
  }

  private void endPeriod() {
    if (Arrays.stream(predicted).allMatch(nanos -> nanos == 0)
        && Arrays.stream(arrived).allMatch(nanos -> nanos == 0)) {
      period++;
      return;
    }
    for (int age = 0; age < PERIODS; age++) {
      exposed[age] = MEMORY * exposed[age] + predicted[slot(age)];
      realised[age] = MEMORY * realised[age] + arrived[age];
      arrived[age] = 0;
    }
    period++;
    predicted[slot(0)] = 0;
  }

  private double estimate() {
    if (!(exposed[PERIODS - 1] > 0) || values == 0 || valueNanos <= 0) {
      return factor;
    }
    double raw = 0;
    double weight = 0;
    double spread = 0;
    for (int age = 0; age < PERIODS; age++) {
      if (exposed[age] > 0) {
        raw += realised[age] / exposed[age];
        weight += Math.abs(realised[age]);
        spread += Math.abs(realised[age]) / exposed[age];
      }
    }
    // The mean exposure of what came: what the ages that matter rest on.
    double exposure = spread > 0 ? weight / spread : exposed[PERIODS - 1];
    double expected = exposure / ((double) valueNanos / values);
    double held = (raw * expected + PRIOR) / (expected + PRIOR);
    return Double.isFinite(held) ? Math.min(HIGHEST, Math.max(LOWEST, held)) : factor;
  }

  private void start(long nowMillis) {
    if (period == NOT_STARTED) {
      period = index(nowMillis);
    }
  }

  private long index(long millis) {
    return Math.floorDiv(millis, windowMillis / PERIODS);
  }

  /** How many periods ago a moment was; less than 0 for the future, at most {@link #PERIODS}. */
  private int age(long millis) {
    long index = index(millis);
    return index > period
        ? -1
        : (int) Math.min(PERIODS, period - Math.max(index, period - PERIODS));
  }

  private int slot(int age) {
    return (int) Math.floorMod(period - age, (long) PERIODS);
  }

  void write(DataOutput out) throws IOException {
    out.writeLong(windowMillis);
    out.writeLong(period);
    for (int age = 0; age < PERIODS; age++) {
      out.writeLong(predicted[age]);
      out.writeLong(arrived[age]);
      out.writeDouble(exposed[age]);
      out.writeDouble(realised[age]);
    }
    out.writeLong(values);
    out.writeLong(valueNanos);
    out.writeDouble(factor);
  }

  static Calibration read(DataInput in) throws IOException {
    Calibration calibration = new Calibration(in.readLong());
    calibration.period = in.readLong();
    for (int age = 0; age < PERIODS; age++) {
      calibration.predicted[age] = in.readLong();
      calibration.arrived[age] = in.readLong();
      calibration.exposed[age] = in.readDouble();
      calibration.realised[age] = in.readDouble();
    }
    calibration.values = in.readLong();
    calibration.valueNanos = in.readLong();
    calibration.factor = in.readDouble();
    return calibration;
  }
}
