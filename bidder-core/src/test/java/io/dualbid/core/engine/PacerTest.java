package io.dualbid.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.dualbid.core.model.Bid;
import io.dualbid.core.model.BidId;
import io.dualbid.core.model.Campaign;
import io.dualbid.core.model.Campaign.Status;
import io.dualbid.core.model.ClickCounts;
import io.dualbid.core.model.ExpectedCharges;
import io.dualbid.core.model.Heartbeat;
import io.dualbid.core.model.Lease;
import io.dualbid.core.model.Outcome;
import io.dualbid.core.model.PacingUpdate;
import io.dualbid.core.model.PacingUpdate.State;
import io.dualbid.core.model.Strategy;
import io.dualbid.core.model.Strategy.AuctionType;
import io.dualbid.core.model.Strategy.Constraint;
import io.dualbid.core.model.Strategy.LinearPrice;
import io.dualbid.core.model.Strategy.Method;
import io.dualbid.core.pacing.Campaigns;
import io.dualbid.core.pacing.LivingSubtasks;
import io.dualbid.core.pacing.PacingConfig;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class PacerTest {
  private static final long BEGIN = 1_000_000;
  private static final long START = BEGIN + 10_000;
  private static final long UNIT = 1_000_000_000L;
  private static final PacingConfig CONFIG =
      new PacingConfig(100, 0.3, 0.1, 0.3, 200, 3_000, 1_000, 20, 5_000, 60_000, 1_000);

  private final Pacer pacer = new Pacer("a", CONFIG, BEGIN, 0);
  private final LivingSubtasks living = new LivingSubtasks();
  private final List<PacingUpdate> updates = new ArrayList<>();
  private final List<Lease> leases = new ArrayList<>();
  private final Pacer.Output output =
      new Pacer.Output() {
        @Override
        public void pacing(PacingUpdate update) {
          updates.add(update);
        }

        @Override
        public void lease(Lease lease) {
          leases.add(lease);
        }

        @Override
        public void feedbackAge(double millis) {
          assertThat(millis).isNotNegative();
        }
      };
  private long offset;

  private static Campaign campaign(long budgetNanos) {
    return Campaigns.campaign("a", budgetNanos, Campaigns.flight(START, START + 60_000));
  }

  private static Campaign paused(Campaign c) {
    return c.with(Status.PAUSED);
  }

  @BeforeEach
  void livesWithOneBidder() {
    beat(BEGIN);
  }

  private void beat(long time) {
    living.heard(new Heartbeat(7, 0, time), time);
  }

  private void run(long from, long to) {
    for (long time = from; time < to; time += 20) {
      beat(time);
      pacer.tick(time, living, output);
    }
  }

  private PacingUpdate last() {
    return updates.get(updates.size() - 1);
  }

  private Bid bid(String request, Lease lease, long amount, long time) {
    return new Bid(
        BidId.of(request, "1"),
        request,
        "1",
        "a",
        "banner",
        amount,
        lease.id(),
        lease.day(),
        0,
        time + 200,
        time,
        1,
        0.01,
        1.0,
        null);
  }

  private Outcome win(Bid bid, long price) {
    return new Outcome(bid.id() + "-w", Outcome.Kind.WIN, bid.id(), "a", 0, price, 0, null);
  }

  @Test
  void makesOutTheFirstLeasesShortlyBeforeTheFlightStarts() {
    pacer.define(campaign(10 * UNIT));
    run(BEGIN, START - 1_100);
    assertThat(leases).isEmpty();
    assertThat(last().state()).isEqualTo(State.PENDING);
    run(START - 1_100, START);
    assertThat(leases).isNotEmpty();
    assertThat(leases.get(0).incarnation()).isEqualTo(7);
    assertThat(last().ledger().leasedNanos()).isEqualTo(leases.get(0).amountNanos());
  }

  @Test
  void reservesSettlesAndTellsIt() {
    pacer.define(campaign(10 * UNIT));
    run(START - 1_000, START + 100);
    Bid bid = bid("r", leases.get(0), 5_000_000, START + 100);
    pacer.bid(bid, START + 110, offset++);
    run(START + 120, START + 320);
    assertThat(last().ledger().reservedNanos()).isEqualTo(5_000_000);
    assertThat(last().position().bids()).isZero();
    pacer.outcome(win(bid, 3_000_000), START + 330, offset++);
    run(START + 340, START + 540);
    assertThat(last().ledger().reservedNanos()).isZero();
    assertThat(last().ledger().spentNanos()).isEqualTo(3_000_000);
    assertThat(last().totals().wins()).isEqualTo(1);
    assertThat(last().position().outcomes()).isEqualTo(1);
  }

  @Test
  void raisesTheMultiplierWhenSpendRunsAheadOfThePlan() {
    pacer.define(campaign(60_000_000));
    run(START - 1_000, START + 200);
    double before = last().multipliers().budget();
    // The plan is 1,000,000 nanos a second; this is ten times as much.
    for (int i = 0; i < 40; i++) {
      long time = START + 200 + i * 100L;
      Lease lease = leases.get(leases.size() - 1);
      if (lease.expiryMillis() > time + 200) {
        Bid bid = bid("r" + i, lease, 1_000_000, time);
        pacer.bid(bid, time + 5, offset++);
        pacer.outcome(win(bid, 1_000_000), time + 15, offset++);
      }
      run(time + 20, time + 100);
    }
    assertThat(last().problem()).isNull();
    assertThat(last().multipliers().budget()).isGreaterThan(before);
  }

  @Test
  void stopsLeasingWhenPausedAndGoesOnWhenNot() {
    pacer.define(campaign(10 * UNIT));
    run(START, START + 500);
    pacer.define(paused(campaign(10 * UNIT)));
    run(START + 500, START + 600);
    int before = leases.size();
    run(START + 600, START + 5_000);
    assertThat(leases).hasSize(before);
    assertThat(last().state()).isEqualTo(State.PAUSED);
    assertThat(last().ledger().leasedNanos()).isZero();
    pacer.define(campaign(10 * UNIT));
    run(START + 5_000, START + 6_000);
    assertThat(leases.size()).isGreaterThan(before);
  }

  @Test
  void stopsWhenWithdrawnAndSettlesWhatIsOpen() {
    pacer.define(campaign(10 * UNIT));
    run(START, START + 300);
    Bid bid = bid("r", leases.get(0), 5_000_000, START + 300);
    pacer.bid(bid, START + 305, offset++);
    pacer.remove();
    pacer.outcome(win(bid, 2_000_000), START + 310, offset++);
    run(START + 320, START + 4_000);
    assertThat(last().state()).isEqualTo(State.ENDED);
    assertThat(last().ledger().spentNanos()).isEqualTo(2_000_000);
    assertThat(last().ledger().committedNanos()).isEqualTo(2_000_000);
  }

  @Test
  void commitsNothingFurtherWhenTheBudgetIsCutBelowWhatIsSpent() {
    pacer.define(campaign(10 * UNIT));
    run(START, START + 300);
    Bid bid = bid("r", leases.get(0), UNIT / 2, START + 300);
    pacer.bid(bid, START + 305, offset++);
    pacer.outcome(win(bid, UNIT / 2), START + 310, offset++);
    pacer.define(campaign(UNIT / 4));
    int before = leases.size();
    run(START + 320, START + 8_000);
    assertThat(leases).hasSize(before);
    assertThat(last().state()).isEqualTo(State.EXHAUSTED);
    assertThat(last().ledger().spentNanos()).isEqualTo(UNIT / 2);
    pacer.define(campaign(10 * UNIT));
    run(START + 8_000, START + 9_000);
    assertThat(leases.size()).isGreaterThan(before);
  }

  @Test
  void haltsLoudlyWhenABidIsNotCovered() {
    pacer.define(campaign(10 * UNIT));
    run(START, START + 300);
    Lease forged = new Lease(424242, "a", 7, 0, UNIT, 0, START + 9_000);
    pacer.bid(bid("r", forged, 1_000, START + 300), START + 305, offset++);
    int before = leases.size();
    run(START + 320, START + 6_000);
    assertThat(last().state()).isEqualTo(State.HALTED);
    assertThat(last().problem()).contains("424242");
    assertThat(leases).hasSize(before);
  }

  /** What it came to would be taken out of a day in which nothing was reserved. */
  @Test
  void haltsWhenABidIsOfAnotherDayThanItsLease() {
    pacer.define(campaign(10 * UNIT));
    run(START, START + 300);
    Lease lease = leases.get(0);
    Lease ofAnotherDay =
        new Lease(lease.id(), "a", 7, 0, UNIT, lease.day() + 200_000, lease.expiryMillis());
    Bid bid = bid("r", ofAnotherDay, 1_000, START + 300);
    pacer.bid(bid, START + 305, offset++);
    pacer.outcome(win(bid, 900), START + 400, offset++);
    run(START + 420, START + 1_000);
    assertThat(last().state()).isEqualTo(State.HALTED);
    assertThat(last().problem()).contains("day " + (lease.day() + 200_000));
    assertThat(last().ledger().reservedNanos()).isZero();
  }

  @Test
  void leasesNothingToABidderThatIsSilent() {
    pacer.define(campaign(10 * UNIT));
    run(START, START + 300);
    int before = leases.size();
    for (long time = START + 2_000; time < START + 8_000; time += 20) {
      pacer.tick(time, living, output);
    }
    assertThat(leases).hasSize(before);
  }

  @Test
  void keepsAloofUntilLeasesOfALostLifeHaveEnded() {
    Pacer second = new Pacer("a", CONFIG, START, START + 3_000);
    second.define(campaign(10 * UNIT));
    // A bid of a lease that this life never granted is a fact all the same.
    second.bid(bid("r", new Lease(5, "a", 7, 0, UNIT, 0, 0), 1_000, START), START + 10, 0);
    for (long time = START; time < START + 2_980; time += 20) {
      beat(time);
      second.tick(time, living, output);
    }
    assertThat(leases).isEmpty();
    assertThat(last().problem()).isNull();
    assertThat(last().ledger().reservedNanos()).isEqualTo(1_000);
    for (long time = START + 2_980; time < START + 4_000; time += 20) {
      beat(time);
      second.tick(time, living, output);
    }
    assertThat(leases).isNotEmpty();
  }

  private static Campaign keepingAReturn() {
    return campaign(10 * UNIT).with(Strategy.value(1).keeping(Constraint.BOTH, 2, true));
  }

  private static Pacer read(byte[] state) throws IOException {
    return Pacer.read(
        CONFIG,
        new DataInputStream(new ByteArrayInputStream(state)),
        data -> {
          assertThat(data.readUTF()).isEqualTo("a");
          return keepingAReturn();
        });
  }

  /**
   * State as older versions wrote it: two wins at 3,000,000 that earn 10,000,000 each, a third bid
   * open, a click worth 1.25, and a win that waits for its bid. What was realised before version 3
   * is not credited; what comes from now on is.
   */
  @ParameterizedTest
  @CsvSource({"2, 250000000", "3, 869000000"})
  void readsStateOfTheVersionsBefore(byte version, long realisedSlack) throws IOException {
    byte[] state;
    try (InputStream in =
        getClass().getResourceAsStream("/state/pacer-version-" + version + ".bin")) {
      state = Objects.requireNonNull(in).readAllBytes();
    }
    assertThat(state[0]).isEqualTo(version);
    Pacer old = read(state);
    Outcome conversion =
        new Outcome(
            "v", Outcome.Kind.CONVERSION, BidId.of("r0", "1"), "a", START + 400, 0, 0.5, null);
    old.outcome(conversion, START + 400, 20);
    old.outcome(conversion, START + 401, 21);
    for (long time = START + 400; time < START + 900; time += 20) {
      beat(time);
      old.tick(time, living, output);
    }
    assertThat(last().problem()).isNull();
    assertThat(last().ledger().spentNanos()).isEqualTo(6_000_000);
    assertThat(last().ledger().reservedNanos()).isEqualTo(5_000_000);
    assertThat(last().totals().slackNanos()).isEqualTo(14_000_000);
    assertThat(last().totals().realisedSlackNanos()).isEqualTo(realisedSlack);
    assertThat(last().totals().paidClicks()).isEqualTo(ClickCounts.NONE);
    assertThat(last().ledger().expected()).isEqualTo(ExpectedCharges.NONE);
    assertThat(last().totals().realisedValue()).isEqualTo(1.75);
    assertThat(old.standing().totals().unmatched()).isEqualTo(1);
    assertThat(last().multipliers().calibration()).isEqualTo(1);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    old.write(new DataOutputStream(bytes), (definition, out) -> out.writeUTF(definition.id()));
    assertThat(bytes.toByteArray()[0]).isEqualTo((byte) 5);
    assertThat(read(bytes.toByteArray()).isForgettable()).isFalse();
  }

  @Test
  void tellsAConversionThatComesWhenAllIsAtRest() {
    pacer.define(keepingAReturn());
    run(START, START + 300);
    Bid bid = bid("r", leases.get(0), 5_000_000, START + 300);
    pacer.bid(bid, START + 305, offset++);
    pacer.outcome(win(bid, 3_000_000), START + 310, offset++);
    pacer.remove();
    run(START + 320, START + 9_000);
    long before = last().epoch();
    Outcome conversion =
        new Outcome("v", Outcome.Kind.CONVERSION, bid.id(), "a", START + 9_000, 0, 2, null);
    pacer.outcome(conversion, START + 9_000, offset++);
    run(START + 9_000, START + 9_300);
    assertThat(last().epoch()).isGreaterThan(before);
    assertThat(last().totals().realisedSlackNanos()).isEqualTo(UNIT);
  }

  /** What is fixed by the definition changes with it. */
  @Test
  void bidsByTheNewPriceOfALinearMethod() {
    Strategy one = Strategy.value(1).linear(Method.MCPC, new LinearPrice(0.5, 1));
    Strategy two = Strategy.value(1).linear(Method.MCPC, new LinearPrice(0.25, 1));
    pacer.define(campaign(10 * UNIT).with(one));
    run(START, START + 300);
    assertThat(last().multipliers().budget()).isEqualTo(2);
    pacer.define(campaign(10 * UNIT).with(two));
    run(START + 300, START + 600);
    assertThat(last().multipliers().budget()).isEqualTo(4);
  }

  /** What a controller has learned is kept; where it starts from is the definition's. */
  @ParameterizedTest
  @EnumSource(
      value = Method.class,
      names = {"PID", "THROTTLING", "SMOOTHING", "FIXED"})
  void bidsFromTheNewStartOfAChangedDefinition(Method method) {
    pacer.define(campaign(10 * UNIT).with(Strategy.value(2).by(method)));
    run(START, START + 300);
    double before = last().multipliers().budget();
    pacer.define(campaign(10 * UNIT).with(Strategy.value(3).by(method)));
    assertThat(pacer.standing().multipliers().budget()).isCloseTo(1.5 * before, within(1e-9));
  }

  /** It is made anew of the prices that were saved: a restart must not halve first-price bids. */
  @Test
  void knowsThePriceLandscapeAsSoonAsItIsReadBack() throws IOException {
    Campaign firstPrice = campaign(10 * UNIT).with(Strategy.value(1).in(AuctionType.FIRST_PRICE));
    pacer.define(firstPrice);
    run(START, START + 300);
    for (int i = 0; i < 60; i++) {
      Bid bid = bid("r" + i, leases.get(0), 1_000_000, START + 300);
      pacer.bid(bid, START + 305, offset++);
      pacer.outcome(win(bid, 1_000_000), START + 310, offset++);
    }
    run(START + 320, START + 1_500);
    assertThat(last().landscape()).isNotNull();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    pacer.write(new DataOutputStream(bytes), (definition, out) -> {});
    Pacer restored =
        Pacer.read(
            CONFIG,
            new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())),
            data -> firstPrice);
    assertThat(restored.standing().landscape()).isEqualTo(last().landscape());
  }

  @Test
  void tellsWhichVersionsOfStateItReads() {
    for (byte version : new byte[] {1, 6}) {
      assertThatThrownBy(() -> read(new byte[] {version}))
          .isInstanceOf(IOException.class)
          .hasMessage("pacer state has version " + version + "; readable are 2 to 5");
    }
  }

  @Test
  void isForgettableOnlyWhileNothingIsKnownOfIt() {
    assertThat(pacer.isForgettable()).isTrue();
    pacer.define(campaign(UNIT));
    assertThat(pacer.isForgettable()).isFalse();
  }

  @Test
  void tellsWhatThePlanWouldHaveSpentByNow() {
    pacer.define(campaign(60 * UNIT));
    run(START, START + 30_020);
    // Half of an even flight of a minute, told at the last of its periods.
    assertThat((double) last().totals().plannedNanos()).isBetween(29.8 * UNIT, 30.1 * UNIT);
  }
}
