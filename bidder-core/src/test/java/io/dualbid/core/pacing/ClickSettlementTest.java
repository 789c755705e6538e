package io.dualbid.core.pacing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dualbid.core.model.Bid;
import io.dualbid.core.model.BidId;
import io.dualbid.core.model.ClickCounts;
import io.dualbid.core.model.ClickTerms;
import io.dualbid.core.model.ExpectedCharges;
import io.dualbid.core.model.Lease;
import io.dualbid.core.model.LedgerSummary;
import io.dualbid.core.model.Outcome;
import io.dualbid.core.model.Outcome.Kind;
import io.dualbid.core.pacing.Settlement.Notice;
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
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

/** Campaigns that pay by the click: 100 nanos a click, one impression in ten clicked. */
class ClickSettlementTest {
  private static final PacingConfig CONFIG =
      new PacingConfig(100, 0.3, 0.1, 0.3, 200, 3_000, 1_000, 20, 1_000, 5_000, 1_000);
  private static final long PRICE = 100;
  private static final long EXPECTED = 10;
  private static final long DEADLINE = 200;
  private static final long UNTIL = 10_000;
  private static final Settlement.Listener DEAF =
      new Settlement.Listener() {
        @Override
        public void drawn(int subtask, Bid bid) {}

        @Override
        public void resolved(
            long decidedMillis, long amountNanos, long priceNanos, long creditNanos, Notice n) {}

        @Override
        public void chargedLate(long priceNanos, long creditNanos) {}
      };

  private static Lease lease(long amount) {
    return new Lease(1, "c", 9, 0, amount, Lease.ANY_SLACK, 0, 3_000, true);
  }

  private static Settlement settlement(long budget) {
    Settlement fold = new Settlement(CONFIG, new Ledger(budget, null), 0);
    fold.grant(lease(budget));
    return fold;
  }

  private static BidId id(int request) {
    return BidId.of("r" + request, "1");
  }

  private static Bid plain(int request, long amount) {
    return new Bid(
        id(request),
        "r" + request,
        "1",
        "c",
        "banner",
        amount,
        1,
        0,
        0,
        DEADLINE,
        100,
        1,
        0.5,
        1,
        null);
  }

  private static Bid bid(int request, long price) {
    return plain(request, 7).paying(new ClickTerms(price, 0.1, UNTIL));
  }

  private static Outcome outcome(Kind kind, int request) {
    return outcome(kind, request, kind.label() + request);
  }

  private static Outcome outcome(Kind kind, int request, String id) {
    return new Outcome(id, kind, id(request), "c", 0, kind == Kind.WIN ? 5 : 0, 0, null);
  }

  private static void show(Settlement fold, int request) {
    fold.bid(bid(request, PRICE), 50, DEAF);
    fold.outcome(outcome(Kind.WIN, request), 60, DEAF);
  }

  private static ExpectedCharges expected(Settlement fold) {
    return fold.summary().expected();
  }

  @Test
  void chargesNothingForAnImpressionAndThePriceForItsClick() {
    Settlement fold = settlement(1_000);
    fold.bid(bid(1, PRICE), 50, DEAF);
    assertThat(fold.summary())
        .isEqualTo(
            new LedgerSummary(
                1_000, 1_000, 0, 0, 0, new ExpectedCharges(1_000 - EXPECTED, EXPECTED, 0)));
    fold.outcome(outcome(Kind.WIN, 1), 60, DEAF);
    assertThat(fold.summary().spentNanos()).isZero();
    assertThat(expected(fold).shownNanos()).isEqualTo(EXPECTED);
    fold.outcome(outcome(Kind.CLICK, 1), 5_000, DEAF);
    assertThat(fold.summary().spentNanos()).isEqualTo(PRICE);
    assertThat(expected(fold).shownNanos()).isZero();
    assertThat(fold.clicks()).isEqualTo(new ClickCounts(1, 0, 0, 0));
    assertThat(fold.totals().wins()).isEqualTo(1);
  }

  @Test
  void chargesWhatIsLeftAndThenNothing() {
    Settlement fold = settlement(150);
    for (int request = 0; request < 3; request++) {
      show(fold, request);
    }
    fold.outcome(outcome(Kind.CLICK, 0), 70, DEAF);
    fold.outcome(outcome(Kind.CLICK, 1), 71, DEAF);
    assertThat(fold.summary().spentNanos()).isEqualTo(150);
    fold.outcome(outcome(Kind.CLICK, 2), 72, DEAF);
    assertThat(fold.summary().spentNanos()).isEqualTo(150);
    assertThat(fold.clicks()).isEqualTo(new ClickCounts(2, 1, 0, 150));
    assertThat(fold.totals().clicks()).isEqualTo(3);
  }

  @Test
  void expectsNothingMoreOnceTheWindowIsOverAndChargesNoClickAfterIt() {
    Settlement fold = settlement(1_000);
    show(fold, 1);
    fold.advance(UNTIL);
    assertThat(expected(fold).shownNanos()).isEqualTo(EXPECTED);
    fold.outcome(outcome(Kind.CLICK, 1), UNTIL + 1, DEAF);
    assertThat(fold.clicks()).isEqualTo(new ClickCounts(0, 0, 1, 0));
    fold.advance(UNTIL + 1);
    assertThat(fold.summary())
        .isEqualTo(new LedgerSummary(1_000, 1_000, 0, 0, 0, ExpectedCharges.NONE));
    fold.bid(bid(1, PRICE), 50, DEAF);
    assertThat(fold.totals().duplicateBids()).isEqualTo(1);
  }

  @Test
  void chargesAClickInTimeWhoseWinWasNeverTold() {
    Settlement fold = settlement(1_000);
    fold.bid(bid(1, PRICE), 50, DEAF);
    fold.advance(DEADLINE + 1_000 + 21);
    assertThat(expected(fold).bidNanos()).isZero();
    assertThat(fold.totals().expired()).isEqualTo(1);
    fold.advance(9_000);
    fold.outcome(outcome(Kind.CLICK, 1), 9_500, DEAF);
    assertThat(fold.summary().spentNanos()).isEqualTo(PRICE);
    fold.outcome(outcome(Kind.WIN, 1), 9_600, DEAF);
    assertThat(fold.totals().lateWins()).isEqualTo(1);
    assertThat(expected(fold)).isEqualTo(ExpectedCharges.NONE);
    fold.outcome(outcome(Kind.CLICK, 1, "another"), 9_700, DEAF);
    assertThat(fold.summary().spentNanos()).isEqualTo(PRICE);
  }

  @Test
  void waitsAgainForTheClickOfALateWin() {
    Settlement fold = settlement(1_000);
    fold.bid(bid(1, PRICE), 50, DEAF);
    fold.advance(DEADLINE + 1_000 + 21);
    fold.outcome(outcome(Kind.WIN, 1), 2_000, DEAF);
    assertThat(expected(fold).shownNanos()).isEqualTo(EXPECTED);
    assertThat(fold.load()).isEqualTo(0.01);
  }

  @Test
  void expectsNothingOfALoss() {
    Settlement fold = settlement(1_000);
    fold.bid(bid(1, PRICE), 50, DEAF);
    fold.outcome(outcome(Kind.LOSS, 1), 60, DEAF);
    assertThat(expected(fold).bidNanos()).isZero();
    assertThat(fold.load()).isZero();
  }

  @Test
  void leasesOnlyWhatIsNotExpectedAlready() {
    Ledger ledger = new Ledger(100, null);
    Settlement fold = new Settlement(CONFIG, ledger, 0);
    fold.grant(lease(95));
    assertThat(ledger.available(0)).isEqualTo(5);
    show(fold, 1);
    fold.advance(3_100);
    assertThat(ledger.available(0)).isEqualTo(100 - EXPECTED);
    fold.outcome(outcome(Kind.CLICK, 1), 3_200, DEAF);
    assertThat(ledger.available(0)).isZero();
  }

  /** Clicks never touch what is promised for impressions, where a campaign has changed sides. */
  @Test
  void leavesMoneyThatIsPromisedForImpressionsAlone() {
    Settlement fold = settlement(100);
    show(fold, 1);
    fold.advance(3_100);
    fold.grant(new Lease(2, "c", 9, 0, 60, 0, 9_000));
    fold.outcome(outcome(Kind.CLICK, 1), 3_200, DEAF);
    assertThat(fold.summary().spentNanos()).isEqualTo(40);
    assertThat(fold.summary().committedNanos()).isEqualTo(100);
    assertThat(fold.clicks()).isEqualTo(new ClickCounts(1, 0, 0, 60));
  }

  @Test
  void stopsWhereABidPaysByWhatItsLeaseDoesNotCover() {
    Settlement clicks = settlement(1_000);
    assertThatThrownBy(() -> clicks.bid(plain(1, 5), 50, DEAF))
        .isInstanceOf(LedgerBreach.class)
        .hasMessageContaining("pays by the impression");
    Settlement impressions = new Settlement(CONFIG, new Ledger(1_000, null), 0);
    impressions.grant(new Lease(1, "c", 9, 0, 500, 0, 3_000));
    assertThatThrownBy(() -> impressions.bid(bid(1, PRICE), 50, DEAF))
        .isInstanceOf(LedgerBreach.class)
        .hasMessageContaining("pays by the click");
  }

  @Test
  void keepsTheDailyBudgetOfTheDayOfTheLease() {
    Settlement fold = new Settlement(CONFIG, new Ledger(1_000, 150L), 0);
    fold.grant(lease(150));
    for (int request = 0; request < 3; request++) {
      show(fold, request);
    }
    for (int request = 0; request < 3; request++) {
      fold.outcome(outcome(Kind.CLICK, request), 70, DEAF);
      fold.ledger().forgetDaysBefore(5, 70);
    }
    assertThat(fold.summary().spentNanos()).isEqualTo(150);
    assertThat(fold.clicks().free()).isEqualTo(1);
  }

  /** What became of one bid, and what is told of it. */
  private enum Fate {
    WIN_AND_CLICK,
    CLICK_ALONE,
    WIN,
    LOSS,
    SILENCE
  }

  /** The records of all bids: each told once to three times, out of order. */
  private static List<Runnable> records(Settlement fold, int bids, long priceSpread, Random r) {
    List<Runnable> records = new ArrayList<>();
    for (int request = 0; request < bids; request++) {
      Bid bid = bid(request, PRICE + (priceSpread == 0 ? 0 : request * 37L % priceSpread));
      Fate fate = Fate.values()[request * 7 % Fate.values().length];
      List<Outcome> told = new ArrayList<>();
      if (fate == Fate.WIN || fate == Fate.WIN_AND_CLICK) {
        told.add(outcome(Kind.WIN, request));
      }
      if (fate == Fate.CLICK_ALONE || fate == Fate.WIN_AND_CLICK) {
        told.add(outcome(Kind.CLICK, request));
      }
      if (fate == Fate.LOSS) {
        told.add(outcome(Kind.LOSS, request));
      }
      for (int copy = r.nextInt(3); copy >= 0; copy--) {
        records.add(() -> fold.bid(bid, 60, DEAF));
        for (Outcome outcome : told) {
          // Another id for the same click is a second click on the same impression: one is paid
          // for.
          Outcome again =
              r.nextBoolean()
                  ? outcome
                  : outcome(outcome.kind(), request, outcome.id() + "-" + copy);
          records.add(() -> fold.outcome(again, 60, DEAF));
        }
      }
    }
    Collections.shuffle(records, r);
    return records;
  }

  private static Settlement copy(Settlement fold) {
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      fold.write(new DataOutputStream(bytes));
      DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes.toByteArray()));
      Settlement read = Settlement.read(CONFIG, Settlement.TIMED_IDS_FORMAT, in);
      assertThat(in.available()).isZero();
      return read;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /**
   * No order of late, duplicate and missing outcomes changes what is charged in the end: the sum of
   * the prices of the impressions that were clicked, or the budget. The cap holds after each
   * record.
   */
  @Property(tries = 2_000)
  void chargesTheSameInTheEndInWhateverOrderItIsTold(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 40) int bids,
      @ForAll @LongRange(min = 0, max = 60) long priceSpread,
      @ForAll @IntRange(min = 40, max = 4_000) int budget) {
    Settlement fold = new Settlement(CONFIG, new Ledger(budget, null), DEADLINE);
    long sum = 0;
    for (int request = 0; request < bids; request++) {
      Fate fate = Fate.values()[request * 7 % Fate.values().length];
      if (fate == Fate.CLICK_ALONE || fate == Fate.WIN_AND_CLICK) {
        sum += PRICE + (priceSpread == 0 ? 0 : request * 37L % priceSpread);
      }
    }
    for (Runnable record : records(fold, bids, priceSpread, new Random(seed))) {
      record.run();
      assertThat(fold.summary().spentNanos()).isLessThanOrEqualTo(budget);
    }
    Settlement read = copy(fold);
    assertThat(read.summary()).isEqualTo(fold.summary());
    read.advance(UNTIL + 1);
    assertThat(read.summary())
        .isEqualTo(
            new LedgerSummary(budget, budget, Math.min(budget, sum), 0, 0, ExpectedCharges.NONE));
    assertThat(read.clicks().uncollectedNanos()).isEqualTo(sum - Math.min(budget, sum));
    assertThat(read.totals().unmatched()).isZero();
  }

  /**
   * The same where time passes between records, so that wins and clicks find their bids expired.
   */
  @Property(tries = 1_000)
  void chargesTheSameHoweverLateWithinTheWindow(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 20) int bids,
      @ForAll @IntRange(min = 40, max = 2_000) int budget) {
    Random r = new Random(seed);
    Settlement fold = new Settlement(CONFIG, new Ledger(budget, null), DEADLINE);
    List<Outcome> told = new ArrayList<>();
    int clicks = 0;
    for (int request = 0; request < bids; request++) {
      fold.bid(bid(request, PRICE), 60, DEAF);
      Fate fate = Fate.values()[r.nextInt(Fate.values().length)];
      if (fate == Fate.WIN || fate == Fate.WIN_AND_CLICK) {
        told.add(outcome(Kind.WIN, request));
      }
      if (fate == Fate.CLICK_ALONE || fate == Fate.WIN_AND_CLICK) {
        told.add(outcome(Kind.CLICK, request));
        clicks++;
      }
    }
    told.addAll(List.copyOf(told));
    Collections.shuffle(told, r);
    long now = 60;
    for (Outcome outcome : told) {
      now += r.nextInt((int) (UNTIL - now) / 4);
      fold.advance(now);
      fold.outcome(outcome, now, DEAF);
      fold = r.nextInt(8) == 0 ? copy(fold) : fold;
    }
    fold.advance(UNTIL + 1);
    assertThat(fold.summary())
        .isEqualTo(
            new LedgerSummary(
                budget, budget, Math.min(budget, PRICE * clicks), 0, 0, ExpectedCharges.NONE));
    assertThat(fold.clicks().late()).isZero();
  }
}
