package io.dualbid.stream.kafka;

import io.dualbid.core.configuration.EngineConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Where the Kafka cluster is and how clients are let in, with the settings that keep the loop
 * short: a producer waits at most a few milliseconds for company, a consumer is answered as soon as
 * there is anything.
 *
 * @param bootstrap addresses of brokers
 * @param properties further settings of every client, such as TLS and SASL; they win over ours
 */
public record KafkaClients(String bootstrap, Map<String, String> properties) {
  private static final String LINGER_MILLIS = "5";

  /**
   * A fetch is answered after so long, or when there is so much: asking for every single record
   * costs the broker more than all the rest.
   */
  private static final String FETCH_WAIT_MILLIS = "10";

  private static final String FETCH_MIN_BYTES = "65536";

  public KafkaClients {
    properties = Map.copyOf(properties);
  }

  /** How the clients of an engine reach its cluster. */
  public static KafkaClients of(EngineConfig engine) {
    return new KafkaClients(engine.kafka().bootstrap(), engine.kafka().properties());
  }

  /** Settings of a consumer. */
  public Properties consumer() {
    Properties p = base();
    p.putIfAbsent(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, FETCH_WAIT_MILLIS);
    p.putIfAbsent(ConsumerConfig.FETCH_MIN_BYTES_CONFIG, FETCH_MIN_BYTES);
    p.putIfAbsent(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, "2000");
    p.putIfAbsent(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false");
    return p;
  }

  /** Settings of a producer. */
  public Properties producer() {
    Properties p = base();
    p.putIfAbsent(ProducerConfig.LINGER_MS_CONFIG, LINGER_MILLIS);
    p.putIfAbsent(ProducerConfig.BATCH_SIZE_CONFIG, "131072");
    p.putIfAbsent(ProducerConfig.ACKS_CONFIG, "all");
    return p;
  }

  /** A consumer of bytes without a group. */
  public KafkaConsumer<byte[], byte[]> newConsumer() {
    Properties p = consumer();
    p.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
    p.putIfAbsent(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    return new KafkaConsumer<>(p, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  /** A consumer of bytes without a group that doesn't see open and aborted transactions. */
  public KafkaConsumer<byte[], byte[]> newCommittedConsumer() {
    Properties p = consumer();
    p.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
    p.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    p.putIfAbsent(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    return new KafkaConsumer<>(p, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  /** A producer of bytes. */
  public KafkaProducer<byte[], byte[]> newProducer() {
    return new KafkaProducer<>(producer(), new ByteArraySerializer(), new ByteArraySerializer());
  }

  /**
   * A producer of bytes that writes in transactions.
   *
   * @param id of several producers with one id only the newest may write
   * @param longestMillis after so long the broker ends a transaction that nobody ends
   */
  public KafkaProducer<byte[], byte[]> newTransactionalProducer(String id, int longestMillis) {
    Properties p = producer();
    p.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, id);
    p.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, String.valueOf(longestMillis));
    return new KafkaProducer<>(p, new ByteArraySerializer(), new ByteArraySerializer());
  }

  /** An administrator. */
  public Admin newAdmin() {
    return Admin.create(base());
  }

  /** Whether anything was ever written to a topic, even if it is gone since. */
  public boolean everWritten(String topic) {
    try (KafkaConsumer<byte[], byte[]> consumer = newConsumer()) {
      List<TopicPartition> partitions = new ArrayList<>();
      consumer
          .partitionsFor(topic)
          .forEach(info -> partitions.add(new TopicPartition(topic, info.partition())));
      return consumer.endOffsets(partitions).values().stream().anyMatch(end -> end > 0);
    }
  }

  private Properties base() {
    Properties p = new Properties();
    p.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrap);
    p.putAll(properties);
    return p;
  }

  /** Names the settings without their values, which may be secret. */
  @Override
  public String toString() {
    return "KafkaClients[" + bootstrap + ", " + new TreeMap<>(properties).keySet() + "]";
  }
}
