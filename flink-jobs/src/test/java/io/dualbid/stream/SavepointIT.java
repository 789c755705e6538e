package io.dualbid.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.dualbid.core.configuration.EngineConfig.Topics;
import io.dualbid.core.model.Heartbeat;
import io.dualbid.core.model.Lease;
import io.dualbid.core.model.PacingUpdate;
import io.dualbid.stream.codec.HeartbeatCodec;
import io.dualbid.stream.codec.LeaseCodec;
import io.dualbid.stream.kafka.KafkaClients;
import io.dualbid.stream.placement.PlacementJob;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * This version goes on from the savepoints of every version before: from their ledgers to the nano,
 * and with their campaigns, which no topic tells it again.
 */
class SavepointIT {
  private static final byte[] KEY = "nobody".getBytes(StandardCharsets.UTF_8);

  static List<KeptState> kept() {
    List<KeptState> all = KeptState.all();
    assertThat(all).as("savepoints in %s", KeptState.FOLDER).isNotEmpty();
    return all;
  }

  /**
   * Something to fill a topic with up to where a job goes on: what stood there is in the savepoint,
   * and isn't read again.
   */
  private static byte @Nullable [] filler(Topics topics, String topic) {
    if (topic.equals(topics.leases())) {
      return LeaseCodec.encode(new Lease(1, "nobody", 1, 0, 1, 0, 1));
    }
    boolean table = topic.equals(topics.campaigns()) || topic.equals(topics.pacing());
    return table ? null : HeartbeatCodec.encode(new Heartbeat(1, 0, 1));
  }

  private static void fill(EngineHarness harness, KeptState kept) {
    Topics topics = harness.engine().kafka().topics();
    try (KafkaProducer<byte[], byte[]> producer = KafkaClients.of(harness.engine()).newProducer()) {
      kept.ends()
          .forEach(
              (place, end) -> {
                int slash = place.lastIndexOf('/');
                String topic = place.substring(0, slash);
                int partition = Integer.parseInt(place.substring(slash + 1));
                for (long i = 0; i < end; i++) {
                  Future<?> unused =
                      producer.send(
                          new ProducerRecord<>(topic, partition, KEY, filler(topics, topic)));
                }
              });
    }
  }

  private static long spent(EngineHarness harness, String campaign) {
    PacingUpdate update = harness.update(campaign);
    return update == null ? 0 : update.ledger().spentNanos();
  }

  private static boolean settled(EngineHarness harness, String campaign, long before) {
    return spent(harness, campaign) == before + harness.wonNanos(campaign);
  }

  @ParameterizedTest
  @MethodSource("kept")
  void goesOnFrom(KeptState kept) throws Exception {
    try (EngineHarness harness = new EngineHarness(KeptState.engine(kept.version()))) {
      fill(harness, kept);
      KeptState.names(harness.engine().kafka().topics()).forEach(harness::skip);
      harness.restart(true, kept.savepoint("pacing").toUri().toString(), 1);
      harness.restart(false, kept.savepoint("bidding").toUri().toString(), 1);
      harness.restartPlacement(kept.savepoint("placement").toUri().toString());
      int[] texts = {0};
      harness.await(
          "both go on, on requests and in texts",
          false,
          () -> {
            harness.request();
            SavepointGenerator.ask(harness, "later-" + texts[0]++);
            return kept.spentNanos().keySet().stream().allMatch(id -> harness.wonNanos(id) > 0)
                && harness.bids().stream().anyMatch(PlacementJob::isOurs)
                && !harness.bids().stream().allMatch(PlacementJob::isOurs);
          });
      harness.await(
          "everything is settled",
          false,
          () ->
              kept.spentNanos().entrySet().stream()
                  .allMatch(entry -> settled(harness, entry.getKey(), entry.getValue())));
      for (String campaign : kept.spentNanos().keySet()) {
        PacingUpdate update = Objects.requireNonNull(harness.update(campaign));
        assertThat(update.problem()).as(campaign).isNull();
        assertThat(update.totals().unmatched()).as(campaign).isZero();
        assertThat(update.totals().duplicates()).as(campaign).isZero();
      }
    }
  }
}
