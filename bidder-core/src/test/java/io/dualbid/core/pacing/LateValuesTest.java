package io.dualbid.core.pacing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.dualbid.core.model.Attribution;
import io.dualbid.core.model.Bid;
import io.dualbid.core.model.BidId;
import io.dualbid.core.model.Lease;
import io.dualbid.core.model.Outcome;
import io.dualbid.core.model.Outcome.Kind;
import io.dualbid.core.model.Strategy;
import io.dualbid.core.model.Strategy.Constraint;
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

/** Values that come after the win: late, twice, never, and corrected. */
class LateValuesTest {
  private static final long UNIT = 1_000_000_000L;
  private static final double TARGET = 2;
  private static final PacingConfig CONFIG =
      new PacingConfig(100, 0.3, 0.1, 0.3, 200, 3_000, 1_000, 20, 1_000, 5_000, 1_000);
  private static final Strategy PLAIN = Strategy.value(1).keeping(Constraint.ROS, TARGET, true);
  private static final Strategy CALIBRATED = PLAIN.attributing(new Attribution(60_000, true));

  private final Corrections heard = new Corrections();

  /** Keeps what the control loop is told of corrections. */
  private static final class Corrections implements Settlement.Listener {
    long nanos;

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

    @Override
    public void corrected(long creditNanos) {
      nanos += creditNanos;
    }
  }

  private static Settlement settlement(Strategy strategy) {
    Settlement fold = new Settlement(CONFIG, new Ledger(1_000 * UNIT, null), 0);
    fold.follow(strategy);
    fold.grant(new Lease(1, "c", 9, 0, 500 * UNIT, 0, 3_000));
    return fold;
  }

  /** A bid that is expected to be worth {@code value}, and earns half of it. */
  private static Bid bid(int request, double value) {
    return new Bid(
        BidId.of("r" + request, "1"),
        "r" + request,
        "1",
        "c",
        "banner",
        UNIT,
        1,
        0,
        0,
        100,
        0,
        1,
        value,
        (long) (value / TARGET * UNIT),
        1.0,
        null);
  }

  private static Outcome outcome(String id, Kind kind, int request, double price, double value) {
    return new Outcome(
        id,
        kind,
        BidId.of("r" + request, "1"),
        "c",
        50,
        (long) (price * UNIT),
        Outcome.UNKNOWN,
        value,
        null,
        50,
        0);
  }

  private static Outcome correction(String id, int request, double value, double expected) {
    return new Outcome(
        id,
        Kind.CORRECTION,
        BidId.of("r" + request, "1"),
        "c",
        70,
        0,
        Outcome.UNKNOWN,
        value,
        null,
        50,
        expected);
  }

  private Settlement won(Strategy strategy) {
    Settlement fold = settlement(strategy);
    fold.bid(bid(1, 4), 50, heard);
    fold.outcome(outcome("w", Kind.WIN, 1, 0.5, 0), 60, heard);
    return fold;
  }

  @Test
  void creditsAWinAtOnceAndWhatItBringsWhenItComes() {
    Settlement fold = won(PLAIN);
    assertThat(fold.slackNanos()).isEqualTo(UNIT * 3 / 2);
    assertThat(fold.realisedSlackNanos()).isEqualTo(-UNIT / 2);
    fold.outcome(outcome("v", Kind.CONVERSION, 1, 0, 6), 900, heard);
    assertThat(fold.slackNanos()).isEqualTo(UNIT * 3 / 2);
    assertThat(fold.realisedSlackNanos()).isEqualTo(UNIT * 5 / 2);
    assertThat(fold.totals().realisedValue()).isEqualTo(6);
  }

  @Test
  void countsALateConversionOnceHoweverLateItIsRepeated() {
    Settlement fold = won(CALIBRATED);
    Outcome conversion = outcome("v", Kind.CONVERSION, 1, 0, 6);
    fold.outcome(conversion, 900, heard);
    // Far beyond the deduplication window of 5 s, within the attribution window of 60 s.
    for (long now = 1_000; now <= 59_000; now += 1_000) {
      fold.advance(now);
    }
    fold.outcome(conversion, 59_000, heard);
    assertThat(fold.realisedSlackNanos()).isEqualTo(UNIT * 5 / 2);
    assertThat(fold.totals().conversions()).isEqualTo(1);
    assertThat(fold.totals().duplicates()).isEqualTo(1);
  }

  @Test
  void correctsWhatWasRealisedAndWhatWasExpectedOnce() {
    Settlement fold = won(PLAIN);
    fold.outcome(outcome("v", Kind.CONVERSION, 1, 0, 6), 900, heard);
    fold.outcome(correction("k", 1, -5, 0), 910, heard);
    fold.outcome(correction("k", 1, -5, 0), 911, heard);
    assertThat(fold.realisedSlackNanos()).isZero();
    assertThat(fold.slackNanos()).isEqualTo(UNIT * 3 / 2);
    fold.outcome(correction("p", 1, 0, -2), 920, heard);
    fold.outcome(correction("p", 1, 0, -2), 921, heard);
    assertThat(fold.slackNanos()).isEqualTo(UNIT / 2);
    assertThat(fold.totals().value()).isEqualTo(2);
    assertThat(fold.totals().realisedValue()).isEqualTo(1);
    assertThat(fold.totals().corrections()).isEqualTo(2);
    assertThat(fold.totals().duplicates()).isEqualTo(2);
    assertThat(heard.nanos).isEqualTo(-UNIT);
  }

  @Test
  void leasesNoSlackThatOnlyPredictionsPromise() {
    assertThat(won(PLAIN).availableSlack()).isEqualTo(UNIT * 3 / 2);
    Settlement fold = won(CALIBRATED);
    assertThat(fold.availableSlack()).isZero();
    fold.outcome(outcome("v", Kind.CONVERSION, 1, 0, 2), 900, heard);
    assertThat(fold.availableSlack()).isEqualTo(UNIT / 2);
    fold.outcome(outcome("u", Kind.CONVERSION, 1, 0, 20), 901, heard);
    assertThat(fold.availableSlack()).isEqualTo(UNIT * 3 / 2);
  }

  @Test
  void keepsSlackAsMoneyWhenTheTargetChanges() {
    Settlement fold = won(PLAIN);
    fold.outcome(outcome("v", Kind.CONVERSION, 1, 0, 6), 900, heard);
    fold.follow(Strategy.value(1).keeping(Constraint.ROS, 4, true));
    assertThat(fold.slackNanos()).isEqualTo(UNIT * 3 / 2);
    assertThat(fold.realisedSlackNanos()).isEqualTo(UNIT * 5 / 2);
    // From now on by the new target, of which the sums tell the whole course too.
    fold.outcome(outcome("u", Kind.CONVERSION, 1, 0, 4), 901, heard);
    assertThat(fold.realisedSlackNanos()).isEqualTo(UNIT * 7 / 2);
    assertThat(fold.totals().value()).isEqualTo(4);
    assertThat(fold.totals().realisedValue()).isEqualTo(10);
    assertThat(fold.summary().spentNanos()).isEqualTo(UNIT / 2);
  }

  @Test
  void creditsWhatCameBeforeTheCampaignWasDefined() {
    Settlement fold = new Settlement(CONFIG, new Ledger(1_000 * UNIT, null), 10_000);
    fold.bid(bid(1, 4), 50, heard);
    fold.outcome(outcome("w", Kind.WIN, 1, 0.5, 0), 60, heard);
    fold.outcome(outcome("v", Kind.CONVERSION, 1, 0, 6), 70, heard);
    fold.outcome(correction("p", 1, 0, -2), 80, heard);
    fold.follow(PLAIN);
    assertThat(fold.realisedSlackNanos()).isEqualTo(UNIT * 5 / 2);
    assertThat(fold.slackNanos()).isEqualTo(UNIT / 2);
  }

  /** Wins that earned no credit bring none, if a return is to be kept only later. */
  @Test
  void creditsNothingThatCameWhileNoReturnWasKept() {
    Settlement fold = won(Strategy.value(1));
    fold.outcome(outcome("v", Kind.CONVERSION, 1, 0, 6), 900, heard);
    fold.outcome(correction("p", 1, 0, -2), 905, heard);
    long before = fold.realisedSlackNanos();
    long slack = fold.slackNanos();
    fold.follow(PLAIN);
    assertThat(fold.realisedSlackNanos()).isEqualTo(before);
    assertThat(fold.slackNanos()).isEqualTo(slack);
    assertThat(fold.totals().realisedValue()).isEqualTo(6);
    assertThat(fold.totals().value()).isEqualTo(2);
  }

  @Test
  void isNotBroughtDownByAbsurdAmounts() {
    Settlement fold = won(PLAIN);
    for (int i = 0; i < 10; i++) {
      fold.outcome(outcome("v" + i, Kind.CONVERSION, 1, 0, 1e300), 900, heard);
      fold.outcome(correction("k" + i, 1, 1e300, 1e300), 900, heard);
    }
    fold.bid(bid(2, 4), 50, heard);
    fold.outcome(outcome("w2", Kind.WIN, 2, 0.5, 0), 60, heard);
    assertThat(fold.slackNanos()).isGreaterThan(UNIT);
    fold.outcome(correction("z", 1, -1e300, -1e300), 910, heard);
    assertThat(fold.availableSlack()).isNotNegative();
  }

  /**
   * Clicks, conversions and corrections, late, repeated or missing, in any order, with state
   * written and read back: the sums are those of the same records once, in order.
   */
  @Property(tries = 200)
  void sumsTheSameWhateverTheOrderAndTheRepeats(@ForAll long seed) throws IOException {
    Random random = new Random(seed);
    Settlement reference = won(CALIBRATED);
    Settlement tried = won(CALIBRATED);
    List<Outcome> plain = new ArrayList<>();
    List<Outcome> shuffled = new ArrayList<>();
    int count = random.nextInt(30);
    for (int i = 0; i < count; i++) {
      double value = random.nextDouble() * 10;
      Outcome outcome =
          switch (random.nextInt(4)) {
            case 0 -> outcome("c" + i, Kind.CLICK, 1, 0, random.nextBoolean() ? value : 0);
            case 1 -> outcome("v" + i, Kind.CONVERSION, 1, 0, value);
            case 2 -> correction("k" + i, 1, 5 - value, 0);
            default -> correction("p" + i, 1, 0, 5 - value);
          };
      if (random.nextInt(5) > 0) {
        plain.add(outcome);
        for (int k = random.nextInt(3); k >= 0; k--) {
          shuffled.add(outcome);
        }
      }
    }
    Collections.shuffle(shuffled, random);
    plain.forEach(outcome -> reference.outcome(outcome, 900, heard));
    long now = 900;
    for (Outcome outcome : shuffled) {
      now += random.nextInt(500);
      tried.advance(now);
      tried.outcome(outcome, now, heard);
      tried = random.nextInt(5) == 0 ? restored(tried) : tried;
    }
    assertThat(tried.slackNanos()).isEqualTo(reference.slackNanos());
    assertThat(tried.realisedSlackNanos()).isEqualTo(reference.realisedSlackNanos());
    assertThat(tried.totals().realisedValue()).isEqualTo(reference.totals().realisedValue());
    assertThat(tried.totals().clicks()).isEqualTo(reference.totals().clicks());
    assertThat(tried.totals().conversions()).isEqualTo(reference.totals().conversions());
    assertThat(tried.totals().corrections()).isEqualTo(reference.totals().corrections());
    assertThat(tried.totals().value()).isCloseTo(reference.totals().value(), within(1e-9));
    assertThat(tried.totals().duplicates()).isEqualTo(shuffled.size() - plain.size());
  }

  private static Settlement restored(Settlement settlement) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    settlement.write(new DataOutputStream(bytes));
    Settlement read =
        Settlement.read(
            CONFIG,
            Settlement.TIMED_IDS_FORMAT,
            new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
    read.follow(CALIBRATED);
    return read;
  }
}
