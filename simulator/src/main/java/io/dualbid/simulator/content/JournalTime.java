package io.dualbid.simulator.content;

import java.util.Arrays;

/**
 * How far a reader of {@code bids} has come: the append time that every partition has passed.
 *
 * <p>Heartbeats of the bidders keep every partition moving. What was appended earlier than this
 * time has been read.
 */
final class JournalTime {
  private final long[] passed;

  /**
   * Before any record was read.
   *
   * @param partitions number of partitions, at least 1
   */
  JournalTime(int partitions) {
    passed = new long[partitions];
    Arrays.fill(passed, Long.MIN_VALUE);
  }

  /** Takes note of a record. */
  void read(int partition, long appendMillis) {
    passed[partition] = Math.max(passed[partition], appendMillis);
  }

  /** The least append time over the partitions; the least number before each has been read. */
  long millis() {
    long least = Long.MAX_VALUE;
    for (long time : passed) {
      least = Math.min(least, time);
    }
    return least;
  }
}
