package io.dualbid.core.allocation;

/**
 * How many requests (slots) the capacity is to last for, and how many have passed.
 *
 * <p>A known horizon ends: after its last slot nothing is given. An unknown one never does: it is
 * guessed, and the guess doubles as soon as half of it has passed, so there is always as much ahead
 * as behind; what is left at that moment is planned anew. From one guess to the next a third (at
 * first a half) of what is left is meant to be used, so the capacity never runs out by plan.
 *
 * <p>O(1); not thread safe.
 */
public final class Horizon {
  private static final long LONGEST = Long.MAX_VALUE / 4;

  private long length;
  private long used;
  private boolean known;

  private Horizon(long length, boolean known) {
    this.length = length;
    this.known = known;
  }

  /** A horizon of so many slots, at least 0. */
  public static Horizon of(long slots) {
    return new Horizon(required(slots), true);
  }

  /** An unknown horizon, at first guessed to be so many slots, at least 1. */
  public static Horizon unknown(long guess) {
    if (guess < 1) {
      throw new IllegalArgumentException("a guess must be >= 1: " + guess);
    }
    return new Horizon(required(guess), false);
  }

  /** Slots from first to last, as far as known. */
  public long length() {
    return length;
  }

  /** Slots that have passed. */
  public long used() {
    return used;
  }

  /** Slots that are left; 0 where the horizon was cut below what has passed. */
  public long left() {
    return Math.max(0, length - used);
  }

  /** Whether the length is no guess. */
  public boolean isKnown() {
    return known;
  }

  /** Whether no slot is left. */
  public boolean isOver() {
    return used >= length;
  }

  /** Extends or cuts the horizon in flight; from then on it is known. */
  public void setLength(long slots) {
    length = required(slots);
    known = true;
  }

  /** Slots until {@link #advance} will next answer true or the horizon is over; at least 1. */
  long untilChange() {
    return known || length >= LONGEST ? Math.max(1, left()) : (length + 1) / 2 - used;
  }

  /**
   * Lets slots pass, at most {@link #untilChange} of them.
   *
   * @return whether the guess has changed, so that targets must be formed anew
   */
  boolean advance(long slots) {
    used += slots;
    boolean changed = false;
    while (!known && 2 * used >= length && length < LONGEST) {
      length *= 2;
      changed = true;
    }
    return changed;
  }

  private static long required(long slots) {
    if (slots < 0 || slots > LONGEST) {
      throw new IllegalArgumentException("slots must be in 0.." + LONGEST + ": " + slots);
    }
    return slots;
  }
}
