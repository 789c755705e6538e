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
    int place = wallet.choose(60, 0, 0, 20);
    assertThat(wallet.idAt(place)).isEqualTo(2);
    assertThat(wallet.expiryAt(place)).isEqualTo(2_000);
    assertThat(wallet.dayAt(place)).isEqualTo(5);
    wallet.take(place, 60, 0);
    assertThat(wallet.idAt(wallet.choose(60, 0, 0, 20))).isEqualTo(1);
    assertThat(wallet.balance(0, 20)).isEqualTo(140);
  }

  @Test
  void offersTheGreatestBalanceWhereNoLeaseCoversTheBid() {
    wallet.add(lease(1, 30, 2_000));
    wallet.add(lease(2, 50, 3_000));
    int place = wallet.choose(60, 0, 0, 20);
    assertThat(wallet.idAt(place)).isEqualTo(2);
    assertThat(wallet.coveredAt(place, 60, 0)).isEqualTo(50);
  }

  @Test
  void spendsNothingInTheLastMomentsOfALease() {
    wallet.add(lease(1, 100, 2_000));
    assertThat(wallet.choose(1, 0, 1_979, 20)).isZero();
    assertThat(wallet.choose(1, 0, 1_980, 20)).isEqualTo(-1);
  }

  @Test
  void refusesToTakeMoreThanALeaseHolds() {
    wallet.add(lease(1, 100, 2_000));
    assertThatThrownBy(() -> wallet.take(0, 101, 0)).hasMessageContaining("with 100 ");
  }

  @Test
  void growsBeyondAFewLeases() {
    for (int i = 0; i < 40; i++) {
      wallet.add(lease(i, 10, 10_000 - i));
    }
    assertThat(wallet.balance(0, 0)).isEqualTo(400);
    assertThat(wallet.idAt(wallet.choose(5, 0, 0, 0))).isEqualTo(39);
  }

  @Test
  void coversNoMoreThanABidEarnsAndTheSlackOfItsLease() {
    wallet.add(new Lease(1, "c", 1, 0, 100, 15, 5, 2_000));
    wallet.add(new Lease(2, "c", 1, 0, 100, 40, 5, 3_000));
    int place = wallet.choose(60, 30, 0, 20);
    assertThat(wallet.idAt(place)).isEqualTo(2);
    wallet.take(place, 60, 30);
    // Of the slack of 40 a risk of 30 is gone.
    assertThat(wallet.coveredAt(place, 60, 30)).isEqualTo(40);
    assertThat(wallet.coveredAt(wallet.choose(60, 30, 0, 20), 60, 30)).isEqualTo(45);
    assertThatThrownBy(() -> wallet.take(place, 41, 30)).hasMessageContaining("slack of 10 left");
    // What earns as much as it costs needs no slack.
    assertThat(wallet.coveredAt(place, 40, 40)).isEqualTo(40);
  }
}
