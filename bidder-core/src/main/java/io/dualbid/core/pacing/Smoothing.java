package io.dualbid.core.pacing;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Paces a budget by correcting the bid once a window by the ratio of the spend that would use up
 * what is left to the spend that was seen:
 *
 * <pre>  b' = b · c_opt / max(c_act, c_opt / 100),   the factor within [1/2, 2]</pre>
 *
 * <p>where c_opt is what is left, spread evenly over the time left, and c_act the spend of the
 * window. The floor under c_act keeps a window without a win from dividing by nothing; the limits
 * keep one odd window from throwing the bid. A window should see many auctions, never one.
 *
 * <p>Promises its limits and nothing about regret; where the windows are short or wins rare, it is
 * noisy. O(1), no allocation; not thread safe.
 *
 * @see "Analysis of a Learning Based Algorithm for Budget Pacing"
 */
public final class Smoothing {
  /** Largest factor of one window; its reciprocal is the smallest. */
  public static final double LARGEST_FACTOR = 2;

  private static final int VERSION = 1;
  private static final double FLOOR_SHARE = 0.01;
  private static final double LOWEST = 1e-12;
  private static final double HIGHEST = 1e12;

  private double multiplier;

  /**
   * A multiplier at its start.
   *
   * @param start what bids are multiplied by at first, above 0; brought within 1e-12 and 1e12
   */
  public Smoothing(double start) {
    if (!(start > 0)) {
      throw new IllegalArgumentException("the first multiplier must be > 0: " + start);
    }
    this.multiplier = within(start);
  }

  /** What to multiply bids by, within 1e-12 and 1e12. */
  public double multiplier() {
    return multiplier;
  }

  /**
   * Ends a window.
   *
   * @param remaining what is left of the budget at its end
   * @param leftMillis event time left in the flight at its end
   * @param windowMillis its length, above 0
   * @param spent what was spent in it, in the unit of {@code remaining}
   * @return the factor that the multiplier was changed by; 1 where money or time is used up
   */
  public double window(double remaining, long leftMillis, long windowMillis, double spent) {
    double ideal = remaining * windowMillis / leftMillis;
    if (!(remaining > 0) || leftMillis <= 0 || !(ideal > 0) || Double.isNaN(spent)) {
      return 1;
    }
    double factor = ideal / Math.max(spent, FLOOR_SHARE * ideal);
    factor = Math.min(LARGEST_FACTOR, Math.max(1 / LARGEST_FACTOR, factor));
    multiplier = within(multiplier * factor);
    return factor;
  }

  private static double within(double multiplier) {
    return Math.min(HIGHEST, Math.max(LOWEST, multiplier));
  }

  /** Writes the state, with a version in front. */
  public void write(DataOutput out) throws IOException {
    out.writeByte(VERSION);
    out.writeDouble(multiplier);
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws IOException if the version is newer than this code
   */
  public static Smoothing read(DataInput in) throws IOException {
    int version = in.readByte();
    if (version != VERSION) {
      throw new IOException("smoothing state has version " + version + "; readable is " + VERSION);
    }
    return new Smoothing(in.readDouble());
  }
}
