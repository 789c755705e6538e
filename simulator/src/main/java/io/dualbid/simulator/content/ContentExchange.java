package io.dualbid.simulator.content;

import io.dualbid.core.configuration.EngineConfig.Topics;
import io.dualbid.core.model.Bid;
import io.dualbid.core.model.Outcome;
import io.dualbid.core.model.Outcome.Kind;
import io.dualbid.core.placement.Clicks;
import io.dualbid.simulator.content.ContentWorld.Text;
import io.dualbid.stream.codec.JournalDecoder;
import io.dualbid.stream.codec.OutcomeCodec;
import io.dualbid.stream.codec.PlacementCodec;
import io.dualbid.stream.codec.PlacementCodec.Placement;
import io.dualbid.stream.codec.UnreadableRecord;
import io.dualbid.stream.embedded.Limit;
import io.dualbid.stream.kafka.KafkaClients;
import io.dualbid.stream.kafka.RawRecordReader;
import io.dualbid.stream.record.JournalRecord.Issued;
import io.dualbid.stream.record.RawRecord;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Publishes texts of a {@link ContentWorld}, as whoever generates them would: asks for ads, shows
 * those that are promised in time, and tells what readers did.
 *
 * <p>{@link OpenText} decides which ads are shown. An ad that is shown is a win, at its bid where
 * the impression is paid for, else at nothing; a click is told a little later. A text clicks on one
 * ad at most. One thread does all of it.
 */
public final class ContentExchange implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(10);

  /** How long a text that is done is kept, to know answers that are repeated. */
  private static final long KEPT_MILLIS = 15_000;

  /** How long a text waits for a placement before it is taken to have none. */
  private static final long UNANSWERED_MILLIS = 120_000;

  private static final long CLICK_DELAY_MILLIS = 200;

  private final Topics topics;
  private final ContentWorld world;
  private final JournalDecoder decoder;
  private final Consumer<byte[], byte[]> reader;
  private final Producer<byte[], byte[]> producer;
  private final double rate;
  private final long startMillis;
  private final Thread thread;
  private final Map<String, OpenText> open = new LinkedHashMap<>();
  private final JournalTime journal;
  private final List<Due> clicks = new ArrayList<>();
  private final TreeMap<String, Long> empty = new TreeMap<>();
  private volatile boolean stopOffering;
  private volatile boolean stop;
  private volatile int outstanding;
  private volatile @Nullable Throwable failure;
  private volatile ContentStatistics statistics =
      new ContentStatistics(0, 0, 0, Map.of(), 0, 0, 0, 0, 0);
  private long requests;
  private long placements;
  private long repeated;
  private long ads;
  private long unpaid;
  private long late;
  private long clicked;
  private long impressionNanos;

  /** A click to be told. */
  private record Due(long timeMillis, Outcome outcome) {}

  /**
   * Opens; asks from the start on.
   *
   * @param rate texts a second, above 0
   */
  public ContentExchange(
      KafkaClients clients, Topics topics, ContentWorld world, double rate, long startMillis) {
    if (!(rate > 0)) {
      throw new IllegalArgumentException("rate must be > 0: " + rate);
    }
    this.topics = topics;
    this.world = world;
    this.rate = rate;
    this.startMillis = startMillis;
    decoder = new JournalDecoder(topics);
    reader = clients.newConsumer();
    producer = clients.newProducer();
    List<TopicPartition> partitions = new ArrayList<>();
    for (String topic : List.of(topics.bids(), topics.placements())) {
      reader
          .partitionsFor(topic)
          .forEach(info -> partitions.add(new TopicPartition(topic, info.partition())));
    }
    journal = new JournalTime(reader.partitionsFor(topics.bids()).size());
    reader.assign(partitions);
    reader.seekToEnd(partitions);
    // Seeking is lazy; the position is settled before the first text is offered.
    partitions.forEach(reader::position);
    thread =
        new Thread(
            () -> {
              try {
                run();
              } catch (RuntimeException | Error e) {
                failure = e;
              }
            },
            "content-exchange");
    thread.start();
  }

  /** What has been counted so far. */
  public ContentStatistics statistics() {
    return statistics;
  }

  /** Texts and clicks that are still under way. */
  public int outstanding() {
    return outstanding;
  }

  /** Publishes no further text. */
  public void stopOffering() {
    stopOffering = true;
  }

  /**
   * Says why it has ended early, if it has.
   *
   * @throws IllegalStateException with that cause
   */
  public void requireHealthy() {
    Throwable cause = failure;
    if (cause != null) {
      throw new IllegalStateException("the content exchange failed: " + cause.getMessage(), cause);
    }
  }

  @Override
  public void close() {
    stop = true;
    Limit.join(thread);
    reader.close();
    producer.close();
  }

  private void run() {
    while (!stop) {
      offer(System.currentTimeMillis());
      for (var record : reader.poll(POLL)) {
        take(RawRecordReader.of(record));
      }
      long now = System.currentTimeMillis();
      settle(now);
      tellClicks(now);
      outstanding =
          clicks.size() + (int) open.values().stream().filter(text -> !text.isShown()).count();
      statistics =
          new ContentStatistics(
              requests, placements, repeated, empty, ads, unpaid, late, clicked, impressionNanos);
    }
    tellClicks(Long.MAX_VALUE);
    producer.flush();
  }

  private void offer(long nowMillis) {
    while (!stopOffering && nowMillis >= startMillis + 1_000.0 * requests / rate) {
      Text text = world.text(requests++);
      open.put(text.id(), new OpenText(text, nowMillis));
      send(topics.contentRequests(), text.id(), text.request());
    }
  }

  private void take(RawRecord raw) {
    if (raw.topic().equals(topics.placements())) {
      try {
        Placement placement = PlacementCodec.decode(raw.value());
        OpenText text = open.get(placement.requestId());
        if (text == null || !text.place(placement)) {
          repeated++;
          return;
        }
        placements++;
        String reason = placement.reason();
        if (reason != null) {
          empty.merge(reason, 1L, Long::sum);
        }
      } catch (UnreadableRecord e) {
        throw new IllegalStateException("a placement can't be read: " + e.reason(), e);
      }
      return;
    }
    journal.read(raw.partition(), raw.timeMillis());
    if (decoder.decode(raw) instanceof Issued issued) {
      OpenText text = open.get(issued.bid().requestId());
      if (text != null) {
        text.take(issued);
      }
    }
  }

  private void settle(long nowMillis) {
    Iterator<OpenText> each = open.values().iterator();
    while (each.hasNext()) {
      OpenText text = each.next();
      if (text.isDecided(journal.millis()) && !text.isShown()) {
        show(text, nowMillis);
      }
      long age = nowMillis - text.sinceMillis();
      if (age > (text.isShown() ? KEPT_MILLIS : UNANSWERED_MILLIS)) {
        each.remove();
      }
    }
  }

  private void show(OpenText text, long nowMillis) {
    Map<String, Integer> positions = new LinkedHashMap<>();
    Map<String, Bid> bids = new HashMap<>();
    for (OpenText.Ad ad : text.show()) {
      Bid bid = ad.bid();
      if (bid == null) {
        unpaid++;
        late += ad.late() ? 1 : 0;
        continue;
      }
      positions.put(bid.campaign(), ad.position());
      bids.put(bid.campaign(), bid);
      ads++;
      long price = bid.paysPerClick() ? 0 : bid.amountNanos();
      impressionNanos += price;
      tell(outcome(bid, Kind.WIN, nowMillis, price, 0, Outcome.UNKNOWN));
    }
    double draw = world.reader(text.text().id());
    for (var click : Clicks.of(text.text().truth(), positions).entrySet()) {
      Bid bid = bids.get(click.getKey());
      draw -= click.getValue();
      if (draw < 0 && bid != null) {
        long time = nowMillis + CLICK_DELAY_MILLIS;
        double value = bid.value() / click.getValue();
        clicks.add(new Due(time, outcome(bid, Kind.CLICK, time, 0, value, nowMillis)));
        clicked++;
        return;
      }
    }
  }

  private static Outcome outcome(
      Bid bid, Kind kind, long timeMillis, long priceNanos, double value, long wonMillis) {
    return new Outcome(
        bid.id() + "-" + kind.label(),
        kind,
        bid.id(),
        bid.campaign(),
        timeMillis,
        priceNanos,
        Outcome.UNKNOWN,
        value,
        bid.userKey(),
        wonMillis,
        0);
  }

  private void tellClicks(long nowMillis) {
    clicks.removeIf(
        due -> {
          if (due.timeMillis > nowMillis) {
            return false;
          }
          tell(due.outcome);
          return true;
        });
  }

  private void tell(Outcome outcome) {
    send(topics.outcomes(), outcome.campaign(), OutcomeCodec.encode(outcome));
  }

  private void send(String topic, String key, byte[] value) {
    Future<?> unused =
        producer.send(
            new ProducerRecord<>(topic, key.getBytes(StandardCharsets.UTF_8), value),
            (metadata, problem) -> {
              if (problem != null) {
                failure = problem;
              }
            });
  }
}
