package io.dualbid.simulator.console;

import io.dualbid.core.configuration.EngineConfig.Topics;
import io.dualbid.stream.kafka.KafkaClients;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Follows the topics of definitions and of ledgers from what is left of their beginning, in a
 * thread of its own and in no consumer group, so that nothing waits for it. Where it fails it says
 * why on the board and begins again.
 */
final class Follower implements AutoCloseable {
  /** Few large fetches cost a fraction of many small ones; nobody sees half a second. */
  private static final String FETCH_WAIT_MILLIS = "400";

  private static final String FETCH_MIN_BYTES = "4194304";
  private static final String FETCH_MOST_BYTES = "8388608";
  private static final Duration POLL = Duration.ofMillis(500);
  private static final long PAUSE_MILLIS = 2_000;

  private final KafkaClients clients;
  private final Topics topics;
  private final Board board;
  private final Thread thread;
  private volatile boolean closed;

  Follower(KafkaClients clients, Topics topics, Board board) {
    this.clients = clients;
    this.topics = topics;
    this.board = board;
    thread = new Thread(this::run, "console-follower");
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  private void run() {
    while (!closed) {
      try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
        follow(consumer);
      } catch (WakeupException | org.apache.kafka.common.errors.InterruptException e) {
        return;
      } catch (KafkaException | IllegalStateException e) {
        board.troubled(String.valueOf(e.getMessage()));
        pause();
      }
    }
  }

  private void pause() {
    try {
      Thread.sleep(PAUSE_MILLIS);
    } catch (InterruptedException e) {
      closed = true;
    }
  }

  private KafkaConsumer<byte[], byte[]> consumer() {
    Properties p = clients.consumer();
    p.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
    p.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, FETCH_WAIT_MILLIS);
    p.put(ConsumerConfig.FETCH_MIN_BYTES_CONFIG, FETCH_MIN_BYTES);
    p.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, FETCH_MOST_BYTES);
    p.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, "20000");
    p.putIfAbsent(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    return new KafkaConsumer<>(p, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  private void follow(KafkaConsumer<byte[], byte[]> consumer) {
    List<TopicPartition> partitions = new ArrayList<>();
    for (String topic : List.of(topics.campaigns(), topics.pacing())) {
      List<PartitionInfo> known = consumer.partitionsFor(topic);
      if (known.isEmpty()) {
        throw new IllegalStateException("found no topic '" + topic + "'");
      }
      known.forEach(info -> partitions.add(new TopicPartition(topic, info.partition())));
    }
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    Map<TopicPartition, Long> past = new HashMap<>(consumer.endOffsets(partitions));
    while (!closed) {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        if (record.topic().equals(topics.pacing())) {
          board.pacing(record.key(), record.value());
        } else {
          board.defined(record.key(), record.value());
        }
      }
      if (!past.isEmpty()) {
        past.entrySet().removeIf(entry -> consumer.position(entry.getKey()) >= entry.getValue());
        if (past.isEmpty()) {
          board.caughtUp();
        }
      }
    }
  }

  @Override
  public void close() {
    closed = true;
    thread.interrupt();
    try {
      thread.join(2_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
