package io.dualbid.stream.bidding;

import io.dualbid.core.configuration.EngineConfig;
import io.dualbid.core.configuration.EngineConfig.Topics;
import io.dualbid.stream.kafka.JobSettings;
import io.dualbid.stream.kafka.KafkaClients;
import io.dualbid.stream.kafka.RawRecordReader;
import io.dualbid.stream.kafka.Sinks;
import io.dualbid.stream.record.RawRecord;
import io.dualbid.stream.record.RecordType;
import java.time.Duration;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.KafkaSourceBuilder;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;

/**
 * What jobs that spend campaigns' money have in common: requests, and beside them all that is known
 * of campaigns.
 *
 * <pre>
 *   requests ---------------- forward ---> [ operator ] ---> answers, bids, dead-letters
 *   campaigns, pacing --+                      ^             and heartbeats on bids, outcomes
 *   leases -------------+-- to all subtasks ---+
 *   outcomes (wins) ----+
 * </pre>
 */
public final class SpendingJob {
  /** Longest time that a record waits between tasks. */
  private static final long BUFFER_MILLIS = 2;

  /** How far back wins are read to count impressions, when there is no saved state. */
  private static final Duration WINS_READ_BACK = Duration.ofDays(1);

  private SpendingJob() {}

  /**
   * Adds a job to an environment that holds nothing else.
   *
   * @param requestTopic what is answered
   * @param group the consumer group under which the position in it is committed
   * @param name of the operator, and its uid
   */
  @SuppressWarnings("deprecation") // the connector still takes the strategy in its old type
  public static void build(
      StreamExecutionEnvironment environment,
      EngineConfig engine,
      String requestTopic,
      String group,
      int parallelism,
      String name,
      SpendingOperator operator) {
    Topics topics = engine.kafka().topics();
    KafkaClients clients = KafkaClients.of(engine);
    JobSettings.apply(
        environment, engine, engine.bidding().checkpointMillis(), parallelism, BUFFER_MILLIS);
    long now = System.currentTimeMillis();
    DataStream<RawRecord> requests =
        read(
                environment,
                source(clients, requestTopic)
                    .setGroupId(group)
                    .setStartingOffsets(
                        OffsetsInitializer.committedOffsets(OffsetResetStrategy.EARLIEST)),
                "requests")
            .setParallelism(parallelism);
    DataStream<RawRecord> control =
        read(
                environment,
                source(clients, topics.campaigns(), topics.pacing())
                    // Definitions are published in transactions: all of a file or none.
                    .setProperty(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed")
                    .setStartingOffsets(OffsetsInitializer.earliest()),
                "control")
            .setParallelism(1);
    DataStream<RawRecord> leases =
        read(
                environment,
                source(clients, topics.leases())
                    .setProperty(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed")
                    .setStartingOffsets(
                        OffsetsInitializer.timestamp(now - engine.pacing().leaseLifetimeMillis())),
                "leases")
            .setParallelism(1);
    DataStream<RawRecord> wins =
        read(
                environment,
                source(clients, topics.outcomes())
                    .setStartingOffsets(
                        OffsetsInitializer.timestamp(now - WINS_READ_BACK.toMillis())),
                "wins")
            .setParallelism(1)
            .filter(new CountedWins(topics))
            .name("counted wins")
            .uid("counted-wins")
            .setParallelism(1);
    requests
        .connect(control.union(leases, wins).broadcast())
        .transform(name, RecordType.OUT, operator)
        .uid(name)
        .sinkTo(Sinks.atOnce(clients))
        .name("answers")
        .uid("answers");
  }

  private static SingleOutputStreamOperator<RawRecord> read(
      StreamExecutionEnvironment environment, KafkaSourceBuilder<RawRecord> source, String name) {
    KafkaSource<RawRecord> built = source.build();
    return environment.fromSource(built, WatermarkStrategy.noWatermarks(), name).uid(name);
  }

  private static KafkaSourceBuilder<RawRecord> source(KafkaClients clients, String... topics) {
    return KafkaSource.<RawRecord>builder()
        .setProperties(clients.consumer())
        .setBootstrapServers(clients.bootstrap())
        .setTopics(topics)
        .setDeserializer(new RawRecordReader());
  }
}
