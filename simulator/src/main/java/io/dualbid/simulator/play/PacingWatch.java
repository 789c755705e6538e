package io.dualbid.simulator.play;

import io.dualbid.core.model.Campaign;
import io.dualbid.core.model.PacingUpdate;
import io.dualbid.stream.codec.PacingUpdateCodec;
import io.dualbid.stream.codec.UnreadableRecord;
import io.dualbid.stream.kafka.KafkaClients;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** Follows the topic of multipliers and ledgers: the last word on each campaign. */
public final class PacingWatch implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(50);

  private final Map<String, PacingUpdate> last = new TreeMap<>();
  private final Histogram feedbackAge = new ConcurrentHistogram(2);
  private final Consumer<byte[], byte[]> consumer;
  private final Thread thread;
  private final AtomicLong unreadable = new AtomicLong();
  private volatile boolean stop;
  private volatile @Nullable RuntimeException failure;

  /** Follows the topic from its beginning. */
  public PacingWatch(KafkaClients clients, String topic) {
    this(clients.newConsumer(), topic);
  }

  /** Follows the topic by a consumer, which it owns from now on. */
  PacingWatch(Consumer<byte[], byte[]> consumer, String topic) {
    this.consumer = consumer;
    List<TopicPartition> partitions = new ArrayList<>();
    consumer
        .partitionsFor(topic)
        .forEach(info -> partitions.add(new TopicPartition(topic, info.partition())));
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    thread = new Thread(this::watch, "pacing-watch");
    thread.setDaemon(true);
    thread.start();
  }

  private void watch() {
    try {
      while (!stop) {
        for (var record : consumer.poll(POLL)) {
          take(record.value());
        }
      }
    } catch (RuntimeException e) {
      failure = e;
    } finally {
      consumer.close();
    }
  }

  private void take(byte @Nullable [] value) {
    try {
      PacingUpdate update = PacingUpdateCodec.decode(value);
      synchronized (last) {
        PacingUpdate before = last.put(update.campaign(), update);
        boolean stepped =
            update.state() == PacingUpdate.State.ACTIVE
                && before != null
                && before.totals().wins() != update.totals().wins();
        if (stepped) {
          feedbackAge.recordValue((long) Math.max(0, update.totals().feedbackAgeMillis()));
        }
      }
    } catch (UnreadableRecord e) {
      // Whoever wrote it, ledgers don't come to rest by it; it is told at the end.
      unreadable.incrementAndGet();
    }
  }

  /** Records that are no updates, and were passed over. */
  long unreadable() {
    return unreadable.get();
  }

  /** The last update of each campaign, by id. */
  Map<String, PacingUpdate> last() {
    RuntimeException problem = failure;
    if (problem != null) {
      throw problem;
    }
    synchronized (last) {
      return new TreeMap<>(last);
    }
  }

  /**
   * Whether pacing has taken up all of these campaigns: none is unknown, nor taken to have ended
   * while its flight is still to come.
   */
  boolean knows(List<Campaign> campaigns, long nowMillis) {
    Map<String, PacingUpdate> now = last();
    for (Campaign campaign : campaigns) {
      PacingUpdate update = now.get(campaign.id());
      boolean over = campaign.flight().endMillis() <= nowMillis;
      if (update == null || (update.state() == PacingUpdate.State.ENDED && !over)) {
        return false;
      }
    }
    return true;
  }

  /** Whether no campaign holds money any more, nor may bid. */
  public boolean isAtRest(List<Campaign> campaigns) {
    Map<String, PacingUpdate> now = last();
    for (Campaign campaign : campaigns) {
      PacingUpdate update = now.get(campaign.id());
      if (update == null
          || update.ledger().reservedNanos() > 0
          || update.ledger().leasedNanos() > 0
          || update.ledger().expected().totalNanos() > 0
          || update.state() == PacingUpdate.State.ACTIVE) {
        return false;
      }
    }
    return true;
  }

  /** Ages of the feedback behind the steps of active campaigns that won, in milliseconds. */
  Histogram feedbackAge() {
    return feedbackAge.copy();
  }

  @Override
  public void close() {
    stop = true;
    try {
      thread.join(5_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
