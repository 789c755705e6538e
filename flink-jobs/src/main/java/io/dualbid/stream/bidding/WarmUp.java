package io.dualbid.stream.bidding;

import io.dualbid.stream.record.RawRecord;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/**
 * Knows when the control topics have been read as far as they reached at the start: before, a
 * bidder would answer from half the campaigns.
 */
final class WarmUp {
  private final Map<TopicPartition, Long> ahead;

  /**
   * Begins to wait.
   *
   * @param last the last record of each partition at the start
   * @param read the last record of each that was read in an earlier run
   */
  WarmUp(Map<TopicPartition, Long> last, Map<TopicPartition, Long> read) {
    ahead = new HashMap<>(last);
    read.forEach(this::reached);
  }

  /** Takes note of a record that was read. */
  void read(RawRecord record) {
    if (!ahead.isEmpty()) {
      reached(new TopicPartition(record.topic(), record.partition()), record.offset());
    }
  }

  private void reached(TopicPartition partition, long offset) {
    Long last = ahead.get(partition);
    if (last != null && offset >= last) {
      ahead.remove(partition);
    }
  }

  /** Whether everything has been read. */
  boolean isOver() {
    return ahead.isEmpty();
  }
}
