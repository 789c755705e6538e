package io.dualbid.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.dualbid.core.configuration.EngineConfig.Topics;
import io.dualbid.core.model.BidId;
import io.dualbid.core.model.Campaign;
import io.dualbid.core.model.Campaign.Mirror;
import io.dualbid.core.model.Campaign.Objective;
import io.dualbid.core.model.Campaign.Status;
import io.dualbid.core.model.Creative;
import io.dualbid.core.model.Flight;
import io.dualbid.core.model.Heartbeat;
import io.dualbid.core.model.Money;
import io.dualbid.core.model.Outcome;
import io.dualbid.core.model.Plan;
import io.dualbid.core.model.Strategy;
import io.dualbid.core.model.Targeting;
import io.dualbid.stream.codec.HeartbeatCodec;
import io.dualbid.stream.codec.OutcomeCodec;
import io.dualbid.stream.kafka.KafkaClients;
import io.dualbid.stream.metrics.MetricsEndpoint;
import io.dualbid.stream.metrics.Prometheus;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.List;
import org.apache.flink.api.common.JobID;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The alert rules that operators are given, in a real Prometheus, on what brings them about. */
class AlertsIT {
  private static final int UNREADABLE = 120;

  @BeforeEach
  void requirePrometheus() {
    Assumptions.assumeTrue(
        Prometheus.isInstalled(),
        "skipped: /usr/bin/prometheus and promtool are absent; Debian's package prometheus has both");
  }

  @Test
  void rulesPassTheirOwnTests() throws Exception {
    assertThat(Prometheus.promtool("check", "rules", "alerts.yaml")).isEqualTo("ok");
    assertThat(Prometheus.promtool("check", "config", "prometheus.yaml")).isEqualTo("ok");
    assertThat(Prometheus.promtool("test", "rules", "alerts.test.yaml")).isEqualTo("ok");
  }

  @Test
  void fireWhenWhatTheyWatchForHappens(@TempDir Path folder) throws Exception {
    int free;
    try (ServerSocket socket = new ServerSocket(0)) {
      free = socket.getLocalPort();
    }
    MetricsEndpoint.shared("127.0.0.1", free);
    try (EngineHarness harness = new EngineHarness("alerts");
        Prometheus prometheus = new Prometheus(folder, MetricsEndpoint.port())) {
      JobID pacing = harness.startPacing();
      JobID bidding = harness.startBidding();
      harness.publish(EngineHarness.campaign("cut", Status.ACTIVE, 10));
      harness.publish(unwanted());
      harness.await("it bids and spends", true, () -> spent(harness) > 0);
      prometheus.awaitScrape();
      // It may have looked at the rules before it looked at the meters.
      prometheus.awaitEnd("DualbidDown");
      // What a busy machine may bring about by itself is not asked for here.
      assertThat(prometheus.firing().keySet())
          .doesNotContain(
              "DualbidOverspendRisk cut",
              "DualbidDeadLettersRising",
              "DualbidUnmatchedOutcomes",
              "DualbidLedgerBreach");
      prometheus.await("DualbidCampaignNotDelivering unwanted", harness::look);

      tellOutcomesAfter(2_000, harness);
      prometheus.await("DualbidFeedbackTooOld", harness::look);
      // Time to answer, window for wins, and what event time is behind.
      tellOutcomesAfter(2_000 + 3_000 + 1_500, harness);
      prometheus.await("DualbidLateWins", harness::look);

      sendWhatNobodyCanUse(harness);
      prometheus.await("DualbidDeadLettersRising", harness::look);
      prometheus.await("DualbidRequestsExpire", harness::look);
      prometheus.await("DualbidUnmatchedOutcomes", harness::look);

      byte[] heartbeat = HeartbeatCodec.encode(new Heartbeat(1, 7, System.currentTimeMillis()));
      SteppedClock.append(harness.engine(), heartbeat, 600_000);
      prometheus.await("DualbidBrokerClockAhead", harness::look);

      harness.publish(
          EngineHarness.campaign("cut", Status.ACTIVE, Money.units(spent(harness)) / 2));
      prometheus.await("DualbidOverspendRisk cut", harness::look);

      harness.publish(EngineHarness.campaign("other", Status.ACTIVE, 10));
      long before = harness.bids().size();
      harness.await("another campaign bids", true, () -> harness.bids().size() > before);
      harness.cancel(pacing);
      prometheus.await("DualbidLoopBroken", harness::request);

      harness.startPacing();
      harness.cancel(bidding);
      prometheus.await("DualbidJournalLag", harness::look);
      assertThat(prometheus.firing().values()).doesNotContain("");
    }
  }

  private static long spent(EngineHarness harness) {
    var update = harness.update("cut");
    return update == null ? 0 : update.ledger().spentNanos();
  }

  /** Half of its flight is over, and no request has room for its creative. */
  private static Campaign unwanted() {
    long now = System.currentTimeMillis();
    return new Campaign(
        "unwanted",
        "shoes.example",
        List.of(),
        Status.ACTIVE,
        Money.floorNanos(10),
        null,
        new Flight(now - 3_600_000, now + 3_600_000, ZoneOffset.UTC),
        new Plan(Plan.Shape.EVEN, List.of()),
        Strategy.budget(Objective.VALUE, Mirror.ENTROPY, 1.0),
        1.0,
        0.001,
        Money.floorNanos(0.01),
        List.of(Creative.banner("rare", 1, 1)),
        Targeting.ANY);
  }

  /** The exchange is silent for so long, and then tells its wins. */
  private static void tellOutcomesAfter(long millis, EngineHarness harness)
      throws InterruptedException {
    for (int i = 0; i < 20; i++) {
      harness.request();
    }
    Thread.sleep(millis);
    harness.look();
  }

  private static void sendWhatNobodyCanUse(EngineHarness harness) throws Exception {
    Topics topics = harness.engine().kafka().topics();
    for (int i = 0; i < UNREADABLE; i++) {
      harness.send(topics.bidRequests(), "k" + i, "no request".getBytes(StandardCharsets.UTF_8));
    }
    byte[] request =
        "{\"id\":\"old\",\"imp\":[{\"id\":\"1\",\"banner\":{\"w\":300,\"h\":250}}]}"
            .getBytes(StandardCharsets.UTF_8);
    long minuteAgo = System.currentTimeMillis() - 60_000;
    try (var producer = KafkaClients.of(harness.engine()).newProducer()) {
      for (int i = 0; i < UNREADABLE; i++) {
        producer
            .send(
                new ProducerRecord<>(
                    topics.bidRequests(),
                    i % 2,
                    minuteAgo,
                    ("old" + i).getBytes(StandardCharsets.UTF_8),
                    request))
            .get();
      }
    }
    Outcome stray =
        new Outcome(
            "stray",
            Outcome.Kind.WIN,
            BidId.parse("925be835eb1363f5f84e1c62c8d80b0f"),
            "cut",
            System.currentTimeMillis(),
            1_000,
            0,
            null);
    harness.send(topics.outcomes(), "cut", OutcomeCodec.encode(stray));
  }
}
