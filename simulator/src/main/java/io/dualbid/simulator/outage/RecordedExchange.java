package io.dualbid.simulator.outage;

import io.dualbid.core.configuration.Configurations;
import io.dualbid.core.configuration.EngineConfig;
import io.dualbid.core.configuration.EngineConfig.Topics;
import io.dualbid.core.model.Bid;
import io.dualbid.core.model.BidId;
import io.dualbid.core.model.Hash;
import io.dualbid.core.model.Outcome;
import io.dualbid.simulator.exchange.Delays;
import io.dualbid.simulator.exchange.Notices;
import io.dualbid.simulator.outage.ExchangeBooks.Place;
import io.dualbid.simulator.outage.ExchangeBooks.Taken;
import io.dualbid.simulator.outage.ExchangeRecord.NoticeKey;
import io.dualbid.simulator.outage.ExchangeRecord.Verdict;
import io.dualbid.simulator.world.Auction;
import io.dualbid.simulator.world.GeneratedWorld;
import io.dualbid.simulator.world.Landscape;
import io.dualbid.simulator.world.Opportunity;
import io.dualbid.stream.codec.JournalDecoder;
import io.dualbid.stream.codec.OutcomeCodec;
import io.dualbid.stream.kafka.KafkaClients;
import io.dualbid.stream.kafka.RawRecordReader;
import io.dualbid.stream.record.JournalRecord.Issued;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * An exchange that may be killed at any moment: what it takes and charges is in its record before
 * anybody is told, and what it owes to tell is told when it comes back, under the same ids. Its
 * requests, auctions and delays are functions of the seed, so that it needs to remember no more.
 *
 * <p>A bid counts if the broker appended it by its deadline; of several for one impression the
 * first that it saw. One thread does everything; confirmations of the broker come on another.
 */
final class RecordedExchange {
  private static final Duration POLL = Duration.ofMillis(5);

  /** Real users click so seldom that a run would see none. */
  private static final double CLICK_RATE = 0.05;

  private static final double CONVERSION_RATE = 0.3;
  private static final long CLICK_STREAM = 0x636c69636bL;

  /** After a standstill of more than this the requests that were held up are not made up for. */
  private static final long MOST_BEHIND_NANOS = 200_000_000L;

  private final Topics topics;
  private final ExchangeRecord record;
  private final ExchangeBooks books;
  private final GeneratedWorld world;
  private final Notices notices;
  private final long seed;
  private final long nanosBetween;
  private final JournalDecoder decoder;
  private final Producer<byte[], byte[]> producer;
  private final Consumer<byte[], byte[]> bids;
  private final PriorityQueue<Outcome> due =
      new PriorityQueue<>(Comparator.comparingLong(Outcome::timeMillis));
  private final Queue<Outcome> refused = new ConcurrentLinkedQueue<>();
  private volatile boolean stopOffering;
  private long next;

  private RecordedExchange(
      EngineConfig engine, ExchangeRecord record, ExchangeBooks books, long seed, double rate) {
    this.topics = engine.kafka().topics();
    this.record = record;
    this.books = books;
    this.seed = seed;
    nanosBetween = (long) (1e9 / rate);
    world = new GeneratedWorld(Landscape.DISPLAY, seed, Long.MAX_VALUE);
    notices = new Notices(Delays.SHORT, seed);
    decoder = new JournalDecoder(topics);
    next = books.offered();
    KafkaClients clients = KafkaClients.of(engine);
    producer = clients.newProducer();
    bids = clients.newConsumer();
    List<TopicPartition> partitions = new ArrayList<>();
    bids.partitionsFor(topics.bids())
        .forEach(info -> partitions.add(new TopicPartition(topics.bids(), info.partition())));
    bids.assign(partitions);
    Map<Integer, Long> positions = books.positions();
    for (TopicPartition partition : partitions) {
      bids.seek(partition, positions.getOrDefault(partition.partition(), 0L));
    }
  }

  /**
   * Opens for business, for the first time or again.
   *
   * @param engineFile engine settings (YAML)
   * @param recordFile its record
   * @param rate requests a second
   */
  static RecordedExchange open(Path engineFile, Path recordFile, long seed, double rate)
      throws IOException {
    EngineConfig engine =
        Configurations.engine(engineFile.toString(), Files.readString(engineFile), System::getenv);
    // Opened first: it cuts off what a death left half written.
    ExchangeRecord record = new ExchangeRecord(recordFile);
    return new RecordedExchange(engine, record, ExchangeBooks.read(recordFile), seed, rate);
  }

  /** Offers no further request. Bids are still taken, and outcomes told. */
  void stopOffering() {
    stopOffering = true;
  }

  /** Plays until the process ends. */
  void run() {
    long planned = System.nanoTime();
    while (true) {
      for (ConsumerRecord<byte[], byte[]> read : bids.poll(POLL)) {
        if (decoder.decode(RawRecordReader.of(read)) instanceof Issued issued) {
          take(new Place(read.partition(), read.offset()), issued);
        }
      }
      long now = System.nanoTime();
      planned = Math.max(planned, now - MOST_BEHIND_NANOS);
      for (; planned <= now && !stopOffering; planned += nanosBetween) {
        offer();
      }
      tell(System.currentTimeMillis());
    }
  }

  private void offer() {
    long number = next++;
    Opportunity opportunity = world.at(number);
    record.offered(number);
    Future<?> unused =
        producer.send(
            new ProducerRecord<>(
                topics.bidRequests(), bytes(opportunity.key()), opportunity.request()),
            (metadata, problem) -> {
              // One that was given up is known as offered and not as asked.
              if (problem == null) {
                record.asked(number, metadata.partition(), metadata.offset());
              }
            });
  }

  private void take(Place place, Issued issued) {
    Bid bid = issued.bid();
    if (!bid.validAt(issued.appendMillis())) {
      return;
    }
    Auction auction = auction(bid);
    if (auction == null) {
      return;
    }
    Taken known = books.bids().get(place);
    Verdict verdict = known == null ? verdict(bid, auction) : known.verdict();
    List<Outcome> follow =
        switch (verdict) {
          case WON, LOST -> notices.of(bid, auction, issued.appendMillis());
          case SUPERSEDED -> List.of(notices.superseded(bid, issued.appendMillis()));
          case REPEATED -> List.of();
        };
    if (known == null) {
      long charge = verdict == Verdict.WON ? auction.chargeNanos(bid.amountNanos()) : 0;
      record.bid(place.partition(), place.offset(), bid, verdict, charge, follow.size());
      books.bid(
          place,
          new Taken(bid.id(), bid.campaign(), bid.amountNanos(), verdict, charge, follow.size()));
    }
    for (Outcome outcome : follow) {
      if (known == null || !books.told().containsKey(NoticeKey.of(outcome))) {
        due.add(outcome);
      }
    }
  }

  private Verdict verdict(Bid bid, Auction auction) {
    String taken = books.takenFor(bid.id());
    if (taken != null) {
      return taken.equals(bid.campaign()) ? Verdict.REPEATED : Verdict.SUPERSEDED;
    }
    return auction.wonBy(bid.amountNanos()) ? Verdict.WON : Verdict.LOST;
  }

  /** The auction that a bid takes part in, or null where it answers no request of ours. */
  private @Nullable Auction auction(Bid bid) {
    String prefix = Long.toHexString(seed) + "-";
    if (!bid.requestId().startsWith(prefix)) {
      return null;
    }
    long number = Long.parseLong(bid.requestId().substring(prefix.length()));
    Auction auction = number < next ? world.at(number).auction(bid.impressionId()) : null;
    return auction == null ? null : clickedMore(auction, bid.id());
  }

  private static Auction clickedMore(Auction auction, BidId id) {
    long draw = Hash.mix(id.low() ^ CLICK_STREAM);
    boolean clicked = auction.clicked() || Hash.unit(draw) < CLICK_RATE;
    boolean converted = clicked && Hash.unit(Hash.mix(draw)) < CONVERSION_RATE;
    return new Auction(
        auction.impressionId(),
        auction.priceNanos(),
        auction.clickRate(),
        clicked,
        converted,
        auction.firstPrice());
  }

  private void tell(long nowMillis) {
    for (Outcome again = refused.poll(); again != null; again = refused.poll()) {
      due.add(again);
    }
    for (Outcome head = due.peek();
        head != null && head.timeMillis() <= nowMillis;
        head = due.peek()) {
      Outcome outcome = due.remove();
      Future<?> unused =
          producer.send(
              new ProducerRecord<>(
                  topics.outcomes(), bytes(outcome.campaign()), OutcomeCodec.encode(outcome)),
              (metadata, problem) -> {
                if (problem == null) {
                  record.told(outcome);
                } else {
                  refused.add(outcome);
                }
              });
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
