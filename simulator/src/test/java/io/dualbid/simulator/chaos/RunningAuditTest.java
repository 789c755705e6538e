package io.dualbid.simulator.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.dualbid.simulator.audit.AuditReport;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The audit of an engine that is running, whose topics end at moments of their own. */
class RunningAuditTest {
  private static final int SEEDS = 6;

  private static List<AuditReport> audits(long seed, List<Fault> faults, int count) {
    SplittableRandom random = new SplittableRandom(seed);
    return ChaosRun.auditedInFlight(seed, faults, count, random::nextLong);
  }

  @Test
  void isOkAtEveryMomentAndFindsNothingInFlightOnceAllIsOver() {
    List<AuditReport> reports = audits(1, List.of(), 50);
    for (AuditReport report : reports) {
      assertIsOk(report, "without faults");
    }
    assertThat(reports.stream().mapToLong(report -> report.accounting().inFlight()).sum())
        .as("requests in flight in all audits")
        .isGreaterThan(50);
    assertThat(reports.stream().mapToLong(AuditReport::openBids).sum())
        .as("open bids in all audits")
        .isGreaterThan(50);
    AuditReport last = reports.get(reports.size() - 1);
    assertThat(last.inFlight()).isZero();
    assertThat(last.accounting().requests()).isGreaterThan(1_000);
  }

  @Test
  void isOkAtEveryMomentWhateverGoesWrong() {
    for (long seed = 1; seed <= SEEDS; seed++) {
      // Pacing that is taken for dead and lives on may say for a while that a campaign is halted.
      List<Fault> faults =
          FaultPlan.of(seed, ChaosRun.TRAFFIC_MILLIS).stream()
              .filter(fault -> fault.kind() != Fault.Kind.PACER_ZOMBIE)
              .toList();
      for (AuditReport report : audits(seed, faults, 20)) {
        assertIsOk(report, "seed " + seed + " with " + faults);
      }
    }
  }

  private static void assertIsOk(AuditReport report, String how) {
    assertThat(report.breaches()).as(how).isEmpty();
    assertThat(report.differences()).as(how).isEmpty();
    assertThat(report.unmatched()).as("unmatched, " + how).isZero();
    assertThat(report.accounting().unanswered()).as("unanswered, " + how).isZero();
    assertThat(report.isOk()).isTrue();
  }
}
