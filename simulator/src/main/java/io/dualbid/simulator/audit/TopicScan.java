package io.dualbid.simulator.audit;

import io.dualbid.stream.kafka.KafkaClients;
import io.dualbid.stream.kafka.RawRecordReader;
import io.dualbid.stream.record.RawRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/** Reads a topic from its beginning to the end that it has now. */
public final class TopicScan {
  private static final Duration POLL = Duration.ofMillis(200);

  private TopicScan() {}

  /**
   * Hands every record on, in order within each partition.
   *
   * @return number of records
   */
  public static long read(KafkaClients clients, String topic, Consumer<RawRecord> reader) {
    return readWhole(clients, topic, record -> reader.accept(RawRecordReader.of(record)));
  }

  /**
   * The same with all that records have, headers too.
   *
   * @return number of records
   */
  public static long readWhole(
      KafkaClients clients, String topic, Consumer<ConsumerRecord<byte[], byte[]>> reader) {
    try (KafkaConsumer<byte[], byte[]> consumer = clients.newCommittedConsumer()) {
      return read(consumer, ends(consumer, topic), reader);
    }
  }

  /** Marks where a topic ends now. */
  static JournalSource.Cut cut(KafkaClients clients, String topic) {
    try (KafkaConsumer<byte[], byte[]> consumer = clients.newCommittedConsumer()) {
      Map<TopicPartition, Long> ends = ends(consumer, topic);
      boolean whole =
          consumer.beginningOffsets(ends.keySet()).values().stream().allMatch(begin -> begin == 0);
      return new JournalSource.Cut() {
        @Override
        public long read(Consumer<RawRecord> taker) {
          try (KafkaConsumer<byte[], byte[]> another = clients.newCommittedConsumer()) {
            return TopicScan.read(another, ends, r -> taker.accept(RawRecordReader.of(r)));
          }
        }

        @Override
        public boolean isWhole() {
          return whole;
        }
      };
    }
  }

  private static Map<TopicPartition, Long> ends(
      KafkaConsumer<byte[], byte[]> consumer, String topic) {
    List<TopicPartition> partitions = new ArrayList<>();
    consumer
        .partitionsFor(topic)
        .forEach(info -> partitions.add(new TopicPartition(topic, info.partition())));
    return consumer.endOffsets(partitions);
  }

  private static long read(
      KafkaConsumer<byte[], byte[]> consumer,
      Map<TopicPartition, Long> ends,
      Consumer<ConsumerRecord<byte[], byte[]>> reader) {
    consumer.assign(ends.keySet());
    consumer.seekToBeginning(ends.keySet());
    Map<TopicPartition, Long> left = new HashMap<>(ends);
    left.values().removeIf(end -> end == 0);
    long count = 0;
    while (!left.isEmpty()) {
      for (var record : consumer.poll(POLL)) {
        TopicPartition partition = new TopicPartition(record.topic(), record.partition());
        if (record.offset() < ends.getOrDefault(partition, 0L)) {
          count++;
          reader.accept(record);
        }
      }
      left.entrySet().removeIf(entry -> consumer.position(entry.getKey()) >= entry.getValue());
    }
    return count;
  }
}
