package io.dualbid.core.pacing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ReturnLedgerTest {
  private final ReturnLedger ledger = new ReturnLedger();

  @Test
  void leasesWhatWinsHaveEarned() {
    assertThat(ledger.available()).isZero();
    ledger.settleAsFact(100, 60);
    assertThat(ledger.slack()).isEqualTo(40);
    ledger.lease(30);
    assertThat(ledger.available()).isEqualTo(10);
    assertThat(ledger.leased()).isEqualTo(30);
    ledger.reserve(25);
    // Won at its highest price: all that was at risk is lost.
    ledger.settle(25, 50, 75);
    assertThat(ledger.slack()).isEqualTo(15);
    ledger.expire(5);
    assertThat(ledger.available()).isEqualTo(15);
  }

  @Test
  void refusesToLeaseMoreThanThereIs() {
    ledger.settleAsFact(100, 60);
    assertThatThrownBy(() -> ledger.lease(41))
        .isInstanceOf(LedgerBreach.class)
        .hasMessageContaining("slack 40");
  }

  @Test
  void haltsWhereAWinCostsMoreThanWasAtRisk() {
    ledger.settleAsFact(100, 60);
    ledger.lease(40);
    ledger.reserve(40);
    assertThatThrownBy(() -> ledger.settle(40, 10, 51))
        .isInstanceOf(LedgerBreach.class)
        .hasMessageContaining("more at risk than there is");
  }

  @Test
  void letsInAFactAndGivesNothingUntilItIsMadeGood() {
    ledger.settleAsFact(0, 30);
    assertThat(ledger.slack()).isEqualTo(-30);
    assertThat(ledger.available()).isZero();
    ledger.settleAsFact(50, 0);
    assertThat(ledger.available()).isEqualTo(20);
  }
}
