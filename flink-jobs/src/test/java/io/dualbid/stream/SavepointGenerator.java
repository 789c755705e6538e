package io.dualbid.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.dualbid.core.model.Campaign;
import io.dualbid.core.model.Campaign.Status;
import io.dualbid.core.model.PacingUpdate;
import io.dualbid.stream.kafka.KafkaClients;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.stream.Stream;
import org.apache.flink.api.common.JobID;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Makes the savepoints of a version, to be kept for ever: with {@code -Ddualbid.savepoint.version=}
 * and {@code -Dit.test=SavepointGenerator}, once before a release and whenever the schema of state
 * changes. {@code src/test/resources/state/savepoints/README.md} tells the command.
 */
class SavepointGenerator {
  private static final List<String> CAMPAIGNS = List.of("shoes", "hats");

  /** Until the end of the century, so that a later version finds it running. */
  private static Campaign campaign(String id) {
    long end = Instant.parse("2099-12-31T00:00:00Z").toEpochMilli();
    return EngineHarness.campaign(id, Status.ACTIVE, 1_000_000, end);
  }

  static void ask(EngineHarness harness, String id) {
    String json =
        ("{'id':'"
                + id
                + "','tmax':2000,'positions':1,'creatives':["
                + "{'campaign':'shoes','creative':'x','click_weight':[0.5]},"
                + "{'campaign':'hats','creative':'y','click_weight':[0.5]}]}")
            .replace('\'', '"');
    harness.send(
        harness.engine().kafka().topics().contentRequests(),
        id,
        json.getBytes(StandardCharsets.UTF_8));
  }

  private static boolean settled(EngineHarness harness, String id) {
    PacingUpdate update = harness.update(id);
    return update != null && update.ledger().spentNanos() == harness.wonNanos(id);
  }

  private static SortedMap<String, Long> ends(EngineHarness harness) {
    SortedMap<String, Long> ends = KeptState.empty();
    try (var consumer = KafkaClients.of(harness.engine()).newConsumer()) {
      for (String topic : KeptState.names(harness.engine().kafka().topics())) {
        List<TopicPartition> partitions =
            consumer.partitionsFor(topic).stream()
                .map(info -> new TopicPartition(topic, info.partition()))
                .toList();
        consumer
            .endOffsets(partitions)
            .forEach((at, end) -> ends.put(at.topic() + "/" + at.partition(), end));
      }
    }
    return ends;
  }

  private static void keep(EngineHarness harness, JobID job, Path to) throws Exception {
    Path folder = Files.createTempDirectory("dualbid-kept-");
    String path = harness.flink().stopWithSavepoint(job, folder);
    harness.forget(job);
    Path from = Path.of(URI.create(path));
    Files.createDirectories(to);
    try (Stream<Path> files = Files.list(from)) {
      for (Path file : files.sorted(Comparator.naturalOrder()).toList()) {
        Files.copy(file, to.resolve(Objects.requireNonNull(file.getFileName())));
      }
    }
  }

  /**
   * Nobody who spends is alive, so that soon no more leases are made out. The savepoint must not
   * hold a transaction that is still to be committed: another cluster has never heard of it.
   */
  private static void awaitLastLease(EngineHarness harness) {
    long[] last = {System.currentTimeMillis()};
    harness.await(
        "no more leases are made out",
        false,
        () -> {
          if (!harness.news(harness.engine().kafka().topics().leases()).isEmpty()) {
            last[0] = System.currentTimeMillis();
          }
          return System.currentTimeMillis() - last[0]
              > 3 * harness.engine().pacing().livenessMillis();
        });
  }

  @Test
  @EnabledIfSystemProperty(
      named = "dualbid.savepoint.version",
      matches = "[0-9.]+",
      disabledReason = "it makes savepoints to be kept: give -Ddualbid.savepoint.version=")
  void generate() throws Exception {
    String version = System.getProperty("dualbid.savepoint.version", "");
    assertThat(KeptState.FOLDER.resolve(version)).as("what was kept stays").doesNotExist();
    try (EngineHarness harness = new EngineHarness(KeptState.engine(version))) {
      CAMPAIGNS.forEach(id -> harness.publish(campaign(id)));
      JobID pacing = harness.startPacing();
      JobID bidding = harness.startBidding();
      JobID placement = harness.startPlacement();
      int[] texts = {0};
      harness.await(
          "both spend, on requests and in texts",
          false,
          () -> {
            harness.request(",\"user\":{\"id\":\"user-" + harness.requests() % 50 + "\"}");
            ask(harness, "text-" + texts[0]++);
            return harness.bids().size() > 100;
          });
      harness.await(
          "everything is settled",
          false,
          () -> CAMPAIGNS.stream().allMatch(id -> settled(harness, id)));
      SortedMap<String, Long> spent = KeptState.empty();
      for (String id : CAMPAIGNS) {
        PacingUpdate update = Objects.requireNonNull(harness.update(id));
        assertThat(update.ledger().spentNanos()).isPositive();
        spent.put(id, update.ledger().spentNanos());
      }
      KeptState kept = new KeptState(version, spent, KeptState.empty());
      keep(harness, bidding, kept.savepoint("bidding"));
      keep(harness, placement, kept.savepoint("placement"));
      awaitLastLease(harness);
      keep(harness, pacing, kept.savepoint("pacing"));
      new KeptState(version, spent, ends(harness)).write();
    }
  }
}
