package io.dualbid.stream.access;

import static org.apache.kafka.common.acl.AclOperation.DESCRIBE;
import static org.apache.kafka.common.acl.AclOperation.DESCRIBE_CONFIGS;
import static org.apache.kafka.common.acl.AclOperation.READ;
import static org.apache.kafka.common.acl.AclOperation.WRITE;

import io.dualbid.core.configuration.EngineConfig;
import io.dualbid.core.configuration.EngineConfig.Topics;
import io.dualbid.stream.bidding.BiddingJob;
import io.dualbid.stream.pacing.PacingJob;
import io.dualbid.stream.placement.PlacementJob;
import io.dualbid.stream.topics.TopicPlan;
import io.dualbid.stream.topics.TopicSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.ResourceType;

/**
 * What each role needs of a cluster, and nothing more. Reading and writing a topic includes asking
 * where it is; jobs also look at the settings that their protocol rests on.
 *
 * <p>Nobody creates topics here: where the engine is to ({@code kafka.create-topics.enabled}), its
 * principal needs {@code Create} on the cluster besides.
 */
public final class AccessPlan {
  private final Topics topics;
  private final List<TopicSpec> specs;
  private final List<Grant> grants = new ArrayList<>();

  private AccessPlan(EngineConfig engine) {
    topics = engine.kafka().topics();
    specs = TopicPlan.of(engine);
  }

  /** All grants of an engine, role by role. */
  public static List<Grant> of(EngineConfig engine) {
    AccessPlan plan = new AccessPlan(engine);
    plan.bidding();
    plan.pacing();
    plan.placement();
    plan.exchange();
    plan.operator();
    plan.auditor();
    return List.copyOf(plan.grants);
  }

  /** The topics that a role has to do with. */
  public static Set<String> topics(EngineConfig engine, Role role) {
    Set<String> names = new TreeSet<>();
    for (Grant grant : of(engine)) {
      if (grant.role() == role && grant.type() == ResourceType.TOPIC) {
        names.add(grant.name());
      }
    }
    return names;
  }

  /** Under what publishers of campaigns write their transactions. */
  public static String publisherTransaction(Topics topics) {
    return "dualbid-" + topics.campaigns();
  }

  private void bidding() {
    spending(Role.BIDDING, topics.bidRequests(), BiddingJob.GROUP, topics.noBids());
  }

  private void placement() {
    spending(Role.PLACEMENT, topics.contentRequests(), PlacementJob.GROUP, topics.placements());
  }

  private void spending(Role role, String requests, String group, String answers) {
    add(role, READ, requests, topics.campaigns(), topics.pacing(), topics.leases());
    // Bids, and the heartbeats that move the journal's time where there are none.
    add(role, READ, topics.outcomes());
    add(role, WRITE, topics.outcomes(), topics.bids(), answers, topics.deadLetters());
    grants.add(new Grant(role, READ, ResourceType.GROUP, group, false));
    describeSettings(role);
  }

  private void pacing() {
    add(Role.PACING, READ, topics.bids(), topics.outcomes(), topics.campaigns());
    add(Role.PACING, WRITE, topics.pacing(), topics.leases(), topics.deadLetters());
    grants.add(
        new Grant(
            Role.PACING,
            WRITE,
            ResourceType.TRANSACTIONAL_ID,
            PacingJob.transactionPrefix(topics),
            true));
    describeSettings(Role.PACING);
  }

  private void exchange() {
    add(Role.EXCHANGE, READ, topics.bids(), topics.noBids(), topics.placements());
    add(Role.EXCHANGE, WRITE, topics.bidRequests(), topics.contentRequests(), topics.outcomes());
  }

  private void operator() {
    add(Role.OPERATOR, READ, topics.campaigns(), topics.campaignHistory(), topics.pacing());
    // The newest requests, to tell why campaigns don't bid.
    add(Role.OPERATOR, READ, topics.bidRequests());
    add(Role.OPERATOR, WRITE, topics.campaigns(), topics.campaignHistory());
    grants.add(
        new Grant(
            Role.OPERATOR,
            WRITE,
            ResourceType.TRANSACTIONAL_ID,
            publisherTransaction(topics),
            false));
  }

  private void auditor() {
    for (TopicSpec topic : specs) {
      if (!topic.name().equals(topics.campaignHistory())) {
        add(Role.AUDITOR, READ, topic.name());
      }
    }
    // How far the jobs are with the requests: what lies behind that is in flight, not unanswered.
    for (String group : List.of(BiddingJob.GROUP, PlacementJob.GROUP)) {
      grants.add(new Grant(Role.AUDITOR, DESCRIBE, ResourceType.GROUP, group, false));
    }
  }

  private void add(Role role, AclOperation operation, String... names) {
    for (String name : names) {
      grants.add(new Grant(role, operation, ResourceType.TOPIC, name, false));
    }
  }

  /** Of those of the role's topics whose settings matter. */
  private void describeSettings(Role role) {
    Set<String> own = new TreeSet<>();
    for (Grant grant : grants) {
      if (grant.role() == role && grant.type() == ResourceType.TOPIC) {
        own.add(grant.name());
      }
    }
    for (TopicSpec topic : specs) {
      if (own.contains(topic.name()) && !topic.needs().isEmpty()) {
        add(role, DESCRIBE_CONFIGS, topic.name());
      }
    }
  }
}
