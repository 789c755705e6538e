package io.dualbid.core.pacing;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * Measures how old the feedback is that a step of the multiplier rests on: the dead time of the
 * control loop.
 *
 * <p>It is the sum of two parts. From the decision of a bid to the step that knows its outcome: a
 * high quantile over the last while. From a step to the first bids made with it: the least of the
 * last while, since right after a new multiplier has arrived the difference is just the way that it
 * took. Steps are told in event time, which lags behind the bidders' clock; the lag enters one part
 * with a plus and the other with a minus and cancels.
 *
 * <p>Quantiles come from a histogram whose bins grow by a quarter, in two windows of which the
 * older is dropped; so a figure is at most a quarter too high and rests on the last one to two
 * windows. O(bins) per question, no allocation; not thread safe.
 */
public final class FeedbackAge {
  private static final int BINS = 72;
  private static final double GROWTH = 1.25;
  private static final double LOG_GROWTH = StrictMath.log(GROWTH);
  private static final double QUANTILE = 0.9;
  private static final double[] UPPER_EDGES = new double[BINS];

  static {
    for (int bin = 0; bin < BINS; bin++) {
      UPPER_EDGES[bin] = StrictMath.pow(GROWTH, bin);
    }
  }

  private final long windowMillis;
  private int[] current = new int[BINS];
  private int[] previous = new int[BINS];
  private long currentTotal;
  private long previousTotal;
  private long currentWay = Long.MAX_VALUE;
  private long previousWay = Long.MAX_VALUE;
  private long currentSince = Long.MIN_VALUE;

  /**
   * Nothing measured yet.
   *
   * @param windowMillis how long a measurement counts at least, above 0
   */
  public FeedbackAge(long windowMillis) {
    this.windowMillis = windowMillis;
  }

  /**
   * A bid was decided at {@code decidedMillis} with the multiplier of the step at {@code epoch}.
   */
  public void used(long epoch, long decidedMillis) {
    currentWay = Math.min(currentWay, Math.max(0, decidedMillis - epoch));
  }

  /**
   * The step at {@code epoch} is the first that knows the outcome of a bid.
   *
   * @return the age of this outcome, in milliseconds
   */
  public double learned(long epoch, long decidedMillis) {
    current[bin(epoch - decidedMillis)]++;
    currentTotal++;
    return Math.max(0, (double) (epoch - decidedMillis + way()));
  }

  /** Lets time pass. */
  public void advance(long nowMillis) {
    if (currentSince == Long.MIN_VALUE) {
      currentSince = nowMillis;
    } else if (nowMillis - currentSince >= windowMillis) {
      int[] oldest = previous;
      previous = current;
      Arrays.fill(oldest, 0);
      current = oldest;
      previousTotal = currentTotal;
      currentTotal = 0;
      previousWay = currentWay;
      currentWay = Long.MAX_VALUE;
      currentSince = nowMillis;
    }
  }

  /**
   * The age in milliseconds that nine in ten outcomes keep below.
   *
   * @param unknown the answer where nothing has been measured
   */
  public double millis(double unknown) {
    long total = currentTotal + previousTotal;
    if (total == 0) {
      return unknown;
    }
    long rank = (long) Math.ceil(QUANTILE * total);
    int bin = 0;
    long below = current[0] + (long) previous[0];
    while (below < rank) {
      bin++;
      below += current[bin] + (long) previous[bin];
    }
    return UPPER_EDGES[bin] + way();
  }

  /** The way from a step to the bids made with it. */
  private long way() {
    long way = Math.min(currentWay, previousWay);
    return way == Long.MAX_VALUE ? 0 : way;
  }

  /** Writes the state. */
  public void write(DataOutput out) throws IOException {
    out.writeLong(currentSince);
    out.writeLong(currentWay);
    out.writeLong(previousWay);
    for (int i = 0; i < BINS; i++) {
      out.writeInt(current[i]);
      out.writeInt(previous[i]);
    }
  }

  /** Reads what {@link #write} wrote. */
  public static FeedbackAge read(long windowMillis, DataInput in) throws IOException {
    FeedbackAge age = new FeedbackAge(windowMillis);
    age.currentSince = in.readLong();
    age.currentWay = in.readLong();
    age.previousWay = in.readLong();
    for (int i = 0; i < BINS; i++) {
      age.current[i] = in.readInt();
      age.previous[i] = in.readInt();
      age.currentTotal += age.current[i];
      age.previousTotal += age.previous[i];
    }
    return age;
  }

  private static int bin(long millis) {
    if (millis <= 1) {
      return 0;
    }
    return Math.min(BINS - 1, (int) Math.ceil(StrictMath.log((double) millis) / LOG_GROWTH));
  }
}
