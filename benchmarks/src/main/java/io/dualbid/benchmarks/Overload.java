package io.dualbid.benchmarks;

import io.dualbid.core.configuration.EngineConfig;
import io.dualbid.core.model.Reason;
import io.dualbid.simulator.world.GeneratedWorld;
import io.dualbid.simulator.world.Landscape;
import io.dualbid.simulator.world.Opportunity;
import io.dualbid.stream.bidding.BiddingJob;
import io.dualbid.stream.codec.Decided;
import io.dualbid.stream.codec.NoBidCodec;
import io.dualbid.stream.codec.RequestPlace;
import io.dualbid.stream.codec.UnreadableRecord;
import io.dualbid.stream.embedded.EmbeddedBroker;
import io.dualbid.stream.embedded.EmbeddedCluster;
import io.dualbid.stream.kafka.KafkaClients;
import io.dualbid.stream.kafka.RawRecordReader;
import io.dualbid.stream.record.RawRecord;
import io.dualbid.stream.topics.TopicSetup;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;
import org.apache.flink.api.common.JobID;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * One subtask of bidding under more requests than it can answer. What it can answer is measured
 * first, by a backlog without deadlines; then requests come at multiples of that, and half of it at
 * the end, to a job that puts requests aside and to one that takes them in the order of arrival.
 * All in one run, on the cores that the load generator and the broker use too.
 *
 * <p>In time is an answer that the broker has within the requests' {@value #TMAX_MILLIS} ms of
 * their being written. Times are of every {@value #SAMPLED}th answer.
 */
public final class Overload {
  private static final int TMAX_MILLIS = 200;
  private static final int SAMPLED = 16;
  private static final int DIFFERENT_REQUESTS = 20_000;

  /** The last counts: code is compiled in the others. */
  private static final int ROUNDS = 3;

  private static final int WARM_UP = 60_000;
  private static final double WARM_UP_RATE = 5_000;
  private static final int PARTITIONS = 2;

  /** Four hundred want each request: a decision costs most, as it does where bidders are busy. */
  private static final int DEFAULT_CAMPAIGNS = 40_000;

  private static final int DEFAULT_BACKLOG = 200_000;

  private static final double[] TIMES = {0.5, 1, 1.5, 2, 3, 0.5};

  private final EngineConfig engine;
  private final KafkaClients clients;
  private final List<Opportunity> requests;
  private final int campaigns;

  private Overload(EngineConfig engine, List<Opportunity> requests, int campaigns) {
    this.campaigns = campaigns;
    this.engine = engine;
    this.clients = KafkaClients.of(engine);
    this.requests = requests;
  }

  /**
   * Runs and prints.
   *
   * @param args seconds for each rate, number of campaigns, size of the backlog
   */
  public static void main(String[] args) throws Exception {
    int seconds = args.length > 0 ? Integer.parseInt(args[0]) : 15;
    int campaigns = args.length > 1 ? Integer.parseInt(args[1]) : DEFAULT_CAMPAIGNS;
    int backlog = args.length > 2 ? Integer.parseInt(args[2]) : DEFAULT_BACKLOG;
    List<Opportunity> requests = new ArrayList<>();
    try (GeneratedWorld world = new GeneratedWorld(Landscape.DISPLAY, 1, DIFFERENT_REQUESTS)) {
      for (Opportunity next = world.next(); next != null; next = world.next()) {
        requests.add(next);
      }
    }
    try (EmbeddedBroker broker = new EmbeddedBroker();
        EmbeddedCluster cluster = new EmbeddedCluster(4)) {
      double full = 0;
      for (int round = 0; round < ROUNDS; round++) {
        full =
            run(
                    broker,
                    "backlog-" + round + "-",
                    "parallelism: 1, default-tmax: 1h",
                    requests,
                    campaigns)
                .backlog(cluster, backlog);
      }
      System.out.printf(Locale.ROOT, "can be answered: %.0f/s (a backlog of %d)%n", full, backlog);
      String limits = "parallelism: 1, default-tmax: " + TMAX_MILLIS + "ms";
      Table ordered = new Table();
      run(broker, "ordered-", limits + ", overload-delay: 1h", requests, campaigns)
          .rates(cluster, full, seconds, ordered);
      Table aside = new Table();
      run(broker, "aside-", limits, requests, campaigns).rates(cluster, full, seconds, aside);
      System.out.println("older requests are put aside:");
      aside.print();
      System.out.println("in the order of arrival:");
      ordered.print();
    }
  }

  private static Overload run(
      EmbeddedBroker broker,
      String name,
      String limits,
      List<Opportunity> requests,
      int campaigns) {
    EngineConfig engine = StreamThroughput.engine(broker, name, limits);
    Overload run = new Overload(engine, requests, campaigns);
    TopicSetup.ensure(run.clients, engine);
    return run;
  }

  private JobID start(EmbeddedCluster cluster) throws Exception {
    List<String> ids = StreamThroughput.publish(clients, engine, campaigns);
    StreamExecutionEnvironment bidding = new StreamExecutionEnvironment();
    BiddingJob.build(bidding, engine);
    JobID job = cluster.submit(bidding, "bidding");
    LeaseOnce.toAll(clients, engine, 1, ids);
    return job;
  }

  /** Answers a second while a backlog is worked off. */
  private double backlog(EmbeddedCluster cluster, int backlog) throws Exception {
    JobID job = start(cluster);
    Traffic traffic = new Traffic();
    try (Answers answers = new Answers(traffic)) {
      warmUp(traffic, answers);
      answers.forget();
      traffic.send(Double.POSITIVE_INFINITY, backlog);
      while (answers.all() < backlog / 4) {
        answers.read();
      }
      long from = System.nanoTime();
      long before = answers.all();
      while (answers.all() < backlog) {
        answers.read();
      }
      double rate = (answers.all() - before) / ((System.nanoTime() - from) / 1e9);
      cluster.cancel(job);
      return rate;
    }
  }

  private void rates(EmbeddedCluster cluster, double full, int seconds, Table table)
      throws Exception {
    JobID job = start(cluster);
    Traffic traffic = new Traffic();
    try (Answers answers = new Answers(traffic)) {
      warmUp(traffic, answers);
      for (double times : TIMES) {
        answers.forget();
        int count = (int) (times * full * seconds);
        Thread sender = new Thread(() -> traffic.send(times * full, count));
        sender.start();
        while (sender.isAlive()) {
          answers.read();
        }
        sender.join();
        long sent = traffic.sent();
        while (answers.total() < sent) {
          answers.read();
        }
        table.add(times, count, answers);
      }
    }
    cluster.cancel(job);
  }

  /** At a low rate until the code is compiled and the leases are there. */
  private static void warmUp(Traffic traffic, Answers answers) {
    Thread sender = new Thread(() -> traffic.send(WARM_UP_RATE, WARM_UP));
    sender.start();
    while (sender.isAlive() || answers.total() < traffic.sent()) {
      answers.read();
    }
  }

  /** Writes requests at a rate, and remembers when it wrote which. */
  private final class Traffic {
    private final long[][] writtenMillis = new long[PARTITIONS][1 << 20];
    private final KafkaProducer<byte[], byte[]> producer = clients.newProducer();
    private final AtomicLong sent = new AtomicLong();
    private int next;

    /** Sends so many at a rate a second; returns when the broker has them. */
    void send(double rate, int count) {
      long begun = System.nanoTime();
      for (int i = 0; i < count; i++) {
        long due = begun + (long) (i * 1e9 / rate);
        while (System.nanoTime() < due) {
          LockSupport.parkNanos(100_000);
        }
        Opportunity request = requests.get(next++ % requests.size());
        long now = System.currentTimeMillis();
        Future<?> unused =
            producer.send(
                new ProducerRecord<>(
                    engine.kafka().topics().bidRequests(),
                    null,
                    now,
                    request.key().getBytes(StandardCharsets.UTF_8),
                    request.request()),
                (metadata, failure) -> {
                  if (failure != null) {
                    throw new IllegalStateException("a request was not written", failure);
                  }
                  keep(metadata.partition(), (int) metadata.offset(), now);
                });
      }
      producer.flush();
      sent.addAndGet(count);
    }

    private synchronized void keep(int partition, int offset, long millis) {
      long[] times = writtenMillis[partition];
      if (offset >= times.length) {
        times = Arrays.copyOf(times, 2 * times.length);
        writtenMillis[partition] = times;
      }
      times[offset] = millis;
    }

    synchronized long written(RequestPlace place) {
      return writtenMillis[place.partition()][(int) place.offset()];
    }

    /** Requests that the broker has. */
    long sent() {
      return sent.get();
    }
  }

  /** Reads answers: counts all, and times some. */
  private final class Answers implements AutoCloseable {
    private static final byte FIRST_OF_ANSWERS = '{';

    private final Traffic traffic;
    private final KafkaConsumer<byte[], byte[]> consumer = clients.newConsumer();
    private final Histogram delays = new Histogram(3_600_000, 3);
    private long total;
    private long before;
    private long sampled;
    private long aside;
    private long expired;
    private long inTime;

    Answers(Traffic traffic) {
      this.traffic = traffic;
      List<TopicPartition> partitions = new ArrayList<>();
      for (String topic :
          List.of(engine.kafka().topics().bids(), engine.kafka().topics().noBids())) {
        for (int i = 0; i < PARTITIONS; i++) {
          partitions.add(new TopicPartition(topic, i));
        }
      }
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
    }

    void read() {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(5))) {
        if (isAnswer(record)) {
          total++;
          if (total % SAMPLED == 0) {
            sample(RawRecordReader.of(record));
          }
        }
      }
    }

    /** Heartbeats stand among the bids, without a key. */
    private static boolean isAnswer(ConsumerRecord<byte[], byte[]> record) {
      return record.key() != null && record.value()[0] == FIRST_OF_ANSWERS;
    }

    private void sample(RawRecord raw) {
      try {
        Decided decided = Decided.of(raw);
        boolean noBid = raw.topic().equals(engine.kafka().topics().noBids());
        String reason = noBid ? NoBidCodec.decode(raw.value()).reason() : "";
        sampled++;
        if (reason.equals(Reason.OVERLOADED.label())) {
          aside++;
        } else if (reason.equals(Reason.REQUEST_EXPIRED.label())) {
          expired++;
        } else {
          long written = traffic.written(decided.request());
          // The answer may be there before the writer has heard that the request is.
          long delay = written == 0 ? 0 : Math.max(0, raw.timeMillis() - written);
          delays.recordValue(delay);
          inTime += delay <= TMAX_MILLIS ? 1 : 0;
        }
      } catch (UnreadableRecord e) {
        throw new IllegalStateException(e);
      }
    }

    void forget() {
      before = total;
      sampled = 0;
      aside = 0;
      expired = 0;
      inTime = 0;
      delays.reset();
    }

    /** Answers since the last time that all was forgotten. */
    long all() {
      return total - before;
    }

    /** Answers in all. */
    long total() {
      return total;
    }

    double share(long of) {
      return (double) of / Math.max(1, sampled);
    }

    @Override
    public void close() {
      consumer.close();
    }
  }

  /** A line for each rate. */
  private static final class Table {
    private final List<String> lines = new ArrayList<>();

    void add(double times, int count, Answers answers) {
      lines.add(
          String.format(
              Locale.ROOT,
              "%5.1f x  %9d  %6.1f %%  %6.1f %%  %6.1f %%  %6d  %6d  %6d",
              times,
              count,
              100 * answers.share(answers.inTime),
              100 * answers.share(answers.aside),
              100 * answers.share(answers.expired),
              answers.delays.getValueAtPercentile(50),
              answers.delays.getValueAtPercentile(99),
              answers.delays.getMaxValue()));
    }

    void print() {
      System.out.println(
          "   rate   requests   in time  put aside   expired  p50 ms  p99 ms  max ms");
      lines.forEach(System.out::println);
    }
  }
}
