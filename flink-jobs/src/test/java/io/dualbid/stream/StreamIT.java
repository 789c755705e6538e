package io.dualbid.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.dualbid.core.model.Bid;
import io.dualbid.core.model.Campaign.Status;
import io.dualbid.core.model.PacingUpdate;
import io.dualbid.core.model.PacingUpdate.State;
import io.dualbid.stream.codec.DeadLetterCodec;
import io.dualbid.stream.metrics.EngineMetrics;
import io.dualbid.stream.metrics.MetricsEndpoint;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Both jobs on a real broker. */
class StreamIT {
  private static final Path SAMPLES =
      Path.of("..", "..", "shared", "data", "openrtb", "exchange-samples");

  private static long spent(EngineHarness harness, String campaign) {
    PacingUpdate update = harness.update(campaign);
    return update == null ? 0 : update.ledger().spentNanos();
  }

  private static PacingUpdate update(EngineHarness harness) {
    return Objects.requireNonNull(harness.update("a"));
  }

  private static double silentNoBids() {
    EngineMetrics metrics = MetricsEndpoint.shared("127.0.0.1", 0);
    return metrics
        .registry()
        .get("dualbid.no.bids")
        .tag("reason", "pacing-silent")
        .counter()
        .count();
  }

  @Test
  void takesCampaignsUpAndPausesThemWithoutARestart() throws Exception {
    try (EngineHarness harness = new EngineHarness("changes")) {
      harness.startPacing();
      harness.startBidding();
      harness.await("there is no candidate", true, () -> harness.noBids("no-candidate") > 0);
      harness.publish(EngineHarness.campaign("a", Status.ACTIVE, 5));
      harness.await("wins are settled", true, () -> spent(harness, "a") > 0);
      harness.publish(EngineHarness.campaign("a", Status.PAUSED, 5));
      harness.await(
          "its leases have ended",
          false,
          () ->
              update(harness).state() == State.PAUSED
                  && update(harness).ledger().leasedNanos() == 0
                  && update(harness).ledger().reservedNanos() == 0);
      int before = harness.bids().size();
      for (int i = 0; i < 20; i++) {
        harness.request();
      }
      harness.await("all are answered", false, () -> harness.answered() == harness.requests());
      assertThat(harness.bids()).hasSize(before);
      long paid = harness.bids().stream().mapToLong(bid -> bid.amountNanos() / 2).sum();
      assertThat(spent(harness, "a")).isEqualTo(paid);
    }
  }

  @Test
  void writesADeadLetterForACampaignThatCannotBeRead() throws Exception {
    try (EngineHarness harness = new EngineHarness("letters")) {
      harness.startPacing();
      String topic = harness.engine().kafka().topics().campaigns();
      harness.send(topic, "b", "{\"id\":\"b\"}".getBytes(StandardCharsets.UTF_8));
      harness.send(harness.engine().kafka().topics().outcomes(), "b", new byte[] {(byte) 0xff, 0});
      // Heartbeats of a bidder are what moves event time; dead letters need none.
      harness.await("both are told", false, () -> harness.deadLetters().size() >= 2);
      List<String> reasons =
          harness.deadLetters().stream()
              .map(
                  raw -> {
                    try {
                      return DeadLetterCodec.decode(raw.value()).reason();
                    } catch (Exception e) {
                      throw new AssertionError(e);
                    }
                  })
              .toList();
      assertThat(reasons).anyMatch(reason -> reason.contains("found no 'budget'"));
      assertThat(reasons).anyMatch(reason -> reason.contains("accepted: a JSON object"));
    }
  }

  @Test
  void answersEveryRequestOfManyExchangesAndLivesOn() throws IOException {
    Assumptions.assumeTrue(
        Files.isDirectory(SAMPLES), "skipped: real requests are not at " + SAMPLES);
    try (EngineHarness harness = new EngineHarness("samples");
        var files = Files.list(SAMPLES)) {
      harness.startPacing();
      JobID bidding = harness.startBidding();
      harness.publish(EngineHarness.campaign("a", Status.ACTIVE, 5));
      harness.await("wins are settled", true, () -> spent(harness, "a") > 0);
      harness.await("all are answered", false, () -> harness.answered() == harness.requests());
      List<Path> samples = files.sorted().toList();
      String topic = harness.engine().kafka().topics().bidRequests();
      for (Path sample : samples) {
        harness.send(topic, sample.getFileName().toString(), Files.readAllBytes(sample));
      }
      harness.await(
          "each sample is answered",
          false,
          () -> harness.answered() >= harness.requests() + samples.size());
      assertThat(harness.answered()).isEqualTo(harness.requests() + samples.size());
      assertThat(harness.deadLetters()).isNotEmpty();
      assertThat(harness.flink().status(bidding)).isEqualTo(JobStatus.RUNNING);
      int before = harness.bids().size();
      harness.await("bidding goes on", true, () -> harness.bids().size() > before);
    }
  }

  @Test
  void stopsBiddingWithoutPacingAndRecoversByItself() throws Exception {
    try (EngineHarness harness = new EngineHarness("silence")) {
      JobID pacing = harness.startPacing();
      harness.startBidding();
      harness.publish(EngineHarness.campaign("a", Status.ACTIVE, 500));
      harness.await("wins are settled", true, () -> spent(harness, "a") > 0);
      double before = silentNoBids();
      harness.cancel(pacing);
      long cancelled = System.currentTimeMillis();
      harness.await("silence is told", true, () -> harness.noBids("pacing-silent") > 0);
      long lifetime = harness.engine().pacing().leaseLifetimeMillis();
      Bid last = harness.bids().get(harness.bids().size() - 1);
      assertThat(last.decidedMillis()).isLessThanOrEqualTo(cancelled + lifetime);
      assertThat(silentNoBids()).isGreaterThan(before);
      int bids = harness.bids().size();
      // The state is gone: a new life folds the journal and waits until old leases have ended.
      harness.startPacing();
      harness.await("bidding goes on", true, () -> harness.bids().size() > bids + 5);
      harness.await(
          "everything is settled",
          false,
          () ->
              spent(harness, "a")
                  == harness.bids().stream().mapToLong(b -> b.amountNanos() / 2).sum());
      assertThat(update(harness).problem()).isNull();
    }
  }

  @Test
  void goesOnFromKeptStateWithAnotherNumberOfSubtasks(@TempDir Path folder) throws Exception {
    try (EngineHarness harness = new EngineHarness("rescale")) {
      JobID pacing = harness.startPacing();
      JobID bidding = harness.startBidding();
      harness.publish(EngineHarness.campaign("a", Status.ACTIVE, 500));
      harness.await("wins are settled", true, () -> spent(harness, "a") > 0);
      String keptBidding = harness.flink().stopWithSavepoint(bidding, folder.resolve("bidding"));
      harness.forget(bidding);
      String keptPacing = harness.flink().stopWithSavepoint(pacing, folder.resolve("pacing"));
      harness.forget(pacing);
      long before = spent(harness, "a");
      int bids = harness.bids().size();
      harness.restart(true, keptPacing, 1);
      harness.restart(false, keptBidding, 1);
      harness.await("bidding goes on", true, () -> harness.bids().size() > bids + 5);
      harness.await("all are answered", false, () -> harness.answered() == harness.requests());
      harness.await(
          "everything is settled",
          false,
          () ->
              spent(harness, "a")
                  == harness.bids().stream().mapToLong(b -> b.amountNanos() / 2).sum());
      assertThat(spent(harness, "a")).isGreaterThan(before);
      assertThat(update(harness).problem()).isNull();
      assertThat(update(harness).totals().unmatched()).isZero();
    }
  }
}
