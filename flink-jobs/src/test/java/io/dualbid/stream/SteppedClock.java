package io.dualbid.stream;

import io.dualbid.core.configuration.EngineConfig;
import io.dualbid.stream.kafka.KafkaClients;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.AlterConfigOp.OpType;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;

/**
 * Appends records to the journal as a broker whose clock is ahead would stamp them. A broker's
 * clock can't be set here; while the topic lets the writer stamp records, this writer does.
 */
final class SteppedClock {
  private SteppedClock() {}

  /** Appends a record to every partition of both topics, stamped so far ahead. */
  static void append(EngineConfig engine, byte[] value, long aheadMillis) throws Exception {
    KafkaClients clients = KafkaClients.of(engine);
    EngineConfig.Topics topics = engine.kafka().topics();
    try (Admin admin = clients.newAdmin();
        KafkaProducer<byte[], byte[]> producer = clients.newProducer()) {
      for (String topic : List.of(topics.bids(), topics.outcomes())) {
        stampedBy(admin, topic, "CreateTime");
        for (var partition : producer.partitionsFor(topic)) {
          long stamp = System.currentTimeMillis() + aheadMillis;
          producer
              .send(new ProducerRecord<>(topic, partition.partition(), stamp, null, value))
              .get();
        }
        stampedBy(admin, topic, "LogAppendTime");
      }
    }
  }

  private static void stampedBy(Admin admin, String topic, String type) throws Exception {
    ConfigEntry entry = new ConfigEntry(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, type);
    admin
        .incrementalAlterConfigs(
            Map.of(
                new ConfigResource(ConfigResource.Type.TOPIC, topic),
                List.of(new AlterConfigOp(entry, OpType.SET))))
        .all()
        .get();
  }
}
