package io.dualbid.core.pacing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dualbid.core.model.LedgerSummary;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class LedgerTest {
  @Test
  void movesMoneyFromFreeToSpent() {
    Ledger ledger = new Ledger(1_000, null);
    ledger.lease(7, 600);
    ledger.reserve(7, 200);
    ledger.settle(7, 200, 150);
    assertThat(ledger.summary()).isEqualTo(new LedgerSummary(1_000, 1_000, 150, 0, 400));
    assertThat(ledger.available(7)).isEqualTo(450);
    ledger.expire(7, 400);
    assertThat(ledger.available(7)).isEqualTo(850);
  }

  @Test
  void refusesALeaseAboveWhatIsAvailable() {
    Ledger ledger = new Ledger(1_000, null);
    ledger.lease(0, 900);
    assertThatThrownBy(() -> ledger.lease(0, 101))
        .isInstanceOf(LedgerBreach.class)
        .hasMessageContaining("budget 1000")
        .hasMessageContaining("leased 900");
    assertThat(ledger.summary().leasedNanos()).isEqualTo(900);
  }

  @Test
  void breaksLoudlyWhenMoreIsReservedThanWasLeased() {
    Ledger ledger = new Ledger(1_000, null);
    ledger.lease(0, 100);
    assertThatThrownBy(() -> ledger.reserve(0, 101)).isInstanceOf(LedgerBreach.class);
  }

  @Test
  void breaksLoudlyWhenAPriceIsAboveItsBid() {
    Ledger ledger = new Ledger(1_000, null);
    ledger.lease(0, 100);
    ledger.reserve(0, 100);
    assertThatThrownBy(() -> ledger.settle(0, 100, 101)).isInstanceOf(LedgerBreach.class);
  }

  @Test
  void keepsWhatIsCommittedWhenTheBudgetIsCutBelowIt() {
    Ledger ledger = new Ledger(1_000, null);
    ledger.lease(0, 800);
    ledger.reserve(0, 500);
    ledger.setBudgets(300, null);
    assertThat(ledger.available(0)).isZero();
    assertThat(ledger.summary().ceilingNanos()).isEqualTo(800);
    ledger.settle(0, 500, 400);
    assertThat(ledger.summary().ceilingNanos()).isEqualTo(700);
    ledger.expire(0, 300);
    assertThat(ledger.summary()).isEqualTo(new LedgerSummary(300, 400, 400, 0, 0));
    assertThatThrownBy(() -> ledger.lease(0, 1)).isInstanceOf(LedgerBreach.class);
    ledger.setBudgets(450, null);
    assertThat(ledger.available(0)).isEqualTo(50);
  }

  @Test
  void holdsEachDayToItsDailyBudget() {
    Ledger ledger = new Ledger(1_000, 300L);
    ledger.lease(1, 300);
    assertThat(ledger.available(1)).isZero();
    assertThat(ledger.available(2)).isEqualTo(300);
    ledger.reserve(1, 300);
    ledger.settle(1, 300, 100);
    assertThat(ledger.available(1)).isEqualTo(200);
    assertThat(ledger.spentOn(1)).isEqualTo(100);
    assertThat(ledger.spentOn(2)).isZero();
  }

  @Test
  void chargesAWinAfterMidnightToTheDayOfItsLease() {
    Ledger ledger = new Ledger(1_000, 300L);
    ledger.lease(1, 300);
    ledger.reserve(1, 250);
    ledger.forgetDaysBefore(2, 0);
    ledger.settle(1, 250, 250);
    assertThat(ledger.spentOn(1)).isEqualTo(250);
    assertThat(ledger.available(2)).isEqualTo(300);
    ledger.expire(1, 50);
    ledger.forgetDaysBefore(2, 0);
    assertThat(ledger.spentOn(1)).isZero();
    assertThat(ledger.summary().spentNanos()).isEqualTo(250);
  }

  @Test
  void countsFactsOfThePastEvenBeyondTheBudget() {
    Ledger ledger = new Ledger(100, null);
    ledger.recover(0, 90);
    ledger.chargeLate(0, 30);
    assertThat(ledger.summary()).isEqualTo(new LedgerSummary(100, 120, 30, 90, 0));
    ledger.release(0, 90);
    assertThat(ledger.available(0)).isEqualTo(70);
    assertThat(ledger.summary().ceilingNanos()).isEqualTo(100);
  }

  @Property(tries = 300)
  void neverCommitsMoreThanItsBudgetsWhateverTheOrder(@ForAll long seed) throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    long budget = random.nextLong(1_000_000);
    Long daily = random.nextBoolean() ? random.nextLong(300_000) : null;
    Ledger ledger = new Ledger(budget, daily);
    record Amount(long day, long nanos) {}
    List<Amount> leases = new ArrayList<>();
    List<Amount> reserved = new ArrayList<>();
    long spent = 0;
    for (int event = 0; event < 200; event++) {
      long day = event / 50;
      switch (random.nextInt(6)) {
        case 0 -> {
          long available = ledger.available(day);
          if (available > 0) {
            Amount lease = new Amount(day, 1 + random.nextLong(available));
            ledger.lease(day, lease.nanos);
            leases.add(lease);
          }
        }
        case 1 -> {
          if (!leases.isEmpty()) {
            Amount lease = leases.remove(random.nextInt(leases.size()));
            long bid = 1 + random.nextLong(lease.nanos);
            ledger.reserve(lease.day, bid);
            reserved.add(new Amount(lease.day, bid));
            if (lease.nanos > bid) {
              leases.add(new Amount(lease.day, lease.nanos - bid));
            }
          }
        }
        case 2 -> {
          if (!reserved.isEmpty()) {
            Amount bid = reserved.remove(random.nextInt(reserved.size()));
            long price = random.nextLong(bid.nanos + 1);
            ledger.settle(bid.day, bid.nanos, price);
            spent += price;
          }
        }
        case 3 -> {
          if (!reserved.isEmpty()) {
            Amount bid = reserved.remove(random.nextInt(reserved.size()));
            ledger.release(bid.day, bid.nanos);
          }
        }
        case 4 -> {
          if (!leases.isEmpty()) {
            Amount lease = leases.remove(random.nextInt(leases.size()));
            ledger.expire(lease.day, lease.nanos);
          }
        }
        default -> ledger.forgetDaysBefore(day, 0);
      }
      LedgerSummary summary = ledger.summary();
      assertThat(summary.committedNanos()).isLessThanOrEqualTo(budget);
      assertThat(summary.spentNanos()).isEqualTo(spent);
      assertThat(summary.reservedNanos())
          .isEqualTo(reserved.stream().mapToLong(Amount::nanos).sum());
      assertThat(summary.leasedNanos()).isEqualTo(leases.stream().mapToLong(Amount::nanos).sum());
      if (daily != null) {
        assertThat(ledger.spentOn(day)).isLessThanOrEqualTo(daily);
      }
    }
    assertThat(restored(ledger).summary()).isEqualTo(ledger.summary());
    assertThat(restored(ledger).available(3)).isEqualTo(ledger.available(3));
  }

  /** One broken ledger must not keep the state of all others from being read. */
  @Test
  void aBrokenLedgerCanBeReadAndIsKnownToBeBroken() throws IOException {
    Ledger ledger = new Ledger(100, null);
    ledger.lease(0, 10);
    assertThatThrownBy(() -> ledger.reserve(0, 20)).isInstanceOf(LedgerBreach.class);
    Ledger read = restored(ledger);
    assertThat(read.summary()).isEqualTo(ledger.summary());
    assertThatThrownBy(read::requireSound).isInstanceOf(LedgerBreach.class);
    Ledger sound = new Ledger(100, 50L);
    sound.lease(0, 10);
    restored(sound).requireSound();
  }

  private static Ledger restored(Ledger ledger) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ledger.write(new DataOutputStream(bytes));
    return Ledger.read(
        Settlement.PER_CLICK_FORMAT,
        new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
  }
}
