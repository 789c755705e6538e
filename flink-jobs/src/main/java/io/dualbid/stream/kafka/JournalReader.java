package io.dualbid.stream.kafka;

import io.dualbid.stream.codec.JournalDecoder;
import io.dualbid.stream.record.JournalRecord;
import io.dualbid.stream.record.RecordType;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Decodes the journal where it is read, so that only what pacing needs travels on. */
public final class JournalReader implements KafkaRecordDeserializationSchema<JournalRecord> {
  private static final long serialVersionUID = 1L;

  private final JournalDecoder decoder;

  /** A reader. */
  public JournalReader(JournalDecoder decoder) {
    this.decoder = decoder;
  }

  @Override
  public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<JournalRecord> out) {
    out.collect(decoder.decode(RawRecordReader.of(record)));
  }

  @Override
  public TypeInformation<JournalRecord> getProducedType() {
    return RecordType.JOURNAL;
  }
}
