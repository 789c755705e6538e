package io.dualbid.simulator.exchange;

import io.dualbid.core.configuration.EngineConfig;
import io.dualbid.core.model.Bid;
import io.dualbid.core.model.Outcome;
import io.dualbid.simulator.world.Auction;
import io.dualbid.simulator.world.Opportunity;
import io.dualbid.simulator.world.World;
import io.dualbid.stream.codec.JournalDecoder;
import io.dualbid.stream.codec.OutcomeCodec;
import io.dualbid.stream.embedded.Limit;
import io.dualbid.stream.kafka.KafkaClients;
import io.dualbid.stream.kafka.RawRecordReader;
import io.dualbid.stream.record.JournalRecord.Issued;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Plays a {@link World} against the engine on Kafka, as an exchange would.
 *
 * <p>One thread offers requests at a fixed rate. Another reads the bids and holds an auction for
 * each, second-price or first-price as the request said, the moment it is read: a bid counts only
 * if the broker appended it by its deadline, and of several with one id only the first for as long
 * as that is remembered, which is the same test that the ledgers apply. The winner pays the greater
 * of floor and competing bid, or its own bid; the lowest bid that would have won is told in either
 * case. Notices, clicks and conversions follow after seeded delays.
 *
 * <p>Which bids count does not depend on when they are read, so an exchange that is slow is late,
 * not wrong.
 */
public final class Exchange implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(5);

  /**
   * How long after its last deadline a request is kept for telling repeated bids from strange ones.
   */
  private static final long KEPT_MILLIS = 10_000;

  private static final long SWEEP_MILLIS = 1_000;

  private static final long MILLI = 1_000_000L;

  private final EngineConfig.Topics topics;
  private final World world;
  private final Settings settings;
  private final Notices notices;
  private final ExchangeStatistics statistics = new ExchangeStatistics();
  private final Map<String, Open> open = new ConcurrentHashMap<>();
  private final Producer<byte[], byte[]> requests;
  private final Producer<byte[], byte[]> outcomes;
  private final Consumer<byte[], byte[]> bids;
  private final JournalDecoder decoder;
  private final TakenBids taken;
  private final Thread offering;
  private final Thread auctioning;
  private volatile boolean stopOffering;
  private volatile boolean stopAuctioning;
  private volatile boolean offered;
  private volatile @Nullable Throwable failure;
  private volatile int outstanding;
  private long planned;

  /**
   * How an exchange plays.
   *
   * @param requestsPerSecond rate of offers; {@link Double#POSITIVE_INFINITY} for as fast as
   *     possible
   * @param startMillis when the first request is offered
   * @param delays how long notices take
   * @param seed seed of the delays
   */
  public record Settings(double requestsPerSecond, long startMillis, Delays delays, long seed) {
    public Settings {
      if (!(requestsPerSecond > 0)) {
        throw new IllegalArgumentException("rate must be > 0: " + requestsPerSecond);
      }
    }
  }

  /** A request on offer. */
  private static final class Open {
    final Opportunity opportunity;
    final long offeredMillis;

    Open(Opportunity opportunity, long offeredMillis) {
      this.opportunity = opportunity;
      this.offeredMillis = offeredMillis;
    }
  }

  /** A notice on its way. */
  private record Due(long timeMillis, long number, Outcome outcome) implements Comparable<Due> {
    @Override
    public int compareTo(Due other) {
      int byTime = Long.compare(timeMillis, other.timeMillis);
      return byTime != 0 ? byTime : Long.compare(number, other.number);
    }
  }

  /**
   * Opens for business: reads bids from now on, offers requests from the start that is set.
   *
   * @param world owned by the exchange from now on
   */
  public Exchange(KafkaClients clients, EngineConfig engine, World world, Settings settings) {
    this.topics = engine.kafka().topics();
    this.world = world;
    this.settings = settings;
    this.notices = new Notices(settings.delays(), settings.seed());
    this.decoder = new JournalDecoder(topics);
    this.taken = new TakenBids(engine.pacing());
    this.requests = clients.newProducer();
    this.outcomes = clients.newProducer();
    this.bids = clients.newConsumer();
    List<TopicPartition> partitions = new ArrayList<>();
    bids.partitionsFor(topics.bids())
        .forEach(info -> partitions.add(new TopicPartition(topics.bids(), info.partition())));
    bids.assign(partitions);
    bids.seekToEnd(partitions);
    // Seeking is lazy; the position is settled before the first request is offered.
    partitions.forEach(bids::position);
    this.auctioning = thread("exchange-auctions", this::auction);
    this.offering = thread("exchange-requests", this::offer);
    auctioning.start();
    offering.start();
  }

  private Thread thread(String name, Runnable work) {
    return new Thread(
        () -> {
          try {
            work.run();
          } catch (RuntimeException | Error e) {
            failure = e;
            stopOffering = true;
            stopAuctioning = true;
          }
        },
        name);
  }

  /** What has been counted so far. */
  public ExchangeStatistics statistics() {
    return statistics;
  }

  /** Whether the last request has been offered. */
  public boolean hasOfferedAll() {
    return offered;
  }

  /** Number of notices that are still on their way. */
  public int outstandingNotices() {
    return outstanding;
  }

  /** Offers no further request. Bids are still taken. */
  public void stopOffering() {
    stopOffering = true;
  }

  /**
   * Says why a thread of the exchange has ended early, if one has.
   *
   * @throws IllegalStateException with that cause
   */
  public void requireHealthy() {
    Throwable cause = failure;
    if (cause != null) {
      throw new IllegalStateException("the exchange failed: " + cause.getMessage(), cause);
    }
  }

  /** Ends both threads and sends what is due. */
  @Override
  public void close() {
    stopOffering = true;
    stopAuctioning = true;
    Limit.join(offering);
    Limit.join(auctioning);
    requests.close();
    outcomes.close();
    bids.close();
    world.close();
  }

  private void offer() {
    waitUntil(settings.startMillis());
    long start = System.nanoTime();
    long number = 0;
    for (Opportunity next = world.next(); next != null && !stopOffering; next = world.next()) {
      pace(start, number++);
      open.put(next.requestId(), new Open(next, System.currentTimeMillis()));
      send(requests, topics.bidRequests(), next.key(), next.request());
      statistics.requests.incrementAndGet();
    }
    requests.flush();
    offered = true;
  }

  private void waitUntil(long timeMillis) {
    for (long left = timeMillis - System.currentTimeMillis();
        left > 0 && !stopOffering;
        left = timeMillis - System.currentTimeMillis()) {
      LockSupport.parkNanos(Math.min(left, 20) * MILLI);
    }
  }

  /** Keeps to the rate on average: after a pause the requests that were held up follow at once. */
  private void pace(long startNanos, long number) {
    if (Double.isInfinite(settings.requestsPerSecond())) {
      return;
    }
    long due = startNanos + (long) (number / settings.requestsPerSecond() * 1e9);
    for (long left = due - System.nanoTime();
        left > 0 && !stopOffering;
        left = due - System.nanoTime()) {
      // Waking up for every single request would cost more than the request itself.
      LockSupport.parkNanos(Math.max(left, MILLI));
    }
  }

  private void auction() {
    PriorityQueue<Due> due = new PriorityQueue<>();
    long lastSweep = 0;
    while (!stopAuctioning) {
      for (ConsumerRecord<byte[], byte[]> record : bids.poll(POLL)) {
        if (decoder.decode(RawRecordReader.of(record)) instanceof Issued issued) {
          take(issued, due);
        } else if (record.key() != null) {
          statistics.unreadable.incrementAndGet();
        }
      }
      long now = System.currentTimeMillis();
      send(due, now);
      outstanding = due.size();
      if (now - lastSweep > SWEEP_MILLIS) {
        lastSweep = now;
        open.values().removeIf(old -> old.offeredMillis < now - KEPT_MILLIS);
      }
    }
    send(due, Long.MAX_VALUE);
    outcomes.flush();
  }

  private void take(Issued issued, PriorityQueue<Due> due) {
    Bid bid = issued.bid();
    Open offer = open.get(bid.requestId());
    Auction auction = offer == null ? null : offer.opportunity.auction(bid.impressionId());
    if (offer == null || auction == null) {
      statistics.strange.incrementAndGet();
      return;
    }
    if (!bid.validAt(issued.appendMillis())) {
      statistics.lateBids.incrementAndGet();
      return;
    }
    String before = taken.take(bid, issued.appendMillis());
    if (before != null) {
      statistics.duplicateBids.incrementAndGet();
      // A repeated answer may come from another campaign, which has reserved its price too.
      if (!before.equals(bid.campaign())) {
        statistics.superseded.incrementAndGet();
        statistics.losses.incrementAndGet();
        plan(due, notices.superseded(bid, issued.appendMillis()));
      }
      return;
    }
    statistics.bids.incrementAndGet();
    if (auction.wonBy(bid.amountNanos())) {
      statistics.won(bid, auction);
    } else {
      statistics.losses.incrementAndGet();
    }
    notices.of(bid, auction, issued.appendMillis()).forEach(notice -> plan(due, notice));
  }

  private void plan(PriorityQueue<Due> due, Outcome outcome) {
    due.add(new Due(outcome.timeMillis(), planned++, outcome));
  }

  private void send(Producer<byte[], byte[]> producer, String topic, String key, byte[] value) {
    Future<?> unused =
        producer.send(
            new ProducerRecord<>(topic, key.getBytes(StandardCharsets.UTF_8), value),
            (metadata, problem) -> {
              if (problem != null) {
                failure = problem;
              }
            });
  }

  private void send(PriorityQueue<Due> due, long nowMillis) {
    for (Due next = due.peek(); next != null && next.timeMillis <= nowMillis; next = due.peek()) {
      due.remove();
      send(outcomes, topics.outcomes(), next.outcome.campaign(), OutcomeCodec.encode(next.outcome));
    }
  }
}
