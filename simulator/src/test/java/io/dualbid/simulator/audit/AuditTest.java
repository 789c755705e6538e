package io.dualbid.simulator.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.dualbid.core.configuration.Configurations;
import io.dualbid.core.configuration.EngineConfig;
import io.dualbid.core.configuration.EngineConfig.Topics;
import io.dualbid.core.model.BidId;
import io.dualbid.core.model.Heartbeat;
import io.dualbid.core.model.Lease;
import io.dualbid.core.model.Outcome;
import io.dualbid.core.model.Outcome.Kind;
import io.dualbid.stream.codec.HeartbeatCodec;
import io.dualbid.stream.codec.LeaseCodec;
import io.dualbid.stream.codec.OutcomeCodec;
import io.dualbid.stream.codec.RequestPlace;
import io.dualbid.stream.record.RawRecord;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** What an audit makes of a journal that is cut while an engine writes it. */
class AuditTest {
  private static final long NOW = 1_000_000;

  private static final EngineConfig ENGINE =
      Configurations.engine(
          "test",
          """
          kafka: { bootstrap: "nowhere:9092" }
          pacing:
            clock-skew: 20ms
            win-window: 10s
          """,
          name -> null);

  private static final Topics TOPICS = ENGINE.kafka().topics();

  private final Map<String, List<RawRecord>> records = new HashMap<>();
  private long done;
  private boolean wholeLeases = true;

  private void add(String topic, long time, String value) {
    add(topic, time, value.getBytes(StandardCharsets.UTF_8));
  }

  private void add(String topic, long time, byte[] value) {
    List<RawRecord> all = records.computeIfAbsent(topic, unseen -> new ArrayList<>());
    all.add(new RawRecord(topic, 0, all.size(), time, new byte[] {'a'}, value));
  }

  private void addBid(String request, long place, long lease, long time) {
    add(
        TOPICS.bids(),
        time,
        """
        {"id": "%s", "cur": "USD", "seatbid": [{"bid": [{"id": "%s", "impid": "1", "price": 1,
          "cid": "a", "crid": "b", "ext": {"dualbid": {"reserved_nanos": 1000000, "lease": %d,
          "day": 0, "subtask": 0, "deadline": %d, "decided": %d, "epoch": 0, "value": 0.01,
          "multiplier": 1, "request": {"partition": 0, "offset": %d}}}}]}]}
        """
            .formatted(request, BidId.of(request, "1"), lease, time + 50, time, place));
  }

  private void addOutcome(String request, Kind kind, long time) {
    BidId bid = BidId.of(request, "1");
    Outcome outcome = new Outcome(request + kind, kind, bid, "a", time, 500_000, 0, null);
    add(TOPICS.outcomes(), time, OutcomeCodec.encode(outcome));
  }

  private void addHeartbeat(String topic, long time) {
    add(topic, time, HeartbeatCodec.encode(new Heartbeat(1, 0, time)));
  }

  private void addLease(long id, long time) {
    Lease lease = new Lease(id, "a", 1, 0, 10_000_000, Lease.ANY_SLACK, 0, time + 3_000, false);
    add(TOPICS.leases(), time, LeaseCodec.encode(lease));
  }

  private AuditReport audit() {
    return Audit.of(
        ENGINE,
        new JournalSource() {
          @Override
          public Cut cut(String topic) {
            List<RawRecord> all = records.getOrDefault(topic, List.of());
            return new Cut() {
              @Override
              public long read(Consumer<RawRecord> taker) {
                all.forEach(taker);
                return all.size();
              }

              @Override
              public boolean isWhole() {
                return wholeLeases || !topic.equals(TOPICS.leases());
              }
            };
          }

          @Override
          public Predicate<RequestPlace> done(String requestTopic, String group) {
            return place -> place.offset() < done;
          }
        });
  }

  @Test
  void tellsRequestsInFlightFromThoseThatWereLeftUnanswered() {
    for (int i = 0; i < 5; i++) {
      add(TOPICS.bidRequests(), NOW, "{}");
    }
    addLease(7, NOW);
    addBid("r", 1, 7, NOW);
    done = 3;
    AuditReport report = audit();
    assertThat(report.accounting().bids()).isEqualTo(1);
    assertThat(report.accounting().unanswered()).as("0 and 2").isEqualTo(2);
    assertThat(report.accounting().inFlight()).as("3 and 4").isEqualTo(2);
    assertThat(report.accounting().withoutAnswer()).isEqualTo(4);
  }

  @Test
  void countsBidsAsInFlightUntilTheirWindowIsOver() {
    addLease(7, NOW);
    addBid("silent", 0, 7, NOW);
    addBid("open", 1, 7, NOW + 1_000);
    addBid("lost", 2, 7, NOW + 2_000);
    addOutcome("lost", Kind.LOSS, NOW + 2_000);
    assertThat(audit().openBids()).as("time stands at the loss").isEqualTo(2);
    addHeartbeat(TOPICS.outcomes(), NOW + 10_071);
    assertThat(audit().openBids()).as("time stands at the last bid").isEqualTo(2);
    addHeartbeat(TOPICS.bids(), NOW + 10_071);
    assertThat(audit().openBids()).isEqualTo(1);
    assertThat(audit().inFlight()).isEqualTo(1);
  }

  @Test
  void findsAnOutcomeWhoseBidIsMissing() {
    addOutcome("never", Kind.WIN, NOW);
    AuditReport report = audit();
    assertThat(report.unmatched()).isEqualTo(1);
    assertThat(report.isOk()).isFalse();
  }

  /** Leases are kept for an hour, the journal for longer. */
  @Test
  void missesOnlyLeasesThatWereNotDeletedSince() {
    addBid("old", 0, 7, NOW);
    addLease(8, NOW + 10_000);
    addBid("new", 1, 8, NOW + 10_000);
    assertThat(audit().breaches()).anyMatch(b -> b.contains("lease 7, which was never made out"));
    wholeLeases = false;
    assertThat(audit().breaches()).noneMatch(breach -> breach.contains("lease"));
    addBid("wrong", 2, 9, NOW + 20_000);
    assertThat(audit().breaches()).anyMatch(b -> b.contains("lease 9, which was never made out"));
  }
}
