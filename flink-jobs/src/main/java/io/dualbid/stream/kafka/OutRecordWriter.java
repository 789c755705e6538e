package io.dualbid.stream.kafka;

import io.dualbid.stream.record.OutRecord;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/** Writes records that say themselves where they go, so that one producer serves several topics. */
public final class OutRecordWriter implements KafkaRecordSerializationSchema<OutRecord> {
  private static final long serialVersionUID = 1L;

  @Override
  public ProducerRecord<byte[], byte[]> serialize(
      OutRecord record, KafkaSinkContext context, @Nullable Long timestamp) {
    Integer partition = record.partition() == OutRecord.BY_KEY ? null : record.partition();
    return new ProducerRecord<>(record.topic(), partition, record.key(), record.value());
  }
}
