package io.dualbid.simulator.chaos;

import io.dualbid.simulator.play.VariedCampaigns;
import java.time.LocalDate;
import java.util.PriorityQueue;
import java.util.SplittableRandom;

/** Simulated time: what is to happen, in order, and all the chance there is. */
final class Timeline {
  /**
   * A little before the end of a day on which the clocks of {@link VariedCampaigns#ZONE} are set
   * back: a run sees the day of budgets change, half an hour later than 24 hours after it began.
   */
  static final long BEGIN =
      LocalDate.of(2026, 4, 6).atStartOfDay(VariedCampaigns.ZONE).toInstant().toEpochMilli()
          - 5_000;

  private final PriorityQueue<Event> events = new PriorityQueue<>();
  private final SplittableRandom random;
  private long now = BEGIN;
  private long planned;
  private long passed;

  private record Event(long timeMillis, long number, Runnable work) implements Comparable<Event> {
    @Override
    public int compareTo(Event other) {
      return timeMillis != other.timeMillis
          ? Long.compare(timeMillis, other.timeMillis)
          : Long.compare(number, other.number);
    }
  }

  Timeline(long seed) {
    random = new SplittableRandom(seed);
  }

  /** True time, which no process sees. */
  long now() {
    return now;
  }

  /** How many events have passed. */
  long passed() {
    return passed;
  }

  /** Plans work; what is planned for the same moment happens in the order of planning. */
  void at(long timeMillis, Runnable work) {
    events.add(new Event(Math.max(now, timeMillis), planned++, work));
  }

  /** Plans work from now on. */
  void after(long millis, Runnable work) {
    at(now + millis, work);
  }

  /** Lets time pass up to {@code endMillis}. */
  void runTo(long endMillis) {
    for (Event next = events.peek();
        next != null && next.timeMillis <= endMillis;
        next = events.peek()) {
      events.remove();
      now = next.timeMillis;
      passed++;
      next.work.run();
    }
    now = endMillis;
  }

  /** A whole number from {@code least} to {@code most}, both included. */
  long between(long least, long most) {
    return random.nextLong(least, most + 1);
  }

  /** True with this probability. */
  boolean chance(double probability) {
    return random.nextDouble() < probability;
  }

  /** 64 random bits. */
  long bits() {
    return random.nextLong();
  }
}
