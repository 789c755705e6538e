package io.dualbid.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.dualbid.core.model.Campaign.Status;
import io.dualbid.core.model.Reason;
import io.dualbid.stream.codec.Decided;
import io.dualbid.stream.codec.NoBidCodec;
import io.dualbid.stream.codec.RequestPlace;
import io.dualbid.stream.codec.UnreadableRecord;
import io.dualbid.stream.kafka.KafkaClients;
import io.dualbid.stream.record.RawRecord;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

/** Real jobs under more requests than they can answer, on a real broker. */
class OverloadIT {
  private static final int STALE = 60_000;
  private static final long STALE_MILLIS = 60_000;
  private static final long PATIENCE_MILLIS = 300_000;
  private static final int FRESH = 50;
  private static final int BATCHES = 100;

  /** Reads answers by the place of their request. */
  private static final class Answers {
    final Map<RequestPlace, Set<String>> byRequest = new HashMap<>();
    final Map<RequestPlace, Long> decidedAt = new HashMap<>();
    final Map<String, Integer> counts = new TreeMap<>();

    void read(EngineHarness harness) {
      var topics = harness.engine().kafka().topics();
      try {
        for (RawRecord raw : harness.news(topics.noBids())) {
          NoBidCodec.NoBid noBid = NoBidCodec.decode(raw.value());
          add(noBid.place(), noBid.reason(), Decided.of(raw).decidedMillis());
        }
        for (RawRecord raw : harness.news(topics.bids())) {
          String text = new String(raw.value(), StandardCharsets.UTF_8);
          if (text.contains("\"seatbid\"")) {
            Decided decided = Decided.of(raw);
            add(decided.request(), "bid", decided.decidedMillis());
          }
        }
      } catch (UnreadableRecord e) {
        throw new IllegalStateException(e);
      }
    }

    void await(EngineHarness harness, Set<RequestPlace> requests) {
      long end = System.currentTimeMillis() + PATIENCE_MILLIS;
      while (!byRequest.keySet().containsAll(requests)) {
        assertThat(System.currentTimeMillis()).as("in vain; counts are %s", counts).isLessThan(end);
        read(harness);
      }
    }

    private void add(RequestPlace place, String what, long at) {
      byRequest.computeIfAbsent(place, unseen -> new HashSet<>()).add(what);
      decidedAt.put(place, at);
      counts.merge(what, 1, Integer::sum);
    }

    int count(String what) {
      return counts.getOrDefault(what, 0);
    }
  }

  private static byte[] request(String id) {
    return ("{\"id\":\"" + id + "\",\"imp\":[{\"id\":\"1\",\"banner\":{\"w\":300,\"h\":250}}]}")
        .getBytes(StandardCharsets.UTF_8);
  }

  /** Writes requests of a time in the past, as a backlog holds them, and tells where they stand. */
  private static void write(
      EngineHarness harness, String name, int count, long ageMillis, Map<RequestPlace, Long> at)
      throws Exception {
    String topic = harness.engine().kafka().topics().bidRequests();
    Map<String, Exception> failures = new ConcurrentHashMap<>();
    try (KafkaProducer<byte[], byte[]> producer = KafkaClients.of(harness.engine()).newProducer()) {
      for (int i = 0; i < count; i++) {
        long time = System.currentTimeMillis() - ageMillis;
        String id = name + i;
        byte[] key = id.getBytes(StandardCharsets.UTF_8);
        Future<?> unused =
            producer.send(
                new ProducerRecord<>(topic, null, time, key, request(id)),
                (metadata, failure) -> {
                  if (failure == null) {
                    at.put(new RequestPlace(metadata.partition(), metadata.offset()), time);
                  } else {
                    failures.put(id, failure);
                  }
                });
      }
    }
    assertThat(failures).isEmpty();
  }

  /**
   * Of a backlog that could never be answered in time every single request gets a reason: it is put
   * aside where the job can't keep up with what it reads, and found to have expired where it can.
   * As soon as the newest are reached they are answered, and then nothing is put aside.
   */
  @Test
  void aBacklogIsPutAsideAndTheNewestIsAnswered() throws Exception {
    try (EngineHarness harness = new EngineHarness("overload")) {
      harness.publish(EngineHarness.campaign("shoes", Status.ACTIVE, 1_000));
      harness.startPacing();
      harness.startBidding();
      harness.await("bids are made", true, () -> !harness.bids().isEmpty());

      Answers answers = new Answers();
      Map<RequestPlace, Long> stale = new ConcurrentHashMap<>();
      Map<RequestPlace, Long> fresh = new ConcurrentHashMap<>();
      write(harness, "stale-", STALE, STALE_MILLIS, stale);
      for (int i = 0; answers.count("bid") == 0; i++) {
        write(harness, "fresh-" + i + "-", 1, 0, fresh);
        answers.await(harness, fresh.keySet());
      }
      answers.await(harness, stale.keySet());

      assertThat(stale).hasSize(STALE);
      assertThat(answers.byRequest.values()).allMatch(told -> told.size() == 1);
      assertThat(stale.keySet().stream().map(answers.byRequest::get))
          .as("a backlog of a minute; counts are %s", answers.counts)
          .allMatch(
              told ->
                  told.contains(Reason.OVERLOADED.label())
                      || told.contains(Reason.REQUEST_EXPIRED.label()));
      // A machine that others use may still fall behind for a moment; not for ever.
      Map<RequestPlace, Long> later = new HashMap<>();
      int overloaded;
      int batch = 0;
      do {
        Map<RequestPlace, Long> more = new ConcurrentHashMap<>();
        overloaded = answers.count(Reason.OVERLOADED.label());
        write(harness, "later-" + batch++ + "-", FRESH, 0, more);
        answers.await(harness, more.keySet());
        later.putAll(more);
        assertThat(batch).as("batches until nothing is put aside").isLessThan(BATCHES);
      } while (answers.count(Reason.OVERLOADED.label()) > overloaded);
      later.forEach(
          (place, written) ->
              assertThat(answers.decidedAt.getOrDefault(place, 0L))
                  .isGreaterThanOrEqualTo(written));
    }
  }
}
