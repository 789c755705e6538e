package io.dualbid.simulator.console;

import io.dualbid.core.model.PacingUpdate;
import java.util.Arrays;

/**
 * How a campaign came along: samples of its ledger and multipliers, at most {@value #CAPACITY} of
 * them. When they are full every other one is dropped and the time between them doubles, so that
 * they always reach back to the first record that was seen. Not thread safe.
 */
final class Course {
  /** Samples kept; an even number. */
  static final int CAPACITY = 120;

  private static final int FIRST_CAPACITY = 8;
  private static final int FEWEST_RECENT = 5;
  private static final long FIRST_INTERVAL_MILLIS = 1_000;

  private long intervalMillis = FIRST_INTERVAL_MILLIS;
  private int size;
  private long[] time = new long[FIRST_CAPACITY];
  private long[] spent = new long[FIRST_CAPACITY];
  private long[] planned = new long[FIRST_CAPACITY];
  private long[] wins = new long[FIRST_CAPACITY];
  private float[] multiplier = new float[FIRST_CAPACITY];
  private float[] returnMultiplier = new float[FIRST_CAPACITY];
  private float[] feedbackAge = new float[FIRST_CAPACITY];

  // When it won last, as far as was seen.
  private long lastWins = -1;
  private long lastWinMillis;

  /** When the next sample is due: an update of an earlier epoch is not taken. */
  long nextMillis() {
    return size == 0 ? Long.MIN_VALUE : time[size - 1] + intervalMillis;
  }

  /** Number of samples. */
  int size() {
    return size;
  }

  /** Since when at least the number of wins has not changed, in ms since the epoch. */
  long lastWinMillis() {
    return lastWinMillis;
  }

  /**
   * What was spent of what was planned over the last quarter of the samples; NaN where nothing was
   * planned or too little is known.
   */
  double recentPace() {
    int span = Math.max(FEWEST_RECENT, size / 4);
    if (size <= span) {
      return Double.NaN;
    }
    long meant = planned[size - 1] - planned[size - 1 - span];
    return meant > 0 ? (double) (spent[size - 1] - spent[size - 1 - span]) / meant : Double.NaN;
  }

  /** Takes in an update, as a sample if one is due. */
  void add(PacingUpdate update) {
    // Time before its flight, or paused, is no time without wins.
    if (update.totals().wins() != lastWins || update.state() != PacingUpdate.State.ACTIVE) {
      lastWins = update.totals().wins();
      lastWinMillis = update.epoch();
    }
    if (update.epoch() < nextMillis()) {
      return;
    }
    if (size == CAPACITY) {
      thin();
      if (update.epoch() < nextMillis()) {
        return;
      }
    }
    grow();
    time[size] = update.epoch();
    spent[size] = update.ledger().spentNanos();
    planned[size] = update.totals().plannedNanos();
    wins[size] = update.totals().wins();
    multiplier[size] = (float) update.multipliers().budget();
    returnMultiplier[size] = (float) update.multipliers().ros();
    feedbackAge[size] = (float) update.totals().feedbackAgeMillis();
    size++;
  }

  private void thin() {
    for (int i = 0; 2 * i < size; i++) {
      time[i] = time[2 * i];
      spent[i] = spent[2 * i];
      planned[i] = planned[2 * i];
      wins[i] = wins[2 * i];
      multiplier[i] = multiplier[2 * i];
      returnMultiplier[i] = returnMultiplier[2 * i];
      feedbackAge[i] = feedbackAge[2 * i];
    }
    size = (size + 1) / 2;
    intervalMillis *= 2;
  }

  private void grow() {
    if (size < time.length) {
      return;
    }
    int capacity = Math.min(CAPACITY, 2 * size);
    time = Arrays.copyOf(time, capacity);
    spent = Arrays.copyOf(spent, capacity);
    planned = Arrays.copyOf(planned, capacity);
    wins = Arrays.copyOf(wins, capacity);
    multiplier = Arrays.copyOf(multiplier, capacity);
    returnMultiplier = Arrays.copyOf(returnMultiplier, capacity);
    feedbackAge = Arrays.copyOf(feedbackAge, capacity);
  }

  /** The time of a sample, in ms since the epoch. */
  long timeMillis(int sample) {
    return time[sample];
  }

  /** What was spent by then, in nanos. */
  long spentNanos(int sample) {
    return spent[sample];
  }

  /** What the plan meant to be spent by then, in nanos. */
  long plannedNanos(int sample) {
    return planned[sample];
  }

  /** The budget's multiplier. */
  float multiplier(int sample) {
    return multiplier[sample];
  }

  /** The multiplier of the return on spend. */
  float returnMultiplier(int sample) {
    return returnMultiplier[sample];
  }

  /** The age of the feedback, in ms. */
  float feedbackAgeMillis(int sample) {
    return feedbackAge[sample];
  }

  /** Mean price of the wins since the sample before, in nanos; NaN without wins. */
  double clearingPriceNanos(int sample) {
    if (sample == 0) {
      return Double.NaN;
    }
    long won = wins[sample] - wins[sample - 1];
    return won > 0 ? (double) (spent[sample] - spent[sample - 1]) / won : Double.NaN;
  }
}
