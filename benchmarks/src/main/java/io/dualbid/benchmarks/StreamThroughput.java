package io.dualbid.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import io.dualbid.core.configuration.Configurations;
import io.dualbid.core.configuration.EngineConfig;
import io.dualbid.core.model.Campaign;
import io.dualbid.core.model.Targeting;
import io.dualbid.simulator.play.GeneratedCampaigns;
import io.dualbid.simulator.world.GeneratedWorld;
import io.dualbid.simulator.world.Landscape;
import io.dualbid.simulator.world.Opportunity;
import io.dualbid.stream.bidding.BiddingJob;
import io.dualbid.stream.embedded.EmbeddedBroker;
import io.dualbid.stream.embedded.EmbeddedCluster;
import io.dualbid.stream.kafka.JobSettings;
import io.dualbid.stream.kafka.KafkaClients;
import io.dualbid.stream.kafka.RawRecordReader;
import io.dualbid.stream.kafka.Sinks;
import io.dualbid.stream.metrics.EngineMetrics;
import io.dualbid.stream.metrics.MetricsEndpoint;
import io.dualbid.stream.pacing.PacingJob;
import io.dualbid.stream.record.OutRecord;
import io.dualbid.stream.record.RawRecord;
import io.dualbid.stream.record.RecordType;
import io.dualbid.stream.topics.TopicSetup;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.function.LongSupplier;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Requests a second and processor time of the bidding job with 1,000 campaigns, beside a job that
 * only copies the same requests to another topic: same process, same broker, same number of
 * subtasks, each after a round to warm up. Ratios of one run mean something on a noisy machine;
 * figures alone don't.
 *
 * <p>All requests are written before a job starts. They are given an hour to be answered, so that
 * each is really decided on. The bidding job is measured twice: alone, on leases that a stand-in
 * makes out to each subtask once, and with the pacing job beside it on the same cores, whose leases
 * cover the bids as they do in earnest.
 */
public final class StreamThroughput {
  private static final int CAMPAIGNS = 1_000;
  private static final int PARALLELISM = 2;
  private static final OperatingSystemMXBean PROCESS =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

  private StreamThroughput() {}

  /**
   * Runs and prints.
   *
   * @param args the number of requests of a round and the number of rounds
   */
  public static void main(String[] args) throws Exception {
    int requests = args.length > 0 ? Integer.parseInt(args[0]) : 200_000;
    int rounds = args.length > 1 ? Integer.parseInt(args[1]) : 3;
    try (EmbeddedBroker broker = new EmbeddedBroker();
        EmbeddedCluster cluster = new EmbeddedCluster(2 * PARALLELISM)) {
      List<Double> alone = new ArrayList<>();
      List<Double> paced = new ArrayList<>();
      List<Double> aloneProcessor = new ArrayList<>();
      List<Double> pacedProcessor = new ArrayList<>();
      for (int round = 0; round <= rounds; round++) {
        Speed identity = identity(broker, cluster, round, requests);
        Speed bidding = bidding(broker, cluster, "alone-" + round + "-", requests, false);
        Speed both = bidding(broker, cluster, "paced-" + round + "-", requests, true);
        if (round > 0) {
          alone.add(bidding.perSecond / identity.perSecond);
          paced.add(both.perSecond / identity.perSecond);
          aloneProcessor.add(bidding.processorSeconds / identity.processorSeconds);
          pacedProcessor.add(both.processorSeconds / identity.processorSeconds);
        }
        System.out.println(round == 0 ? "warm-up" : "round " + round);
        print("identity", identity, identity);
        print("bidding", bidding, identity);
        print("with pacing", both, identity);
      }
      System.out.printf(
          Locale.ROOT, "%d rounds of %d requests, %d campaigns%n", rounds, requests, CAMPAIGNS);
      print("rate, bidding / identity", alone);
      print("rate, bidding and pacing / identity", paced);
      print("processor time, bidding / identity", aloneProcessor);
      print("processor time, bidding and pacing / identity", pacedProcessor);
    }
  }

  private static void print(String name, Speed speed, Speed identity) {
    System.out.printf(
        Locale.ROOT,
        "  %-12s %8.0f/s (%.2f), %6.2f processor s per million requests (%.2f)%n",
        name,
        speed.perSecond,
        speed.perSecond / identity.perSecond,
        speed.processorSeconds,
        speed.processorSeconds / identity.processorSeconds);
  }

  private static void print(String name, List<Double> ratios) {
    ratios.sort(Double::compare);
    System.out.printf(
        Locale.ROOT,
        "%s: median %.2f, from %.2f to %.2f%n",
        name,
        ratios.get(ratios.size() / 2),
        ratios.get(0),
        ratios.get(ratios.size() - 1));
  }

  private static EngineConfig engine(EmbeddedBroker broker, String name) {
    return engine(broker, name, "parallelism: 2, default-tmax: 1h");
  }

  /** Settings with topics of that name, and limits of bidding in YAML's flow form. */
  static EngineConfig engine(EmbeddedBroker broker, String name, String limits) {
    StringBuilder yaml = new StringBuilder("kafka:\n  bootstrap: " + broker.bootstrap() + "\n");
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
            "dead-letters")) {
      yaml.append("    ").append(topic).append(": ").append(name).append(topic).append('\n');
    }
    yaml.append("bidding: { heartbeat: 100ms, ").append(limits).append(" }\n");
    yaml.append("pacing: { parallelism: 1, period: 1s, checkpoint-interval: 500ms,\n");
    yaml.append("  leases: { lifetime: 1h, interval: 1s }, win-window: 1h, deduplication: 1h }\n");
    return Configurations.engine("benchmark", yaml.toString(), key -> null);
  }

  private static Speed identity(
      EmbeddedBroker broker, EmbeddedCluster cluster, int round, int requests) throws Exception {
    EngineConfig engine = engine(broker, "identity-" + round + "-");
    KafkaClients clients = KafkaClients.of(engine);
    TopicSetup.ensure(clients, engine);
    write(clients, engine, requests);
    StreamExecutionEnvironment environment = new StreamExecutionEnvironment();
    JobSettings.apply(environment, engine, 1_000, PARALLELISM, 2);
    environment
        .fromSource(
            KafkaSource.<RawRecord>builder()
                .setProperties(clients.consumer())
                .setBootstrapServers(clients.bootstrap())
                .setTopics(engine.kafka().topics().bidRequests())
                .setStartingOffsets(OffsetsInitializer.earliest())
                .setDeserializer(new RawRecordReader())
                .build(),
            WatermarkStrategy.noWatermarks(),
            "requests")
        .uid("requests")
        .map(new Copy(engine.kafka().topics().noBids()))
        .uid("copy")
        .returns(RecordType.OUT)
        .sinkTo(Sinks.atOnce(clients))
        .uid("copies");
    JobID job = cluster.submit(environment, "identity");
    try (KafkaConsumer<byte[], byte[]> consumer = clients.newConsumer()) {
      Speed speed = speed(() -> written(consumer, engine), requests);
      cluster.cancel(job);
      return speed;
    }
  }

  /** Copies a request to another topic. */
  private static final class Copy implements MapFunction<RawRecord, OutRecord> {
    private static final long serialVersionUID = 1L;

    private final String topic;

    Copy(String topic) {
      this.topic = topic;
    }

    @Override
    public OutRecord map(RawRecord raw) {
      return new OutRecord(topic, OutRecord.BY_KEY, raw.key(), raw.value());
    }
  }

  private static Speed bidding(
      EmbeddedBroker broker, EmbeddedCluster cluster, String name, int requests, boolean paced)
      throws Exception {
    EngineConfig engine = engine(broker, name);
    KafkaClients clients = KafkaClients.of(engine);
    TopicSetup.ensure(clients, engine);
    List<String> campaigns = publish(clients, engine, CAMPAIGNS);
    JobID pacingJob = null;
    if (paced) {
      StreamExecutionEnvironment pacing = new StreamExecutionEnvironment();
      PacingJob.build(pacing, engine);
      pacingJob = cluster.submit(pacing, "pacing");
      // Campaigns are known before the bidders start; leases follow when they are heard of.
      Thread.sleep(3_000);
    }
    write(clients, engine, requests);
    EngineMetrics metrics = MetricsEndpoint.shared("127.0.0.1", 0);
    double bidsBefore = metrics.bidCount();
    StreamExecutionEnvironment bidding = new StreamExecutionEnvironment();
    BiddingJob.build(bidding, engine);
    JobID biddingJob = cluster.submit(bidding, "bidding");
    if (!paced) {
      LeaseOnce.toAll(clients, engine, PARALLELISM, campaigns);
    }
    Speed speed;
    try (KafkaConsumer<byte[], byte[]> consumer = clients.newConsumer()) {
      speed = speed(() -> written(consumer, engine), requests);
    }
    System.out.printf(
        Locale.ROOT,
        "  answered with bids: %.0f %%%n",
        100 * (metrics.bidCount() - bidsBefore) / requests);
    cluster.cancel(biddingJob);
    if (pacingJob != null) {
      cluster.cancel(pacingJob);
    }
    return speed;
  }

  /**
   * Answers that the broker has: copies, or bids and no-bids. Some forty heartbeats a second among
   * the bids are within the noise.
   */
  private static long written(KafkaConsumer<byte[], byte[]> consumer, EngineConfig engine) {
    long sum = 0;
    for (String topic : List.of(engine.kafka().topics().bids(), engine.kafka().topics().noBids())) {
      List<TopicPartition> partitions =
          List.of(new TopicPartition(topic, 0), new TopicPartition(topic, 1));
      for (long end : consumer.endOffsets(partitions).values()) {
        sum += end;
      }
    }
    return sum;
  }

  /** Publishes the campaigns and answers their ids. */
  static List<String> publish(KafkaClients clients, EngineConfig engine, int count) {
    long now = System.currentTimeMillis();
    try (Written written = new Written(clients)) {
      List<Campaign> campaigns =
          GeneratedCampaigns.of(count, 1_000, 1, now - 1_000, now + 3_600_000);
      for (int i = 0; i < count; i++) {
        Campaign campaign = onSites(campaigns.get(i), i);
        written.send(
            engine.kafka().topics().campaigns(), campaign.id(), Configurations.toJson(campaign));
      }
      return campaigns.stream().map(Campaign::id).toList();
    }
  }

  /** The campaign for two of the world's 200 sites: some ten campaigns want each request. */
  private static Campaign onSites(Campaign c, int number) {
    Targeting t = c.targeting();
    Targeting sites =
        new Targeting(
            t.countries(),
            t.regions(),
            Set.copyOf(
                List.of(
                    "site-" + number % 200 + ".example", "site-" + number * 7 % 200 + ".example")),
            t.excludedDomains(),
            t.devices(),
            t.anySegments(),
            t.noSegments(),
            t.deals(),
            t.dayparts(),
            null);
    return c.with(sites);
  }

  private static void write(KafkaClients clients, EngineConfig engine, int requests) {
    try (GeneratedWorld world = new GeneratedWorld(Landscape.DISPLAY, 1, requests);
        Written written = new Written(clients)) {
      for (Opportunity next = world.next(); next != null; next = world.next()) {
        written.send(engine.kafka().topics().bidRequests(), next.key(), next.request());
      }
    }
  }

  /** Writes records; closing fails unless the broker has all of them. */
  static final class Written implements AutoCloseable {
    private final KafkaProducer<byte[], byte[]> producer;
    private volatile @Nullable Exception failure;

    Written(KafkaClients clients) {
      producer = clients.newProducer();
    }

    void send(String topic, String key, byte[] value) {
      Future<?> unused =
          producer.send(
              new ProducerRecord<>(topic, key.getBytes(StandardCharsets.UTF_8), value),
              (metadata, problem) -> {
                if (problem != null) {
                  failure = problem;
                }
              });
    }

    @Override
    public void close() {
      producer.close();
      Exception problem = failure;
      if (problem != null) {
        throw new IllegalStateException("not all records were written", problem);
      }
    }
  }

  /**
   * How fast requests came through.
   *
   * @param perSecond requests a second
   * @param processorSeconds processor time of the whole process, broker included, for a million
   *     requests; far steadier than the rate
   */
  private record Speed(double perSecond, double processorSeconds) {}

  /** Measures the second half: by then leases have come and code is compiled. */
  private static Speed speed(LongSupplier count, int requests) throws InterruptedException {
    long first = Math.max(1, requests / 2);
    long from = await(count, first);
    long usedBefore = PROCESS.getProcessCpuTime();
    long begun = count.getAsLong();
    long to = await(count, requests);
    long used = PROCESS.getProcessCpuTime() - usedBefore;
    double measured = Math.max(1, requests - begun);
    return new Speed(measured / ((to - from) / 1e9), used / 1e9 / measured * 1e6);
  }

  private static long await(LongSupplier count, long wanted) throws InterruptedException {
    long end = System.nanoTime() + 300_000_000_000L;
    while (count.getAsLong() < wanted) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException(
            "only " + count.getAsLong() + " of " + wanted + " requests came through");
      }
      Thread.sleep(5);
    }
    return System.nanoTime();
  }
}
