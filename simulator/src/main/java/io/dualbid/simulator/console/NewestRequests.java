package io.dualbid.simulator.console;

import io.dualbid.stream.kafka.RawRecordReader;
import io.dualbid.stream.record.RawRecord;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/** A few of the newest requests at a time, however many there are; the last ones are remembered. */
final class NewestRequests {
  private static final int NEWEST_IN_PARTITION = 4;
  private static final int REMEMBERED = 12;
  private static final Duration POLL = Duration.ofMillis(100);
  private static final int POLLS = 10;

  private final String topic;
  private final Map<TopicPartition, Long> taken = new HashMap<>();
  private final Deque<RawRecord> recent = new ArrayDeque<>();

  NewestRequests(String topic) {
    this.topic = topic;
  }

  /** The newest requests of each partition that have not been taken before. */
  List<RawRecord> take(KafkaConsumer<byte[], byte[]> consumer) {
    List<TopicPartition> partitions = new ArrayList<>();
    consumer
        .partitionsFor(topic)
        .forEach(info -> partitions.add(new TopicPartition(topic, info.partition())));
    Map<TopicPartition, Long> ends = new HashMap<>();
    consumer
        .endOffsets(partitions)
        .forEach(
            (partition, end) -> {
              if (end > taken.getOrDefault(partition, 0L)) {
                ends.put(partition, end);
              }
            });
    List<RawRecord> records = new ArrayList<>();
    consumer.assign(ends.keySet());
    ends.forEach(
        (partition, end) -> {
          long seen = taken.getOrDefault(partition, 0L);
          consumer.seek(partition, Math.max(seen, end - NEWEST_IN_PARTITION));
          taken.put(partition, end);
        });
    for (int i = 0; i < POLLS && !ends.isEmpty(); i++) {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        TopicPartition partition = new TopicPartition(topic, record.partition());
        if (record.offset() < taken.getOrDefault(partition, 0L)) {
          records.add(RawRecordReader.of(record));
        }
      }
      ends.entrySet().removeIf(entry -> consumer.position(entry.getKey()) >= entry.getValue());
    }
    remember(records);
    return records;
  }

  private void remember(List<RawRecord> records) {
    synchronized (recent) {
      records.stream()
          .sorted(Comparator.comparingLong(RawRecord::timeMillis))
          .forEach(recent::addFirst);
      while (recent.size() > REMEMBERED) {
        recent.removeLast();
      }
    }
  }

  /** The last requests that were taken, the newest first. */
  List<RawRecord> recent() {
    synchronized (recent) {
      return List.copyOf(recent);
    }
  }
}
