package io.dualbid.core.pacing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dualbid.core.model.Lease;
import org.junit.jupiter.api.Test;

class LeaseWalletTest {
  private final LeaseWallet wallet = new LeaseWallet();

  private static Lease lease(long id, long amount, long expiry) {
    return new Lease(id, "c", 1, 0, amount, 5, expiry);
  }

  @Test
  void takesFromTheLeaseThatExpiresFirst() {
    wallet.add(lease(1, 100, 3_000));
    wallet.add(lease(2, 100, 2_000));
    int place = wallet.choose(60, 0, 20);
    assertThat(wallet.idAt(place)).isEqualTo(2);
    assertThat(wallet.expiryAt(place)).isEqualTo(2_000);
    assertThat(wallet.dayAt(place)).isEqualTo(5);
    wallet.take(place, 60);
    assertThat(wallet.idAt(wallet.choose(60, 0, 20))).isEqualTo(1);
    assertThat(wallet.balance(0, 20)).isEqualTo(140);
  }

  @Test
  void offersTheGreatestBalanceWhereNoLeaseCoversTheBid() {
    wallet.add(lease(1, 30, 2_000));
    wallet.add(lease(2, 50, 3_000));
    int place = wallet.choose(60, 0, 20);
    assertThat(wallet.idAt(place)).isEqualTo(2);
    assertThat(wallet.balanceAt(place)).isEqualTo(50);
  }

  @Test
  void spendsNothingInTheLastMomentsOfALease() {
    wallet.add(lease(1, 100, 2_000));
    assertThat(wallet.choose(1, 1_979, 20)).isZero();
    assertThat(wallet.choose(1, 1_980, 20)).isEqualTo(-1);
  }

  @Test
  void refusesToTakeMoreThanALeaseHolds() {
    wallet.add(lease(1, 100, 2_000));
    assertThatThrownBy(() -> wallet.take(0, 101)).hasMessageContaining("100 left");
  }

  @Test
  void growsBeyondAFewLeases() {
    for (int i = 0; i < 40; i++) {
      wallet.add(lease(i, 10, 10_000 - i));
    }
    assertThat(wallet.balance(0, 0)).isEqualTo(400);
    assertThat(wallet.idAt(wallet.choose(5, 0, 0))).isEqualTo(39);
  }
}
