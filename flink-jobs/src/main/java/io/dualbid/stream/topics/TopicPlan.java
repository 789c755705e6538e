package io.dualbid.stream.topics;

import io.dualbid.core.configuration.EngineConfig;
import io.dualbid.core.configuration.EngineConfig.Creation;
import io.dualbid.core.configuration.EngineConfig.Topics;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.config.TopicConfig;

/**
 * The topics of an engine and the settings that the protocol needs. Whoever creates, checks or
 * describes topics reads them here.
 */
public final class TopicPlan {
  private static final int REPLICAS_THAT_OUTLIVE_ONE = 3;

  private static final Map<String, String> APPENDED =
      Map.of(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, "LogAppendTime");
  private static final Map<String, String> COMPACTED =
      Map.of(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT);
  private static final Map<String, String> COMPACTED_SOON =
      Map.of(
          TopicConfig.MIN_CLEANABLE_DIRTY_RATIO_CONFIG,
          "0.2",
          TopicConfig.SEGMENT_MS_CONFIG,
          "600000");
  private static final Map<String, String> NOT_COMPACTED =
      Map.of(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_DELETE);
  private static final Map<String, String> KEPT_FOR_EVER =
      Map.of(TopicConfig.RETENTION_MS_CONFIG, "-1", TopicConfig.RETENTION_BYTES_CONFIG, "-1");
  private static final Map<String, String> KEPT_AN_HOUR =
      Map.of(TopicConfig.RETENTION_MS_CONFIG, "3600000");

  /**
   * The broker inflates what was compressed, and refuses a batch that is larger than {@code
   * max.message.bytes} then. Else some kilobytes could hold a record of gigabytes, which a reader
   * has to inflate before it can refuse it: it would die of that record, again and again.
   */
  private static final Map<String, String> INFLATED =
      Map.of(TopicConfig.COMPRESSION_TYPE_CONFIG, "uncompressed");

  private final Creation creation;

  private TopicPlan(Creation creation) {
    this.creation = creation;
  }

  /** All topics of an engine. */
  public static List<TopicSpec> of(EngineConfig engine) {
    Topics topics = engine.kafka().topics();
    TopicPlan plan = new TopicPlan(engine.kafka().creation());
    return List.of(
        plan.stream(topics.bidRequests()),
        plan.journal(topics.bids()),
        plan.stream(topics.noBids()),
        plan.journal(topics.outcomes()),
        plan.table(topics.campaigns()),
        plan.ordered(topics.campaignHistory(), NOT_COMPACTED, KEPT_FOR_EVER),
        plan.table(topics.pacing()),
        plan.ordered(topics.leases(), Map.of(), KEPT_AN_HOUR),
        plan.single(topics.deadLetters()),
        plan.stream(topics.contentRequests()),
        plan.stream(topics.placements()));
  }

  /** What is read once and not missed later. */
  private TopicSpec stream(String name) {
    return spec(name, creation.partitions(), Map.of(), Map.of(), false);
  }

  private TopicSpec single(String name) {
    return spec(name, 1, Map.of(), Map.of(), false);
  }

  /** What ledgers are folded from: the broker's clock, not the writer's, tells its time. */
  private TopicSpec journal(String name) {
    return spec(name, creation.partitions(), APPENDED, durable(), false);
  }

  /** The newest value of each key, in one order for all readers. */
  private TopicSpec table(String name) {
    return ordered(name, COMPACTED, COMPACTED_SOON);
  }

  private TopicSpec ordered(String name, Map<String, String> needs, Map<String, String> wishes) {
    Map<String, String> all = new TreeMap<>(wishes);
    all.putAll(durable());
    return spec(name, 1, needs, all, true);
  }

  /**
   * What is confirmed must outlive the loss of a broker; that takes a second replica in step, and
   * with three of them one may be missing while writers go on.
   */
  private Map<String, String> durable() {
    Map<String, String> settings = new TreeMap<>();
    settings.put(TopicConfig.UNCLEAN_LEADER_ELECTION_ENABLE_CONFIG, "false");
    if (creation.replication() >= REPLICAS_THAT_OUTLIVE_ONE) {
      settings.put(TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG, "2");
    }
    return settings;
  }

  private TopicSpec spec(
      String name,
      int partitions,
      Map<String, String> needs,
      Map<String, String> wishes,
      boolean onePartition) {
    TreeMap<String, String> allNeeds = new TreeMap<>(needs);
    allNeeds.putAll(INFLATED);
    return new TopicSpec(
        name,
        partitions,
        (short) creation.replication(),
        allNeeds,
        new TreeMap<>(wishes),
        onePartition);
  }
}
