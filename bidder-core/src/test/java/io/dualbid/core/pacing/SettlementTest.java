package io.dualbid.core.pacing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dualbid.core.model.Bid;
import io.dualbid.core.model.BidId;
import io.dualbid.core.model.Lease;
import io.dualbid.core.model.LedgerSummary;
import io.dualbid.core.model.Outcome;
import io.dualbid.core.model.Outcome.Kind;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class SettlementTest {
  private static final PacingConfig CONFIG =
      new PacingConfig(100, 0.3, 0.1, 0.3, 200, 3_000, 1_000, 20, 1_000, 5_000, 1_000);
  private static final Settlement.Listener DEAF =
      new Settlement.Listener() {
        @Override
        public void drawn(int subtask, Bid bid) {}

        @Override
        public void resolved(
            long decidedMillis,
            long amountNanos,
            long priceNanos,
            long creditNanos,
            Settlement.Notice notice) {}

        @Override
        public void chargedLate(long priceNanos, long creditNanos) {}
      };

  private final Settlement settlement = settlement(1_000);

  private static Settlement settlement(long budget) {
    Settlement fold = new Settlement(CONFIG, new Ledger(budget, null), 0);
    fold.grant(new Lease(1, "c", 9, 0, Math.min(500, budget), 0, 3_000));
    return fold;
  }

  private static Bid bid(int request, long amount, long deadline) {
    return new Bid(
        BidId.of("r" + request, "1"),
        "r" + request,
        "1",
        "c",
        "banner",
        amount,
        1,
        0,
        0,
        deadline,
        deadline - 100,
        1,
        0.5,
        1.0,
        null);
  }

  private static Outcome outcome(Kind kind, int request, long price) {
    return new Outcome(
        kind.label() + request, kind, BidId.of("r" + request, "1"), "c", 0, price, 0, null);
  }

  @Test
  void chargesAWinAtItsPriceAndReleasesTheRest() {
    settlement.bid(bid(1, 200, 100), 50, DEAF);
    settlement.outcome(outcome(Kind.WIN, 1, 120), 60, DEAF);
    assertThat(settlement.summary()).isEqualTo(new LedgerSummary(1_000, 1_000, 120, 0, 300));
    assertThat(settlement.totals().value()).isEqualTo(0.5);
  }

  @Test
  void ignoresABidThatMissedItsDeadline() {
    settlement.bid(bid(1, 200, 100), 101, DEAF);
    assertThat(settlement.summary().reservedNanos()).isZero();
    assertThat(settlement.totals().lateBids()).isEqualTo(1);
  }

  @Test
  void countsARepeatedBidOnceEvenAfterItsOutcome() {
    settlement.bid(bid(1, 200, 100), 50, DEAF);
    settlement.bid(bid(1, 200, 100), 51, DEAF);
    settlement.outcome(outcome(Kind.LOSS, 1, 0), 60, DEAF);
    settlement.bid(bid(1, 200, 100), 61, DEAF);
    assertThat(settlement.summary().reservedNanos()).isZero();
    assertThat(settlement.totals().duplicateBids()).isEqualTo(2);
  }

  @Test
  void chargesARepeatedWinOnce() {
    settlement.bid(bid(1, 200, 100), 50, DEAF);
    settlement.outcome(outcome(Kind.WIN, 1, 120), 60, DEAF);
    settlement.outcome(outcome(Kind.WIN, 1, 120), 61, DEAF);
    settlement.outcome(outcome(Kind.LOSS, 1, 0), 62, DEAF);
    assertThat(settlement.summary().spentNanos()).isEqualTo(120);
    assertThat(settlement.totals().duplicates()).isEqualTo(2);
  }

  @Test
  void keepsAnOutcomeThatIsReadBeforeItsBid() {
    settlement.outcome(outcome(Kind.WIN, 1, 120), 60, DEAF);
    assertThat(settlement.summary().spentNanos()).isZero();
    settlement.advance(60);
    settlement.bid(bid(1, 200, 100), 50, DEAF);
    assertThat(settlement.summary().spentNanos()).isEqualTo(120);
    assertThat(settlement.totals().unmatched()).isZero();
  }

  @Test
  void countsAnOutcomeWhoseBidNeverCameAsUnmatched() {
    settlement.outcome(outcome(Kind.WIN, 1, 120), 60, DEAF);
    settlement.advance(81);
    assertThat(settlement.totals().unmatched()).isEqualTo(1);
    assertThat(settlement.summary().spentNanos()).isZero();
    assertThat(settlement.isAtRest()).isFalse();
    settlement.advance(3_021);
    assertThat(settlement.isAtRest()).isTrue();
  }

  @Test
  void releasesABidWhoseOutcomeNeverCame() {
    settlement.bid(bid(1, 200, 100), 50, DEAF);
    settlement.advance(100 + 1_000 + 20);
    assertThat(settlement.summary().reservedNanos()).isEqualTo(200);
    settlement.advance(100 + 1_000 + 21);
    assertThat(settlement.summary().reservedNanos()).isZero();
    assertThat(settlement.totals().expired()).isEqualTo(1);
  }

  @Test
  void chargesALateWinOfAnExpiredBid() {
    settlement.bid(bid(1, 200, 100), 50, DEAF);
    settlement.advance(2_000);
    settlement.outcome(outcome(Kind.WIN, 1, 120), 1_990, DEAF);
    settlement.outcome(outcome(Kind.WIN, 1, 120), 1_995, DEAF);
    assertThat(settlement.summary().spentNanos()).isEqualTo(120);
    assertThat(settlement.totals().lateWins()).isEqualTo(1);
    assertThat(settlement.totals().duplicates()).isEqualTo(1);
  }

  @Test
  void chargesTheBidWhereThePriceIsAboveIt() {
    settlement.bid(bid(1, 200, 100), 50, DEAF);
    settlement.outcome(outcome(Kind.WIN, 1, 201), 60, DEAF);
    assertThat(settlement.summary().spentNanos()).isEqualTo(200);
    assertThat(settlement.totals().disputed()).isEqualTo(1);
  }

  @Test
  void releasesALeaseOnlyWhenEventTimeHasPassedItsExpiryByTheSkew() {
    settlement.advance(3_020);
    assertThat(settlement.summary().leasedNanos()).isEqualTo(500);
    settlement.advance(3_021);
    assertThat(settlement.summary().leasedNanos()).isZero();
  }

  @Test
  void breaksOnABidWhoseLeaseIsNotOpen() {
    settlement.advance(3_021);
    assertThatThrownBy(() -> settlement.bid(bid(1, 200, 3_100), 3_050, DEAF))
        .isInstanceOf(LedgerBreach.class)
        .hasMessageContaining("lease 1");
  }

  @Test
  void breaksOnABidAboveWhatItsLeaseHasLeft() {
    settlement.bid(bid(1, 400, 100), 50, DEAF);
    assertThatThrownBy(() -> settlement.bid(bid(2, 101, 100), 50, DEAF))
        .isInstanceOf(LedgerBreach.class);
  }

  @Test
  void takesBidsOfALostLifeAsFacts() {
    Settlement rebuilt = new Settlement(CONFIG, new Ledger(0, null), 10_000);
    rebuilt.bid(bid(1, 200, 100), 50, DEAF);
    rebuilt.setBudgets(1_000, null);
    assertThat(rebuilt.summary()).isEqualTo(new LedgerSummary(1_000, 1_000, 0, 200, 0));
    assertThat(rebuilt.totals().recoveredBids()).isEqualTo(1);
  }

  @Test
  void countsAClickOnceByItsId() {
    settlement.outcome(outcome(Kind.CLICK, 1, 0), 60, DEAF);
    settlement.outcome(outcome(Kind.CLICK, 1, 0), 61, DEAF);
    settlement.outcome(outcome(Kind.CONVERSION, 1, 0), 62, DEAF);
    assertThat(settlement.totals().clicks()).isEqualTo(1);
    assertThat(settlement.totals().conversions()).isEqualTo(1);
    assertThat(settlement.totals().duplicates()).isEqualTo(1);
  }

  /**
   * Bids and outcomes, repeated and in any order in which no record overtakes event time, are
   * charged as the same records in order and without repeats.
   */
  @Property(tries = 200)
  void chargesTheSameWhateverTheOrderAndTheRepeats(@ForAll long seed) throws IOException {
    Random random = new Random(seed);
    int count = 1 + random.nextInt(20);
    List<Runnable> plain = new ArrayList<>();
    List<Runnable> shuffled = new ArrayList<>();
    Settlement reference = settlement(1_000);
    Settlement[] tried = {settlement(1_000)};
    for (int i = 0; i < count; i++) {
      Bid bid = bid(i, 1 + random.nextInt(25), 100);
      Kind kind = random.nextBoolean() ? Kind.WIN : Kind.LOSS;
      Outcome outcome = outcome(kind, i, kind == Kind.WIN ? random.nextInt(25) : 0);
      boolean lost = random.nextInt(5) == 0;
      plain.add(() -> reference.bid(bid, 50, DEAF));
      int bids = 1 + random.nextInt(3);
      for (int k = 0; k < bids; k++) {
        shuffled.add(() -> tried[0].bid(bid, 50, DEAF));
      }
      if (!lost) {
        plain.add(() -> reference.outcome(outcome, 60, DEAF));
        int outcomes = 1 + random.nextInt(3);
        for (int k = 0; k < outcomes; k++) {
          shuffled.add(() -> tried[0].outcome(outcome, 60, DEAF));
        }
      }
    }
    Collections.shuffle(shuffled, random);
    plain.forEach(Runnable::run);
    for (Runnable event : shuffled) {
      if (random.nextInt(10) == 0) {
        tried[0] = restored(tried[0]);
      }
      event.run();
    }
    assertThat(tried[0].summary()).isEqualTo(reference.summary());
    reference.advance(5_000);
    tried[0].advance(5_000);
    assertThat(tried[0].summary()).isEqualTo(reference.summary());
    assertThat(tried[0].totals().wins()).isEqualTo(reference.totals().wins());
    assertThat(tried[0].totals().unmatched()).isZero();
    assertThat(tried[0].isAtRest()).isTrue();
  }

  private static Settlement restored(Settlement settlement) {
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      settlement.write(new DataOutputStream(bytes));
      return Settlement.read(
          CONFIG,
          Settlement.TIMED_IDS_FORMAT,
          new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
