package io.dualbid.simulator.console;

import io.dualbid.core.configuration.EngineConfig;
import io.dualbid.core.engine.Answer;
import io.dualbid.core.model.BidRequest;
import io.dualbid.core.model.Campaign;
import io.dualbid.simulator.console.CampaignView.Snapshot;
import io.dualbid.simulator.console.Sightings.Sighting;
import io.dualbid.stream.codec.BidRequestDecoder;
import io.dualbid.stream.codec.UnreadableRecord;
import io.dualbid.stream.kafka.KafkaClients;
import io.dualbid.stream.record.RawRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;

/**
 * Why campaigns don't bid, from a sample: every two seconds a few of the newest requests are
 * decided by the {@link io.dualbid.core.engine.Bidder} itself for each campaign that is shown, as
 * if it were alone, with the multipliers and the leased money of the moment. So no job counts
 * anything for the console. Frequency caps don't show, since nobody is known to have seen anything.
 */
final class RequestSample implements AutoCloseable {
  private static final long PAUSE_MILLIS = 2_000;

  private final EngineConfig engine;
  private final Board board;
  private final Supplier<Set<String>> shown;
  private final NewestRequests newest;
  private final Thread thread;
  private volatile boolean closed;

  RequestSample(
      EngineConfig engine, Board board, NewestRequests newest, Supplier<Set<String>> shown) {
    this.engine = engine;
    this.board = board;
    this.newest = newest;
    this.shown = shown;
    thread = new Thread(this::run, "console-requests");
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  private void run() {
    try {
      while (!closed) {
        try (KafkaConsumer<byte[], byte[]> consumer = KafkaClients.of(engine).newConsumer()) {
          while (!closed) {
            Set<String> ids = shown.get();
            if (!ids.isEmpty()) {
              sight(ids, newest.take(consumer));
            }
            Thread.sleep(PAUSE_MILLIS);
          }
        } catch (InterruptException e) {
          return;
        } catch (KafkaException e) {
          // The follower tells of it; reasons stay as they were.
          Thread.sleep(PAUSE_MILLIS);
        }
      }
    } catch (InterruptedException e) {
      closed = true;
    }
  }

  private void sight(Set<String> ids, List<RawRecord> records) {
    BidRequestDecoder decoder =
        new BidRequestDecoder(engine.account(), engine.bidding().defaultTmaxMillis());
    List<BidRequest> requests = new ArrayList<>();
    for (RawRecord record : records) {
      BidRequest request = decoded(decoder, record);
      if (request != null) {
        requests.add(request);
      }
    }
    for (String id : ids) {
      CampaignView view = board.find(id);
      if (view != null) {
        sight(view, requests);
      }
    }
  }

  /** The request, or null where it is none: no campaign has had a say then. */
  private static @Nullable BidRequest decoded(BidRequestDecoder decoder, RawRecord record) {
    byte[] value = record.value();
    try {
      return value == null ? null : decoder.decode(value, record.timeMillis());
    } catch (UnreadableRecord e) {
      // The engine has told so in the dead letters.
      return null;
    }
  }

  private void sight(CampaignView view, List<BidRequest> requests) {
    Snapshot snapshot = view.snapshot();
    Campaign campaign = snapshot.definition();
    if (campaign == null) {
      return;
    }
    Answer answer = new Answer();
    for (BidRequest request : requests) {
      // One that was asked before keeps its leases and counts; each request is the first.
      LoneBidder.of(engine, campaign, snapshot.update(), request.timeMillis())
          .decide(request, request.timeMillis(), answer);
      view.sighted(new Sighting(answer.size() > 0 ? null : answer.reason()));
    }
  }

  @Override
  public void close() {
    closed = true;
    thread.interrupt();
    try {
      thread.join(2_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
