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
      List<TopicPartition> partitions = new ArrayList<>();
      consumer
          .partitionsFor(topic)
          .forEach(info -> partitions.add(new TopicPartition(topic, info.partition())));
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> left = new HashMap<>(consumer.endOffsets(partitions));
      long count = 0;
      left.values().removeIf(end -> end == 0);
      while (!left.isEmpty()) {
        for (var record : consumer.poll(POLL)) {
          count++;
          reader.accept(record);
        }
        left.entrySet().removeIf(entry -> consumer.position(entry.getKey()) >= entry.getValue());
      }
      return count;
    }
  }
}
