package io.dualbid.stream;

import io.dualbid.core.configuration.Configurations;
import io.dualbid.core.configuration.EngineConfig;
import io.dualbid.core.model.Bid;
import io.dualbid.core.model.Campaign;
import io.dualbid.core.model.Campaign.Mirror;
import io.dualbid.core.model.Campaign.Objective;
import io.dualbid.core.model.Campaign.Status;
import io.dualbid.core.model.Creative;
import io.dualbid.core.model.Flight;
import io.dualbid.core.model.Money;
import io.dualbid.core.model.Outcome;
import io.dualbid.core.model.PacingUpdate;
import io.dualbid.core.model.Plan;
import io.dualbid.core.model.Strategy;
import io.dualbid.core.model.Targeting;
import io.dualbid.stream.bidding.BiddingJob;
import io.dualbid.stream.codec.JournalDecoder;
import io.dualbid.stream.codec.NoBidCodec;
import io.dualbid.stream.codec.OutcomeCodec;
import io.dualbid.stream.codec.PacingUpdateCodec;
import io.dualbid.stream.codec.RequestPlace;
import io.dualbid.stream.codec.UnreadableRecord;
import io.dualbid.stream.embedded.EmbeddedBroker;
import io.dualbid.stream.embedded.EmbeddedCluster;
import io.dualbid.stream.kafka.KafkaClients;
import io.dualbid.stream.kafka.RawRecordReader;
import io.dualbid.stream.pacing.PacingJob;
import io.dualbid.stream.placement.EmbedderSource;
import io.dualbid.stream.placement.PlacementJob;
import io.dualbid.stream.record.JournalRecord.Issued;
import io.dualbid.stream.record.RawRecord;
import io.dualbid.stream.topics.TopicSetup;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.function.BooleanSupplier;
import org.apache.flink.api.common.JobID;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * An engine with topics of its own on the broker and the cluster that all integration tests of this
 * module share, and an exchange in miniature: every valid bid wins at half its price.
 */
public final class EngineHarness implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(20);

  /** A limit for what hangs: nothing is decided by how quick the machine is. */
  private static final long PATIENCE_MILLIS = 300_000;

  private static @Nullable EmbeddedBroker sharedBroker;
  private static @Nullable EmbeddedCluster sharedCluster;

  private final EmbeddedCluster cluster;
  private final String name;
  private final String bidding;
  private final String pacing;
  private final EngineConfig engine;
  private final KafkaProducer<byte[], byte[]> producer;
  private final List<JobID> jobs = new ArrayList<>();
  private final Map<String, KafkaConsumer<byte[], byte[]>> readers = new HashMap<>();
  private final Map<String, PacingUpdate> updates = new TreeMap<>();
  private final Map<String, Long> noBids = new TreeMap<>();
  private final List<RawRecord> deadLetters = new ArrayList<>();
  private final List<Bid> bids = new ArrayList<>();
  private final List<Issued> lateBids = new ArrayList<>();
  private final Set<RequestPlace> answeredWithBids = new HashSet<>();
  private final Map<String, Long> wonNanos = new TreeMap<>();
  private long sent;

  public EngineHarness(String name) {
    this(name, 2, "", "win-window: 3s\n  leases: { lifetime: 2s, interval: 100ms }");
  }

  /**
   * An engine with settings of its own.
   *
   * @param parallelism of bidding and pacing
   * @param bidding further settings of bidding, in YAML's flow form, with a comma in front
   * @param pacing further settings of pacing, lines of YAML
   */
  public EngineHarness(String name, int parallelism, String bidding, String pacing) {
    EmbeddedBroker broker = broker();
    this.cluster = cluster();
    this.name = name;
    this.bidding = bidding;
    this.pacing = pacing;
    this.engine = config(broker.bootstrap(), parallelism);
    TopicSetup.ensure(KafkaClients.of(engine), engine);
    this.producer = KafkaClients.of(engine).newProducer();
  }

  private static synchronized EmbeddedBroker broker() {
    EmbeddedBroker broker = sharedBroker;
    if (broker == null) {
      broker = new EmbeddedBroker();
      sharedBroker = broker;
      Runtime.getRuntime().addShutdownHook(new Thread(broker::close));
    }
    return broker;
  }

  private static synchronized EmbeddedCluster cluster() {
    EmbeddedCluster cluster = sharedCluster;
    if (cluster == null) {
      cluster = new EmbeddedCluster(8);
      sharedCluster = cluster;
    }
    return cluster;
  }

  private EngineConfig config(String bootstrap, int parallelism) {
    StringBuilder yaml = new StringBuilder("kafka:\n  bootstrap: " + bootstrap + "\n");
    yaml.append("  create-topics: { partitions: 2 }\n  topics:\n");
    for (String topic :
        List.of(
            "bid-requests",
            "bids",
            "no-bids",
            "outcomes",
            "campaigns",
            "pacing",
            "leases",
            "dead-letters",
            "content-requests",
            "placements",
            "campaign-history")) {
      yaml.append("    ").append(topic).append(": ").append(name).append('-').append(topic);
      yaml.append('\n');
    }
    yaml.append("bidding: { parallelism: ").append(parallelism).append(", default-tmax: 2s");
    yaml.append(bidding).append(" }\n");
    yaml.append("pacing:\n  parallelism: ").append(parallelism).append('\n');
    yaml.append("  ").append(pacing).append('\n');
    return Configurations.engine(name, yaml.toString(), key -> null);
  }

  public EngineConfig engine() {
    return engine;
  }

  public EmbeddedCluster flink() {
    return cluster;
  }

  public JobID startPacing() {
    StreamExecutionEnvironment environment = new StreamExecutionEnvironment();
    PacingJob.build(environment, engine);
    return started(cluster.submit(environment, name + " pacing"));
  }

  public JobID startPlacement() {
    StreamExecutionEnvironment environment = new StreamExecutionEnvironment();
    PlacementJob.build(environment, engine, EmbedderSource.WORDS);
    JobID job = cluster.submit(environment, name + "-placement");
    jobs.add(job);
    return job;
  }

  /** What is new on a topic. */
  public List<RawRecord> news(String topic) {
    return fresh(topic);
  }

  public JobID startBidding() {
    StreamExecutionEnvironment environment = new StreamExecutionEnvironment();
    BiddingJob.build(environment, engine);
    return started(cluster.submit(environment, name + " bidding"));
  }

  /** Starts the placement job from kept state. */
  public JobID restartPlacement(String savepoint) {
    StreamExecutionEnvironment environment = new StreamExecutionEnvironment();
    PlacementJob.build(environment, engine, EmbedderSource.WORDS);
    return started(cluster.submit(environment, name + "-placement again", savepoint));
  }

  /** Starts a job from kept state, with another number of subtasks. */
  public JobID restart(boolean ofPacing, String savepoint, int parallelism) {
    EngineConfig changed = config(engine.kafka().bootstrap(), parallelism);
    StreamExecutionEnvironment environment = new StreamExecutionEnvironment();
    if (ofPacing) {
      PacingJob.build(environment, changed);
    } else {
      BiddingJob.build(environment, changed);
    }
    return started(cluster.submit(environment, name + " again", savepoint));
  }

  private JobID started(JobID job) {
    jobs.add(job);
    return job;
  }

  public void cancel(JobID job) {
    cluster.cancel(job);
    jobs.remove(job);
  }

  public void forget(JobID job) {
    jobs.remove(job);
  }

  /** A campaign that wants every request with a 300x250 banner from now on. */
  public static Campaign campaign(String id, Status status, double budget) {
    return campaign(id, status, budget, System.currentTimeMillis() + 600_000);
  }

  /** The same with a flight that ends at a time. */
  static Campaign campaign(String id, Status status, double budget, long endMillis) {
    return new Campaign(
        id,
        "shoes.example",
        List.of(),
        status,
        Money.floorNanos(budget),
        null,
        new Flight(System.currentTimeMillis() - 1_000, endMillis, ZoneOffset.UTC),
        new Plan(Plan.Shape.ASAP, List.of()),
        Strategy.budget(Objective.VALUE, Mirror.ENTROPY, 1.0),
        1.0,
        0.001,
        Money.floorNanos(0.01),
        List.of(Creative.banner("square", 300, 250)),
        Targeting.ANY);
  }

  public void publish(Campaign campaign) {
    send(engine.kafka().topics().campaigns(), campaign.id(), Configurations.toJson(campaign));
  }

  public void send(String topic, String key, byte @Nullable [] value) {
    try {
      producer.send(new ProducerRecord<>(topic, key.getBytes(StandardCharsets.UTF_8), value)).get();
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Sends a request with one banner. */
  public void request() {
    request("");
  }

  /**
   * Sends a request with one banner.
   *
   * @param more further members of it, in JSON with a comma in front
   */
  public void request(String more) {
    String id = name + "-" + sent++;
    String json =
        "{\"id\":\""
            + id
            + "\",\"imp\":[{\"id\":\"1\",\"banner\":{\"w\":300,\"h\":250}}]"
            + more
            + "}";
    send(engine.kafka().topics().bidRequests(), id, json.getBytes(StandardCharsets.UTF_8));
  }

  public long requests() {
    return sent;
  }

  /** Reads what is new on every topic; each new valid bid wins at half its price. */
  public void look() {
    EngineConfig.Topics topics = engine.kafka().topics();
    JournalDecoder decoder = new JournalDecoder(topics);
    for (RawRecord raw : fresh(topics.bids())) {
      if (decoder.decode(raw) instanceof Issued issued) {
        answeredWithBids.add(JournalDecoder.place(raw));
        if (issued.bid().validAt(issued.appendMillis())) {
          bids.add(issued.bid());
          win(issued.bid());
        } else {
          lateBids.add(issued);
        }
      }
    }
    for (RawRecord raw : fresh(topics.noBids())) {
      try {
        noBids.merge(NoBidCodec.decode(raw.value()).reason(), 1L, Long::sum);
      } catch (UnreadableRecord e) {
        throw new IllegalStateException(e);
      }
    }
    deadLetters.addAll(fresh(topics.deadLetters()));
    for (RawRecord raw : fresh(topics.pacing())) {
      try {
        PacingUpdate update = PacingUpdateCodec.decode(raw.value());
        updates.put(update.campaign(), update);
      } catch (UnreadableRecord e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private void win(Bid bid) {
    wonNanos.merge(bid.campaign(), bid.amountNanos() / 2, Long::sum);
    Outcome win =
        new Outcome(
            bid.id() + "-w",
            Outcome.Kind.WIN,
            bid.id(),
            bid.campaign(),
            System.currentTimeMillis(),
            bid.amountNanos() / 2,
            0,
            bid.userKey());
    send(engine.kafka().topics().outcomes(), bid.campaign(), OutcomeCodec.encode(win));
  }

  /** Leaves aside what stands on a topic until now. */
  public void skip(String topic) {
    KafkaConsumer<byte[], byte[]> reader = reader(topic);
    reader.seekToEnd(reader.assignment());
    reader.assignment().forEach(reader::position);
  }

  private KafkaConsumer<byte[], byte[]> reader(String topic) {
    return readers.computeIfAbsent(
        topic,
        unseen -> {
          KafkaConsumer<byte[], byte[]> consumer = KafkaClients.of(engine).newConsumer();
          List<TopicPartition> partitions = new ArrayList<>();
          consumer
              .partitionsFor(topic)
              .forEach(info -> partitions.add(new TopicPartition(topic, info.partition())));
          consumer.assign(partitions);
          consumer.seekToBeginning(partitions);
          return consumer;
        });
  }

  private List<RawRecord> fresh(String topic) {
    KafkaConsumer<byte[], byte[]> reader = reader(topic);
    List<RawRecord> records = new ArrayList<>();
    reader.poll(POLL).forEach(record -> records.add(RawRecordReader.of(record)));
    return records;
  }

  /** Looks until it is so; sends a request between looks if {@code traffic}. */
  public void await(String what, boolean traffic, BooleanSupplier condition) {
    long end = System.currentTimeMillis() + PATIENCE_MILLIS;
    look();
    while (!condition.getAsBoolean()) {
      if (System.currentTimeMillis() > end) {
        throw new AssertionError(
            "waited in vain until "
                + what
                + ": bids "
                + bids.size()
                + ", late bids "
                + lateBids
                + ", no-bids "
                + noBids
                + ", dead letters "
                + deadLetters.size()
                + ", ledgers "
                + updates.values());
      }
      if (traffic) {
        request();
      }
      look();
    }
  }

  /** The bids that exist: those that the broker appended by their deadline. */
  public List<Bid> bids() {
    return bids;
  }

  /**
   * Answers that a busy machine appended after their deadline: legal, in the journal, and neither
   * won nor charged.
   */
  public List<Issued> lateBids() {
    return lateBids;
  }

  /** What the bids of a campaign were won at. */
  public long wonNanos(String campaign) {
    return wonNanos.getOrDefault(campaign, 0L);
  }

  public long noBids(String reason) {
    return noBids.getOrDefault(reason, 0L);
  }

  /** Number of requests with an answer. */
  public long answered() {
    return answeredWithBids.size()
        + noBids.values().stream().mapToLong(Long::longValue).sum()
        + deadLetters.size();
  }

  public List<RawRecord> deadLetters() {
    return deadLetters;
  }

  public @Nullable PacingUpdate update(String campaign) {
    return updates.get(campaign);
  }

  @Override
  public void close() {
    for (JobID job : jobs) {
      cluster.cancel(job);
    }
    readers.values().forEach(KafkaConsumer::close);
    producer.close();
  }
}
