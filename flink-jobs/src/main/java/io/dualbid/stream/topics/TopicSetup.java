package io.dualbid.stream.topics;

import io.dualbid.core.configuration.EngineConfig;
import io.dualbid.core.configuration.EngineConfig.Topics;
import io.dualbid.stream.kafka.KafkaClients;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Creates the topics that are missing and checks those that are there: the ledgers rest on the
 * broker's append time of bids and outcomes, so a topic that lets writers set the time is refused.
 */
public final class TopicSetup {
  private static final String APPEND_TIME = "LogAppendTime";
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final long ASK_AGAIN_MILLIS = 50;
  private static final String LEASE_RETENTION_MILLIS = "3600000";
  private static final String FOR_EVER = "-1";

  private TopicSetup() {}

  /**
   * Makes sure that the topics are there and as the engine needs them.
   *
   * @throws IllegalStateException if one is missing and not to be created, or can't be used; the
   *     message names topic and remedy
   */
  public static void ensure(KafkaClients clients, EngineConfig engine) {
    Map<String, NewTopic> wanted = wanted(engine);
    try (Admin admin = clients.newAdmin()) {
      Set<String> present = admin.listTopics().names().get();
      List<NewTopic> missing = new ArrayList<>(wanted.values());
      missing.removeIf(topic -> present.contains(topic.name()));
      if (!missing.isEmpty()) {
        create(admin, engine, missing);
      }
      Topics topics = engine.kafka().topics();
      Map<String, TopicDescription> known =
          onceKnown(() -> admin.describeTopics(wanted.keySet()).allTopicNames().get());
      requireOnePartition(
          known,
          List.of(topics.campaigns(), topics.campaignHistory(), topics.pacing(), topics.leases()));
      requireAppendTime(onceKnown(() -> appendTimes(admin, topics)));
      onceKnown(() -> ends(admin, known));
    } catch (ExecutionException e) {
      throw new IllegalStateException(
          "topics at " + engine.kafka().bootstrap() + " can't be prepared: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while topics are prepared", e);
    }
  }

  private static Map<String, NewTopic> wanted(EngineConfig engine) {
    Topics topics = engine.kafka().topics();
    int partitions = engine.kafka().creation().partitions();
    Map<String, String> appended = Map.of(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, APPEND_TIME);
    Map<String, String> compacted =
        Map.of(
            TopicConfig.CLEANUP_POLICY_CONFIG,
            TopicConfig.CLEANUP_POLICY_COMPACT,
            TopicConfig.MIN_CLEANABLE_DIRTY_RATIO_CONFIG,
            "0.2",
            TopicConfig.SEGMENT_MS_CONFIG,
            "600000");
    Map<String, NewTopic> wanted = new HashMap<>();
    add(wanted, engine, topics.bidRequests(), partitions, Map.of());
    add(wanted, engine, topics.bids(), partitions, appended);
    add(wanted, engine, topics.noBids(), partitions, Map.of());
    add(wanted, engine, topics.outcomes(), partitions, appended);
    add(wanted, engine, topics.campaigns(), 1, compacted);
    add(
        wanted,
        engine,
        topics.campaignHistory(),
        1,
        Map.of(
            TopicConfig.CLEANUP_POLICY_CONFIG,
            TopicConfig.CLEANUP_POLICY_DELETE,
            TopicConfig.RETENTION_MS_CONFIG,
            FOR_EVER,
            TopicConfig.RETENTION_BYTES_CONFIG,
            FOR_EVER));
    add(wanted, engine, topics.pacing(), 1, compacted);
    add(
        wanted,
        engine,
        topics.leases(),
        1,
        Map.of(TopicConfig.RETENTION_MS_CONFIG, LEASE_RETENTION_MILLIS));
    add(wanted, engine, topics.deadLetters(), 1, Map.of());
    add(wanted, engine, topics.contentRequests(), partitions, Map.of());
    add(wanted, engine, topics.placements(), partitions, Map.of());
    return wanted;
  }

  private static void add(
      Map<String, NewTopic> wanted,
      EngineConfig engine,
      String name,
      int partitions,
      Map<String, String> settings) {
    short replicas = (short) engine.kafka().creation().replication();
    wanted.put(name, new NewTopic(name, partitions, replicas).configs(settings));
  }

  private static void create(Admin admin, EngineConfig engine, List<NewTopic> missing)
      throws ExecutionException, InterruptedException {
    String names = missing.stream().map(NewTopic::name).sorted().collect(Collectors.joining(", "));
    if (!engine.kafka().creation().enabled()) {
      throw new IllegalStateException(
          "found no topic " + names + "; create them, or set kafka.create-topics.enabled: true");
    }
    for (var created : admin.createTopics(missing).values().values()) {
      try {
        created.get();
      } catch (ExecutionException e) {
        // Another job may have created it in the meantime; it is checked below all the same.
        if (!(e.getCause() instanceof TopicExistsException)) {
          throw e;
        }
      }
    }
  }

  /** A question to the cluster about topics that it may have heard of only just now. */
  private interface Question<T> {
    T ask() throws ExecutionException, InterruptedException;
  }

  /**
   * Asks until the broker that answers knows the topics: the controller confirms a creation before
   * each broker has replayed it, so for a moment a topic that exists is unknown.
   */
  private static <T> T onceKnown(Question<T> question)
      throws ExecutionException, InterruptedException {
    long start = System.nanoTime();
    while (true) {
      try {
        return question.ask();
      } catch (ExecutionException e) {
        if (!(e.getCause() instanceof UnknownTopicOrPartitionException)
            || System.nanoTime() - start > PATIENCE.toNanos()) {
          throw e;
        }
        TimeUnit.MILLISECONDS.sleep(ASK_AGAIN_MILLIS);
      }
    }
  }

  /**
   * The ends of all partitions, which only their leaders can tell: once they do, they take records.
   * A producer that writes before may find its first batch refused and its second taken, and then
   * try the first in vain until it gives it up.
   */
  private static Map<TopicPartition, ListOffsetsResultInfo> ends(
      Admin admin, Map<String, TopicDescription> known)
      throws ExecutionException, InterruptedException {
    Map<TopicPartition, OffsetSpec> partitions = new HashMap<>();
    for (TopicDescription topic : known.values()) {
      topic
          .partitions()
          .forEach(
              info ->
                  partitions.put(
                      new TopicPartition(topic.name(), info.partition()), OffsetSpec.latest()));
    }
    return admin.listOffsets(partitions).all().get();
  }

  private static Map<ConfigResource, Config> appendTimes(Admin admin, Topics topics)
      throws ExecutionException, InterruptedException {
    List<ConfigResource> resources =
        List.of(
            new ConfigResource(ConfigResource.Type.TOPIC, topics.bids()),
            new ConfigResource(ConfigResource.Type.TOPIC, topics.outcomes()));
    return admin.describeConfigs(resources).all().get();
  }

  private static void requireAppendTime(Map<ConfigResource, Config> configs) {
    for (var entry : configs.entrySet()) {
      String found = entry.getValue().get(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG).value();
      if (!found.equals(APPEND_TIME)) {
        throw new IllegalStateException(
            "topic "
                + entry.getKey().name()
                + " has message.timestamp.type="
                + found
                + "; ledgers need LogAppendTime: kafka-configs --alter --topic "
                + entry.getKey().name()
                + " --add-config message.timestamp.type=LogAppendTime");
      }
    }
  }

  private static void requireOnePartition(
      Map<String, TopicDescription> known, List<String> topics) {
    for (String topic : topics) {
      int partitions = Objects.requireNonNull(known.get(topic)).partitions().size();
      if (partitions != 1) {
        throw new IllegalStateException(
            "topic "
                + topic
                + " has "
                + partitions
                + " partitions; it needs one, so that its readers see one order");
      }
    }
  }
}
