package io.dualbid.stream.kafka;

import io.dualbid.core.configuration.EngineConfig;
import io.dualbid.stream.codec.JournalDecoder;
import io.dualbid.stream.metrics.EngineMetrics;
import io.dualbid.stream.metrics.MetricsEndpoint;
import io.dualbid.stream.record.JournalRecord;
import io.dualbid.stream.record.RecordType;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Decodes the journal where it is read, so that only what pacing needs travels on, and sees whether
 * its append times are ahead of the clock.
 */
public final class JournalReader implements KafkaRecordDeserializationSchema<JournalRecord> {
  private static final long serialVersionUID = 2L;

  private final JournalDecoder decoder;
  private final EngineConfig.Metrics settings;
  private transient @Nullable EngineMetrics meters;

  /** A reader that tells the meters of its JVM. */
  public JournalReader(JournalDecoder decoder, EngineConfig.Metrics settings) {
    this.decoder = decoder;
    this.settings = settings;
  }

  @Override
  public void open(DeserializationSchema.InitializationContext context) {
    meters = MetricsEndpoint.shared(settings);
  }

  @Override
  public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<JournalRecord> out) {
    EngineMetrics known = meters;
    if (known != null) {
      known.appended(record.timestamp());
    }
    out.collect(decoder.decode(RawRecordReader.of(record)));
  }

  @Override
  public TypeInformation<JournalRecord> getProducedType() {
    return RecordType.JOURNAL;
  }
}
