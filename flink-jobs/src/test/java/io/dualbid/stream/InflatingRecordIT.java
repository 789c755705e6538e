package io.dualbid.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dualbid.core.configuration.Configurations;
import io.dualbid.core.configuration.EngineConfig;
import io.dualbid.stream.embedded.EmbeddedBroker;
import io.dualbid.stream.kafka.KafkaClients;
import io.dualbid.stream.topics.TopicPlan;
import io.dualbid.stream.topics.TopicSetup;
import io.dualbid.stream.topics.TopicSpec;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.record.MemoryRecords;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Some kilobytes that inflate to more than a reader could hold are refused at the door. */
class InflatingRecordIT {
  /** What the broker of this test can inflate beside all else. */
  private static final int INFLATED = 100_000_000;

  private static EmbeddedBroker broker;

  @BeforeAll
  static void start() {
    broker = new EmbeddedBroker();
  }

  @AfterAll
  static void stop() {
    broker.close();
  }

  private static EngineConfig engine(String requests) {
    return Configurations.engine(
        "test",
        "kafka: { bootstrap: \""
            + broker.bootstrap()
            + "\", topics: { bid-requests: "
            + requests
            + " } }",
        name -> null);
  }

  @Test
  void noTopicOfTheEngineTakesARecordThatInflates() throws Exception {
    EngineConfig engine = engine("requests");
    KafkaClients clients = KafkaClients.of(engine);
    TopicSetup.ensure(clients, engine);
    MemoryRecords batch = InflatingRecord.batch(INFLATED);
    assertThat(batch.sizeInBytes()).isLessThan(10_000);
    try (Admin admin = clients.newAdmin()) {
      for (TopicSpec topic : TopicPlan.of(engine)) {
        assertThat(InflatingRecord.append(broker.bootstrap(), topic.name(), batch))
            .as(topic.name())
            .isEqualTo(Errors.MESSAGE_TOO_LARGE);
        TopicPartition first = new TopicPartition(topic.name(), 0);
        assertThat(end(admin, first)).as(topic.name()).isZero();
      }
    }
  }

  /** That it is refused for its size alone. */
  @Test
  void aTopicThatKeepsBatchesAsTheyComeTakesItAndIsRefused() throws Exception {
    EngineConfig engine = engine("as-they-come");
    KafkaClients clients = KafkaClients.of(engine);
    try (Admin admin = clients.newAdmin()) {
      admin.createTopics(List.of(new NewTopic("as-they-come", 1, (short) 1))).all().get();
    }
    assertThatThrownBy(() -> TopicSetup.ensure(clients, engine))
        .hasMessageContaining("topic as-they-come has compression.type=producer")
        .hasMessageContaining("--add-config compression.type=uncompressed");
    assertThat(
            InflatingRecord.append(
                broker.bootstrap(), "as-they-come", InflatingRecord.batch(INFLATED)))
        .isEqualTo(Errors.NONE);
  }

  @Test
  void writersMayCompress() throws Exception {
    EngineConfig engine = engine("compressed");
    KafkaClients clients = KafkaClients.of(engine);
    TopicSetup.ensure(clients, engine);
    Properties settings = clients.producer();
    settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "zstd");
    settings.put(ProducerConfig.BATCH_SIZE_CONFIG, "1000000");
    settings.put(ProducerConfig.LINGER_MS_CONFIG, "200");
    try (var producer =
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
      // More than a batch may hold once it is inflated: the producer splits it.
      for (int i = 0; i < 4_000; i++) {
        var unused = producer.send(new ProducerRecord<>("compressed", 0, null, new byte[1_000]));
      }
      producer.flush();
    }
    TopicPartition first = new TopicPartition("compressed", 0);
    try (Admin admin = clients.newAdmin()) {
      assertThat(end(admin, first)).isEqualTo(4_000);
    }
  }

  private static long end(Admin admin, TopicPartition partition) throws Exception {
    return admin
        .listOffsets(Map.of(partition, OffsetSpec.latest()))
        .partitionResult(partition)
        .get()
        .offset();
  }
}
