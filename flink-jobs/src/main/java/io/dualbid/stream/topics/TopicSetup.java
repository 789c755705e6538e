package io.dualbid.stream.topics;

import io.dualbid.core.configuration.EngineConfig;
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
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Creates the topics that are missing and checks those that are there. A topic is refused where the
 * protocol can't rest on it: the ledgers need the broker's append time of bids and outcomes, a
 * table that forgets old values would forget campaigns, and a topic that keeps compressed batches
 * as they come may hold a record that no reader has the memory for.
 */
public final class TopicSetup {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final long ASK_AGAIN_MILLIS = 50;

  private TopicSetup() {}

  /**
   * Makes sure that the topics are there and as the engine needs them.
   *
   * @throws IllegalStateException if one is missing and not to be created, or can't be used; the
   *     message names topic and remedy
   */
  public static void ensure(KafkaClients clients, EngineConfig engine) {
    ensure(clients, engine, TopicPlan.of(engine));
  }

  /**
   * The same of those topics alone that one job has to do with; its principal may not see others.
   *
   * @param names of the topics
   */
  public static void ensure(KafkaClients clients, EngineConfig engine, Set<String> names) {
    ensure(
        clients,
        engine,
        TopicPlan.of(engine).stream().filter(topic -> names.contains(topic.name())).toList());
  }

  private static void ensure(KafkaClients clients, EngineConfig engine, List<TopicSpec> plan) {
    List<String> names = plan.stream().map(TopicSpec::name).toList();
    try (Admin admin = clients.newAdmin()) {
      Set<String> present = admin.listTopics().names().get();
      List<TopicSpec> missing = new ArrayList<>(plan);
      missing.removeIf(topic -> present.contains(topic.name()));
      if (!missing.isEmpty()) {
        create(admin, engine, missing);
      }
      Map<String, TopicDescription> known =
          onceKnown(() -> admin.describeTopics(names).allTopicNames().get());
      requireOnePartition(plan, known);
      requireSettings(plan, onceKnown(() -> settings(admin, plan)));
      onceKnown(() -> ends(admin, known));
    } catch (ExecutionException e) {
      throw new IllegalStateException(
          "topics at " + engine.kafka().bootstrap() + " can't be prepared: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while topics are prepared", e);
    }
  }

  private static void create(Admin admin, EngineConfig engine, List<TopicSpec> missing)
      throws ExecutionException, InterruptedException {
    String names = missing.stream().map(TopicSpec::name).sorted().collect(Collectors.joining(", "));
    if (!engine.kafka().creation().enabled()) {
      throw new IllegalStateException(
          "found no topic "
              + names
              + ", or none that this principal may see; create them (`dualbid topics` prints how, and"
              + " with --acls who may see them), or set kafka.create-topics.enabled: true");
    }
    List<NewTopic> wanted = missing.stream().map(TopicSpec::asNew).toList();
    for (var created : admin.createTopics(wanted).values().values()) {
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

  private static Map<ConfigResource, Config> settings(Admin admin, List<TopicSpec> plan)
      throws ExecutionException, InterruptedException {
    List<ConfigResource> resources = new ArrayList<>();
    for (TopicSpec topic : plan) {
      if (!topic.needs().isEmpty()) {
        resources.add(resource(topic));
      }
    }
    return admin.describeConfigs(resources).all().get();
  }

  private static ConfigResource resource(TopicSpec topic) {
    return new ConfigResource(ConfigResource.Type.TOPIC, topic.name());
  }

  private static void requireSettings(
      List<TopicSpec> plan, Map<ConfigResource, Config> configurations) {
    for (TopicSpec topic : plan) {
      for (var need : topic.needs().entrySet()) {
        Config configuration = Objects.requireNonNull(configurations.get(resource(topic)));
        String found = configuration.get(need.getKey()).value();
        if (!found.equals(need.getValue())) {
          throw new IllegalStateException(
              "topic "
                  + topic.name()
                  + " has "
                  + need.getKey()
                  + "="
                  + found
                  + "; the engine needs "
                  + need.getValue()
                  + ": kafka-configs --alter --topic "
                  + topic.name()
                  + " --add-config "
                  + need.getKey()
                  + "="
                  + need.getValue());
        }
      }
    }
  }

  private static void requireOnePartition(
      List<TopicSpec> plan, Map<String, TopicDescription> known) {
    for (TopicSpec topic : plan) {
      int partitions = Objects.requireNonNull(known.get(topic.name())).partitions().size();
      if (topic.onePartition() && partitions != 1) {
        throw new IllegalStateException(
            "topic "
                + topic.name()
                + " has "
                + partitions
                + " partitions; it needs one, so that its readers see one order");
      }
    }
  }
}
