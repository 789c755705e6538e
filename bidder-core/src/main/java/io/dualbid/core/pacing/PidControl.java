package io.dualbid.core.pacing;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Paces a budget by a PID controller: bids are multiplied by exp(φ), where
 *
 * <pre>
 *   e_k     = (planned - spent) / budget
 *   φ_{k+1} = kP·e_k + kI·Σ e_j·dt_j + kD·(e_k - e_{k-1}) / dt_k      within [-φ_max, φ_max]
 * </pre>
 *
 * <p>φ rests between updates; an update is due once an interval of event time has passed since the
 * last, and dt counts intervals. The first has no derivative. An update whose φ would leave its
 * limits on the side of the error adds nothing to the integral, so that a long shortage doesn't
 * wind it up. The error is a share of the budget, hence free of currency.
 *
 * <p>Promises limits of φ and nothing about regret; the hard cap is the ledger's. Gains want tuning
 * for each campaign. Dual descent by the entropy map contains the integral part.
 *
 * <p>O(1), no allocation; not thread safe.
 *
 * @see "Zhang, Rong, Wang, Zhu, Wang: Feedback Control of Real-Time Display Advertising, WSDM 2016,
 *     equations 2 to 4 (there for a cost or win rate of reference; here for the share of the budget
 *     spent, with limits and anti-windup added)"
 */
public final class PidControl {
  private static final int VERSION = 1;

  /**
   * How strongly each part of the error acts.
   *
   * @param proportional kP, at least 0
   * @param integral kI, at least 0
   * @param derivative kD, at least 0
   * @param limit φ_max, above 0 and finite
   */
  public record Gains(double proportional, double integral, double derivative, double limit) {
    /** A start for tuning: kP 4, kI 0.5, kD 1; bids between 1/e and e times their base. */
    public static final Gains DEFAULT = new Gains(4, 0.5, 1, 1);

    public Gains {
      if (!(proportional >= 0 && integral >= 0 && derivative >= 0)) {
        throw new IllegalArgumentException(
            "gains must be >= 0: " + proportional + ", " + integral + ", " + derivative);
      }
      if (!(limit > 0 && limit < Double.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException("the limit must be > 0 and finite: " + limit);
      }
    }
  }

  private final Gains gains;
  private final long intervalMillis;
  private long updatedMillis;
  private boolean started;
  private double previousError;
  private double integral;
  private double phi;

  /**
   * A controller at rest, φ = 0.
   *
   * @param intervalMillis event time between two updates, above 0
   * @param startMillis when the flight starts; the first update is due an interval later
   */
  public PidControl(Gains gains, long intervalMillis, long startMillis) {
    if (intervalMillis <= 0) {
      throw new IllegalArgumentException("the interval must be > 0 ms: " + intervalMillis);
    }
    this.gains = gains;
    this.intervalMillis = intervalMillis;
    this.updatedMillis = startMillis;
  }

  /** The same controller, as it stands, with another interval between updates. */
  PidControl every(long newIntervalMillis) {
    PidControl control = new PidControl(gains, newIntervalMillis, updatedMillis);
    control.started = started;
    control.previousError = previousError;
    control.integral = integral;
    control.phi = phi;
    return control;
  }

  /** The control signal φ, within the limits. */
  public double phi() {
    return phi;
  }

  /** What to multiply bids by: exp(φ), above 0. */
  public double factor() {
    return StrictMath.exp(phi);
  }

  /** The integral Σ e·dt, in budgets times intervals. */
  public double integral() {
    return integral;
  }

  /**
   * Lets event time reach {@code nowMillis}, and updates φ where that is due.
   *
   * @param planned planned spend from the start of the flight until now
   * @param spent what was spent by now, in the same currency
   * @param budget the whole budget; without one, or with an amount that is not a number, φ rests
   * @return whether φ was formed anew
   */
  public boolean tick(long nowMillis, double planned, double spent, double budget) {
    if (nowMillis - updatedMillis < intervalMillis) {
      return false;
    }
    double error = (planned - spent) / budget;
    if (!(budget > 0) || !(Math.abs(error) < Double.POSITIVE_INFINITY)) {
      return false;
    }
    double intervals = (double) (nowMillis - updatedMillis) / intervalMillis;
    updatedMillis = nowMillis;
    update(error, started ? intervals : 1);
    return true;
  }

  private void update(double error, double intervals) {
    double slope = started ? (error - previousError) / intervals : 0;
    double wound = integral + error * intervals;
    double signal = signal(error, wound, slope);
    boolean outwards =
        (signal > gains.limit() && error > 0) || (signal < -gains.limit() && error < 0);
    if (outwards) {
      signal = signal(error, integral, slope);
    } else {
      integral = wound;
    }
    phi = Math.min(gains.limit(), Math.max(-gains.limit(), signal));
    previousError = error;
    started = true;
  }

  private double signal(double error, double sum, double slope) {
    return gains.proportional() * error + gains.integral() * sum + gains.derivative() * slope;
  }

  /** Writes the state, with a version in front; gains and interval are configuration. */
  public void write(DataOutput out) throws IOException {
    out.writeByte(VERSION);
    out.writeLong(updatedMillis);
    out.writeBoolean(started);
    out.writeDouble(previousError);
    out.writeDouble(integral);
    out.writeDouble(phi);
  }

  /**
   * Reads what {@link #write} wrote, under gains that may have changed since.
   *
   * @throws IOException if the version is newer than this code
   */
  public static PidControl read(Gains gains, long intervalMillis, DataInput in) throws IOException {
    int version = in.readByte();
    if (version != VERSION) {
      throw new IOException("PID state has version " + version + "; readable is " + VERSION);
    }
    PidControl control = new PidControl(gains, intervalMillis, in.readLong());
    control.started = in.readBoolean();
    control.previousError = in.readDouble();
    control.integral = in.readDouble();
    control.phi = Math.min(gains.limit(), Math.max(-gains.limit(), in.readDouble()));
    return control;
  }
}
