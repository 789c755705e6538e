package io.dualbid.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.dualbid.core.model.Campaign.Status;
import io.dualbid.core.model.Heartbeat;
import io.dualbid.core.model.PacingUpdate;
import io.dualbid.core.model.PacingUpdate.State;
import io.dualbid.stream.codec.HeartbeatCodec;
import java.util.Objects;
import org.apache.flink.api.common.JobID;
import org.junit.jupiter.api.Test;

/** A broker's clock that is ahead for some records, on real Flink and Kafka. */
class BrokerClockIT {
  private static final long TEN_MINUTES = 600_000;
  private static final int MORE_BIDS = 20;

  @Test
  void heartbeatsStampedTenMinutesAheadStopNothingNorDoesARestart() throws Exception {
    try (EngineHarness harness = new EngineHarness("broker-clock")) {
      JobID pacing = harness.startPacing();
      harness.startBidding();
      harness.publish(
          EngineHarness.campaign(
              "a", Status.ACTIVE, 10, System.currentTimeMillis() + TEN_MINUTES / 2));
      harness.await("it bids and spends", true, () -> spent(harness) > 0);

      byte[] heartbeat = HeartbeatCodec.encode(new Heartbeat(1, 7, System.currentTimeMillis()));
      SteppedClock.append(harness.engine(), heartbeat, TEN_MINUTES);
      goesOn(harness);

      harness.cancel(pacing);
      harness.startPacing();
      goesOn(harness);
    }
  }

  /** Long enough for leases made out before to be over. */
  private static void goesOn(EngineHarness harness) {
    long from = System.currentTimeMillis() + 2_500;
    harness.await("leases of before are over", true, () -> System.currentTimeMillis() > from);
    long before = harness.bids().size();
    long spentBefore = spent(harness);
    harness.await(
        "it bids and spends on",
        true,
        () -> harness.bids().size() >= before + MORE_BIDS && spent(harness) > spentBefore);
    PacingUpdate update = Objects.requireNonNull(harness.update("a"));
    assertThat(update.state()).isEqualTo(State.ACTIVE);
    assertThat(update.problem()).isNull();
    assertThat(update.epoch()).isLessThan(System.currentTimeMillis() + 1_000);
  }

  private static long spent(EngineHarness harness) {
    PacingUpdate update = harness.update("a");
    return update == null ? 0 : update.ledger().spentNanos();
  }
}
