package io.dualbid.benchmarks;

import io.dualbid.core.configuration.EngineConfig;
import io.dualbid.core.model.Heartbeat;
import io.dualbid.core.model.Lease;
import io.dualbid.core.model.Money;
import io.dualbid.stream.codec.JournalDecoder;
import io.dualbid.stream.codec.LeaseCodec;
import io.dualbid.stream.kafka.KafkaClients;
import io.dualbid.stream.kafka.RawRecordReader;
import io.dualbid.stream.record.JournalRecord.Beat;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/**
 * Stands in for the pacing job: makes out one lease of each campaign to each bidding subtask that
 * is heard of, large enough for a whole round.
 */
final class LeaseOnce {
  private static final long LIFETIME_MILLIS = 3_600_000;
  private static final Duration LONGEST_SILENCE = Duration.ofSeconds(30);

  private LeaseOnce() {}

  /**
   * Waits for the heartbeats of all subtasks and answers each with its leases.
   *
   * @param campaigns their ids
   */
  static void toAll(
      KafkaClients clients, EngineConfig engine, int subtasks, List<String> campaigns) {
    JournalDecoder decoder = new JournalDecoder(engine.kafka().topics());
    Set<Integer> granted = new HashSet<>();
    long end = System.nanoTime() + LONGEST_SILENCE.toNanos();
    try (KafkaConsumer<byte[], byte[]> consumer = clients.newConsumer()) {
      List<TopicPartition> journal = List.of(new TopicPartition(engine.kafka().topics().bids(), 0));
      consumer.assign(journal);
      consumer.seekToBeginning(journal);
      while (granted.size() < subtasks) {
        if (System.nanoTime() > end) {
          throw new IllegalStateException(
              "heard of " + granted.size() + " of " + subtasks + " bidding subtasks");
        }
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(50))) {
          if (decoder.decode(RawRecordReader.of(record)) instanceof Beat beat
              && granted.add(beat.heartbeat().subtask())) {
            grant(clients, engine, beat.heartbeat(), campaigns);
          }
        }
      }
    }
  }

  private static void grant(
      KafkaClients clients, EngineConfig engine, Heartbeat heartbeat, List<String> campaigns) {
    long expiry = System.currentTimeMillis() + LIFETIME_MILLIS;
    try (StreamThroughput.Written written = new StreamThroughput.Written(clients)) {
      for (String campaign : campaigns) {
        Lease lease =
            new Lease(
                1,
                campaign,
                heartbeat.incarnation(),
                heartbeat.subtask(),
                1_000_000 * Money.NANOS_PER_UNIT,
                0,
                expiry);
        written.send(engine.kafka().topics().leases(), campaign, LeaseCodec.encode(lease));
      }
    }
  }
}
