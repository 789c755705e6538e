package io.dualbid.core.pacing;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Paces a budget by staying away: takes part in an auction with probability q and then bids its
 * value unshaded. Each interval of event time q is multiplied by 1 - r where more was spent than
 * planned, by 1 + r where not, and kept within [q_min, 1].
 *
 * <p>It keeps the mix of the stream instead of buying the best of it, and promises no more than its
 * limits: a lower bar for policies that shade bids. The draw is the caller's, a function of (seed,
 * request) alone.
 *
 * <p>O(1), no allocation; not thread safe.
 *
 * @see "the form in use in the industry; compare Agarwal, Ghosh, Wei, You: Budget Pacing for
 *     Targeted Online Advertisements at LinkedIn, KDD 2014"
 */
public final class Throttle {
  private static final int VERSION = 1;

  /**
   * How q moves.
   *
   * @param rate r, the share by which q changes in an interval; above 0 and below 1
   * @param lowest q_min, above 0 (a q of 0 could never rise again) and at most 1
   */
  public record Settings(double rate, double lowest) {
    /** A tenth in each interval, never below one auction in twenty. */
    public static final Settings DEFAULT = new Settings(0.1, 0.05);

    public Settings {
      if (!(rate > 0 && rate < 1)) {
        throw new IllegalArgumentException("need 0 < rate < 1: " + rate);
      }
      if (!(lowest > 0 && lowest <= 1)) {
        throw new IllegalArgumentException("need 0 < lowest probability <= 1: " + lowest);
      }
    }
  }

  private final Settings settings;
  private final long intervalMillis;
  private long updatedMillis;
  private double probability;

  /**
   * A throttle at its start.
   *
   * @param intervalMillis event time between two updates, above 0
   * @param startMillis when the flight starts; the first update is due an interval later
   * @param start the first q; brought within the limits
   */
  public Throttle(Settings settings, long intervalMillis, long startMillis, double start) {
    if (intervalMillis <= 0 || Double.isNaN(start)) {
      throw new IllegalArgumentException(
          "need an interval > 0 ms and a first probability: " + intervalMillis + ", " + start);
    }
    this.settings = settings;
    this.intervalMillis = intervalMillis;
    this.updatedMillis = startMillis;
    this.probability = within(start);
  }

  /** The probability q of taking part. */
  public double probability() {
    return probability;
  }

  /** Whether a uniform draw from [0, 1) takes part at probability {@code q}. */
  public static boolean participates(double q, double draw) {
    return draw < q;
  }

  /**
   * The q at which unshaded bids spend a budget evenly, as soon as their spend is known: min(1,
   * ρ/s).
   *
   * @param rho planned spend for each opportunity, at least 0
   * @param spendPerOpportunity s, what an opportunity costs on average when always taking part; 1
   *     is the answer where that is nothing
   */
  public static double fluid(double rho, double spendPerOpportunity) {
    return spendPerOpportunity > 0 ? Math.min(1, rho / spendPerOpportunity) : 1;
  }

  /**
   * Lets event time reach {@code nowMillis}, and moves q by one step where that is due.
   *
   * @param planned planned spend from the start of the flight until now
   * @param spent what was spent by now, in the same unit
   * @return whether q was moved
   */
  public boolean tick(long nowMillis, double planned, double spent) {
    if (nowMillis - updatedMillis < intervalMillis) {
      return false;
    }
    if (Double.isNaN(planned) || Double.isNaN(spent)) {
      return false;
    }
    updatedMillis = nowMillis;
    double factor = spent > planned ? 1 - settings.rate() : 1 + settings.rate();
    probability = within(probability * factor);
    return true;
  }

  private double within(double q) {
    return Math.min(1, Math.max(settings.lowest(), q));
  }

  /** Writes the state, with a version in front; settings and interval are configuration. */
  public void write(DataOutput out) throws IOException {
    out.writeByte(VERSION);
    out.writeLong(updatedMillis);
    out.writeDouble(probability);
  }

  /**
   * Reads what {@link #write} wrote, under settings that may have changed since.
   *
   * @throws IOException if the version is newer than this code
   */
  public static Throttle read(Settings settings, long intervalMillis, DataInput in)
      throws IOException {
    int version = in.readByte();
    if (version != VERSION) {
      throw new IOException("throttle state has version " + version + "; readable is " + VERSION);
    }
    return new Throttle(settings, intervalMillis, in.readLong(), in.readDouble());
  }
}
