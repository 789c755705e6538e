package io.dualbid.simulator.outage;

import static org.assertj.core.api.Assertions.assertThat;

import io.dualbid.simulator.outage.Outage.Kind;
import io.dualbid.simulator.outage.Recoveries.Recovery;
import io.dualbid.simulator.outage.Recoveries.Strike;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecoveriesTest {
  private static Strike strike(long timeMillis, Kind kind) {
    return new Strike(new Outage(timeMillis, kind, 0, 500, false), timeMillis);
  }

  private static Recovery only(long[] bids, Strike... strikes) {
    return Recoveries.of(List.of(strikes), bids).get(0);
  }

  @Test
  void anOutageThatNobodyFeltTakesTheTimeToTheNextBid() {
    Recovery recovery =
        only(new long[] {9_900, 10_030, 10_100}, strike(10_000, Kind.JOB_MANAGER_PAUSED));
    assertThat(recovery.seconds()).isEqualTo(0.03);
    assertThat(recovery.interrupted()).isFalse();
    assertThat(recovery.ofKill()).isFalse();
  }

  @Test
  void aBidOrTwoBeforeTheInterruptionDontEndIt() {
    // What lay in buffers was still written; then nothing came for 6 s.
    Recovery recovery =
        only(
            new long[] {9_900, 10_030, 10_200, 16_200, 16_300}, strike(10_000, Kind.BROKER_KILLED));
    assertThat(recovery.seconds()).isEqualTo(6.2);
    assertThat(recovery.interrupted()).isTrue();
    assertThat(recovery.ofKill()).isTrue();
  }

  @Test
  void anInterruptionAfterTheNextOutageIsThatOnes() {
    List<Recovery> recoveries =
        Recoveries.of(
            List.of(strike(10_000, Kind.EXCHANGE_PAUSED), strike(12_000, Kind.TASK_MANAGER_KILLED)),
            new long[] {10_100, 10_900, 11_800, 12_100, 15_000, 15_100});
    assertThat(recoveries.get(0).seconds()).isEqualTo(0.1);
    assertThat(recoveries.get(1).seconds()).isEqualTo(3.0);
  }

  @Test
  void aBidShortlyBeforeTheNextOutageIsNoBeginOfAnInterruption() {
    List<Recovery> recoveries =
        Recoveries.of(
            List.of(strike(10_000, Kind.PACING_UPGRADED), strike(12_000, Kind.EVERYTHING_KILLED)),
            new long[] {10_010, 10_900, 11_500, 11_990, 42_000});
    assertThat(recoveries.get(0).seconds()).isEqualTo(0.01);
    assertThat(recoveries.get(0).interrupted()).isFalse();
    assertThat(recoveries.get(1).seconds()).isEqualTo(30);
  }

  @Test
  void noBidAfterItIsTold() {
    assertThat(only(new long[] {9_000}, strike(10_000, Kind.STATE_LOST)).seconds()).isNegative();
  }
}
