package io.dualbid.stream.kafka;

import io.dualbid.stream.record.OutRecord;
import java.util.Properties;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.kafka.clients.producer.ProducerConfig;

/** The two kinds of output: at once and at least once, or with the checkpoint and exactly once. */
public final class Sinks {
  /** Longest time from the first record of a transaction to its end, failures included. */
  private static final String TRANSACTION_MILLIS = "300000";

  private Sinks() {}

  /** Records leave at once; after a failure some are repeated. */
  public static KafkaSink<OutRecord> atOnce(KafkaClients clients) {
    return KafkaSink.<OutRecord>builder()
        .setKafkaProducerConfig(clients.producer())
        .setBootstrapServers(clients.bootstrap())
        .setRecordSerializer(new OutRecordWriter())
        .setDeliveryGuarantee(DeliveryGuarantee.AT_LEAST_ONCE)
        .build();
  }

  /**
   * Records become visible, each once, when the checkpoint that holds their cause is durable.
   *
   * @param transactionPrefix tells the transactions of this job from those of others
   */
  public static KafkaSink<OutRecord> withCheckpoint(
      KafkaClients clients, String transactionPrefix) {
    Properties properties = clients.producer();
    properties.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, TRANSACTION_MILLIS);
    return KafkaSink.<OutRecord>builder()
        .setKafkaProducerConfig(properties)
        .setBootstrapServers(clients.bootstrap())
        .setRecordSerializer(new OutRecordWriter())
        .setDeliveryGuarantee(DeliveryGuarantee.EXACTLY_ONCE)
        .setTransactionalIdPrefix(transactionPrefix)
        .build();
  }
}
