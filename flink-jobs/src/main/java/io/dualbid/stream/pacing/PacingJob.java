package io.dualbid.stream.pacing;

import io.dualbid.core.configuration.EngineConfig;
import io.dualbid.core.configuration.EngineConfig.Topics;
import io.dualbid.stream.codec.DeadLetterCodec;
import io.dualbid.stream.codec.JournalDecoder;
import io.dualbid.stream.kafka.BrokerView;
import io.dualbid.stream.kafka.JobSettings;
import io.dualbid.stream.kafka.JournalReader;
import io.dualbid.stream.kafka.KafkaClients;
import io.dualbid.stream.kafka.Sinks;
import io.dualbid.stream.record.JournalRecord;
import io.dualbid.stream.record.JournalRecord.Beat;
import io.dualbid.stream.record.JournalRecord.Unreadable;
import io.dualbid.stream.record.OutRecord;
import io.dualbid.stream.record.RecordType;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.consumer.ConsumerConfig;

/**
 * The job that owns the money: folds the journal of bids and outcomes, campaign by campaign, into
 * ledgers and multipliers, and makes out leases.
 *
 * <pre>
 *   bids, outcomes --+-- by campaign --> [ pacing ] --+--> pacing  (at once)
 *   campaigns -------+                     ^          +--> leases  (exactly once, with checkpoints)
 *   heartbeats ------ to all subtasks -----+          +--> dead-letters
 * </pre>
 *
 * <p>Without saved state the journal is folded from its beginning.
 */
public final class PacingJob {
  /** Longest time that a record waits between tasks: half of it is added to the age of feedback. */
  private static final long BUFFER_MILLIS = 5;

  /** Tells our transactions from those of others; two engines on one cluster differ in topics. */
  private static final String TRANSACTIONS = "dualbid-";

  /** Definitions are published in transactions: all of a file or none. */
  private static final String READ_COMMITTED = "read_committed";

  /** The journal is not held up by what others leave open. */
  private static final String READ_ALL = "read_uncommitted";

  private PacingJob() {}

  /** How the names of its transactions begin, under which leases are written. */
  public static String transactionPrefix(Topics topics) {
    return TRANSACTIONS + topics.leases();
  }

  /** Adds the job to an environment that holds nothing else. */
  public static void build(StreamExecutionEnvironment environment, EngineConfig engine) {
    Topics topics = engine.kafka().topics();
    build(
        environment,
        engine,
        fewestPartitions(KafkaClients.of(engine), topics.bids(), topics.outcomes()));
  }

  /**
   * The same without a look at the cluster.
   *
   * @param partitions of the topic of the journal that has the fewest
   */
  static void build(StreamExecutionEnvironment environment, EngineConfig engine, int partitions) {
    Topics topics = engine.kafka().topics();
    KafkaClients clients = KafkaClients.of(engine);
    int parallelism = engine.pacingJob().parallelism();
    JobSettings.apply(
        environment, engine, engine.pacingJob().checkpointMillis(), parallelism, BUFFER_MILLIS);
    JournalDecoder decoder = new JournalDecoder(topics);
    DataStream<JournalRecord> journal =
        environment
            .fromSource(
                source(engine, decoder, READ_ALL, topics.bids(), topics.outcomes()),
                WatermarkStrategy.forGenerator(context -> new JournalTime()),
                "journal")
            .uid("journal")
            // A reader without a partition would hold event time back for ever.
            .setParallelism(Math.min(parallelism, partitions));
    DataStream<JournalRecord> definitions =
        environment
            .fromSource(
                source(engine, decoder, READ_COMMITTED, topics.campaigns()),
                WatermarkStrategy.forGenerator(context -> new Boundless()),
                "campaigns")
            .uid("campaigns")
            .setParallelism(1);
    DataStream<JournalRecord> records = journal.union(definitions);
    SingleOutputStreamOperator<OutRecord> paced =
        records
            .filter(record -> !record.campaign().isEmpty())
            .name("of campaigns")
            .uid("of-campaigns")
            .keyBy(JournalRecord::campaign, Types.STRING)
            .connect(
                journal
                    .filter(record -> record instanceof Beat beat && beat.leading())
                    .name("heartbeats")
                    .uid("heartbeats")
                    .broadcast())
            .transform("pacing", RecordType.OUT, new PacingOperator(engine, BrokerView.of(engine)))
            .uid("pacing");
    String deadLetters = topics.deadLetters();
    DataStream<OutRecord> unreadable =
        records
            .filter(record -> record instanceof Unreadable)
            .name("unreadable")
            .uid("unreadable")
            .map(record -> letter(deadLetters, (Unreadable) record))
            .uid("letters")
            .returns(RecordType.OUT);
    paced.union(unreadable).sinkTo(Sinks.atOnce(clients)).name("updates").uid("updates");
    paced
        .getSideOutput(PacingOperator.LEASES)
        .sinkTo(Sinks.withCheckpoint(clients, transactionPrefix(topics)))
        .name("leases")
        .uid("leases")
        .setParallelism(1);
  }

  private static OutRecord letter(String deadLetters, Unreadable unreadable) {
    return DeadLetterCodec.record(deadLetters, unreadable.raw(), unreadable.reason());
  }

  private static KafkaSource<JournalRecord> source(
      EngineConfig engine, JournalDecoder decoder, String isolation, String... topics) {
    KafkaClients clients = KafkaClients.of(engine);
    return KafkaSource.<JournalRecord>builder()
        .setProperties(clients.consumer())
        .setBootstrapServers(clients.bootstrap())
        .setTopics(topics)
        .setStartingOffsets(OffsetsInitializer.earliest())
        .setDeserializer(new JournalReader(decoder, engine.metrics()))
        .setProperty("commit.offsets.on.checkpoint", "false")
        .setProperty(ConsumerConfig.ISOLATION_LEVEL_CONFIG, isolation)
        .build();
  }

  private static int fewestPartitions(KafkaClients clients, String... topics) {
    try (var consumer = clients.newConsumer()) {
      int fewest = Integer.MAX_VALUE;
      for (String topic : topics) {
        fewest = Math.min(fewest, consumer.partitionsFor(topic).size());
      }
      return fewest;
    }
  }

  /** Definitions don't hold event time back: it is the journal's. */
  private static final class Boundless implements WatermarkGenerator<JournalRecord> {
    @Override
    public void onEvent(JournalRecord record, long timestamp, WatermarkOutput output) {
      output.emitWatermark(Watermark.MAX_WATERMARK);
    }

    @Override
    public void onPeriodicEmit(WatermarkOutput output) {
      output.emitWatermark(Watermark.MAX_WATERMARK);
    }
  }
}
