package io.dualbid.stream.kafka;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;

/**
 * Finds the last record that a partition holds now: having read up to it, a reader knows the topic
 * as it was at this moment.
 *
 * <p>The end offset alone does not tell: the last offsets of a compacted or transactional partition
 * may hold nothing that a reader ever sees.
 */
public final class LastReadableOffsets {
  private static final Duration WAIT = Duration.ofMillis(100);
  private static final int FIRST_STEP = 16;

  private LastReadableOffsets() {}

  /**
   * The offset of the last record of each partition that has one.
   *
   * @param consumer a consumer without assignment; left without assignment
   * @param topics the topics to look at
   */
  public static Map<TopicPartition, Long> of(
      Consumer<byte[], byte[]> consumer, Collection<String> topics) {
    Map<TopicPartition, Long> found = new HashMap<>();
    for (String topic : topics) {
      for (var info : consumer.partitionsFor(topic)) {
        TopicPartition partition = new TopicPartition(topic, info.partition());
        long last = last(consumer, partition);
        if (last >= 0) {
          found.put(partition, last);
        }
      }
    }
    consumer.unsubscribe();
    return found;
  }

  private static long last(Consumer<byte[], byte[]> consumer, TopicPartition partition) {
    List<TopicPartition> one = List.of(partition);
    consumer.assign(one);
    long begin = consumer.beginningOffsets(one).getOrDefault(partition, 0L);
    long end = consumer.endOffsets(one).getOrDefault(partition, 0L);
    long from = end;
    for (long step = FIRST_STEP; from > begin; step *= 4) {
      from = Math.max(begin, end - step);
      long last = lastFrom(consumer, partition, from, end);
      if (last >= 0) {
        return last;
      }
    }
    return -1;
  }

  private static long lastFrom(
      Consumer<byte[], byte[]> consumer, TopicPartition partition, long from, long end) {
    consumer.seek(partition, from);
    long last = -1;
    while (consumer.position(partition) < end) {
      ConsumerRecords<byte[], byte[]> records = consumer.poll(WAIT);
      for (ConsumerRecord<byte[], byte[]> record : records.records(partition)) {
        last = Math.max(last, record.offset());
      }
    }
    return last;
  }
}
