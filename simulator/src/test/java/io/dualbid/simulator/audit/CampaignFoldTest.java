package io.dualbid.simulator.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.dualbid.core.model.Bid;
import io.dualbid.core.model.BidId;
import io.dualbid.core.model.Campaign;
import io.dualbid.core.model.Campaign.Mirror;
import io.dualbid.core.model.Campaign.Objective;
import io.dualbid.core.model.Campaign.Status;
import io.dualbid.core.model.ClickCounts;
import io.dualbid.core.model.ClickTerms;
import io.dualbid.core.model.Creative;
import io.dualbid.core.model.Flight;
import io.dualbid.core.model.LedgerSummary;
import io.dualbid.core.model.Multipliers;
import io.dualbid.core.model.Outcome;
import io.dualbid.core.model.Outcome.Kind;
import io.dualbid.core.model.PacingUpdate;
import io.dualbid.core.model.PacingUpdate.Position;
import io.dualbid.core.model.PacingUpdate.State;
import io.dualbid.core.model.PacingUpdate.Totals;
import io.dualbid.core.model.Plan;
import io.dualbid.core.model.Strategy;
import io.dualbid.core.model.Strategy.Constraint;
import io.dualbid.core.model.Targeting;
import io.dualbid.core.pacing.PacingConfig;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CampaignFoldTest {
  private static final long WINDOW = 1_000;

  /** A win window and a clock skew that make {@link #WINDOW} together. */
  static final PacingConfig PACING =
      new PacingConfig(100, 0.3, 0.3, 0.3, 200, 3_000, 1_000, 20, 980, 60_000, 1_000);

  private final CampaignFold fold = new CampaignFold("a", PACING);

  private static Campaign campaign(long budget, @Nullable Long daily) {
    return new Campaign(
        "a",
        "x.example",
        List.of(),
        Status.ACTIVE,
        budget,
        daily,
        new Flight(0, 1_000_000, ZoneOffset.UTC),
        Plan.EVEN,
        Strategy.budget(Objective.VALUE, Mirror.ENTROPY, 1),
        1,
        0.001,
        1_000,
        List.of(Creative.banner("b", 300, 250)),
        Targeting.ANY);
  }

  private static Bid bid(String request, long amount, long deadline) {
    return new Bid(
        BidId.of(request, "1"),
        request,
        "1",
        "a",
        "b",
        amount,
        7,
        3,
        0,
        deadline,
        0,
        0,
        0.5,
        2.0,
        null);
  }

  private static Outcome outcome(Bid bid, Kind kind, long price) {
    return new Outcome(bid.id() + kind.label(), kind, bid.id(), "a", 0, price, 0, null);
  }

  private static PacingUpdate published(long spent, long bids, long wins) {
    return new PacingUpdate(
        "a",
        1,
        State.ACTIVE,
        Multipliers.budget(1),
        null,
        new LedgerSummary(100, 100, spent, 0, 0),
        new Position(99, 99),
        new Totals(bids, 0, 0, wins, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0),
        null);
  }

  @Test
  void chargesTheClearingPriceOnce() {
    fold.define(campaign(100, null));
    Bid bid = bid("r", 50, 10);
    fold.bid(bid, 1, 10);
    fold.bid(bid, 2, 10);
    fold.outcome(outcome(bid, Kind.WIN, 30), 1, 20);
    fold.outcome(outcome(bid, Kind.WIN, 30), 2, 21);
    assertThat(fold.spentNanos()).isEqualTo(30);
    assertThat(fold.duplicates()).isEqualTo(2);
    assertThat(fold.breaches()).isEmpty();
    fold.publish(published(30, 1, 1));
    assertThat(fold.differences()).isEmpty();
  }

  private static Bid perClick(String request, long price) {
    return bid(request, 50, 10).paying(new ClickTerms(price, 0.1, 500));
  }

  private static PacingUpdate clicked(long spent, long bids, long wins, ClickCounts counts) {
    return new PacingUpdate(
        "a",
        1,
        State.ACTIVE,
        Multipliers.budget(1),
        null,
        new LedgerSummary(100, 100, spent, 0, 0),
        new Position(99, 99),
        new Totals(
            bids,
            0,
            0,
            wins,
            0,
            0,
            0,
            0,
            0,
            0,
            counts.charged() + counts.free() + counts.late(),
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            counts),
        null);
  }

  /**
   * Three clicks of 40 on a budget of 100: 40, 40, 20; a fourth is free, a repeated one nothing.
   */
  @Test
  void chargesClicksUpToTheBudgetAndCountsFreeOnes() {
    fold.define(campaign(100, null));
    for (int i = 0; i < 5; i++) {
      fold.bid(perClick("r" + i, 40), i, 10);
      fold.outcome(outcome(bid("r" + i, 50, 10), Kind.WIN, 30), 10 + i, 20);
    }
    for (int i = 0; i < 4; i++) {
      fold.outcome(outcome(bid("r" + i, 50, 10), Kind.CLICK, 0), 20 + i, 30);
      fold.outcome(outcome(bid("r" + i, 50, 10), Kind.CLICK, 0), 30 + i, 31);
    }
    assertThat(fold.spentNanos()).isEqualTo(100);
    assertThat(fold.freeClicks()).isEqualTo(1);
    assertThat(fold.duplicates()).isEqualTo(4);
    fold.publish(clicked(100, 5, 5, new ClickCounts(3, 1, 0, 60)));
    assertThat(fold.differences()).isEmpty();
    assertThat(fold.breaches()).isEmpty();
  }

  @Test
  void chargesNoClickAfterItsWindowNorASecondOneOnTheSameImpression() {
    fold.define(campaign(100, null));
    fold.bid(perClick("r", 40), 1, 10);
    fold.bid(perClick("s", 40), 2, 10);
    fold.outcome(outcome(bid("s", 50, 10), Kind.CLICK, 0), 3, 501);
    Bid won = bid("r", 50, 10);
    fold.outcome(outcome(won, Kind.CLICK, 0), 4, 500);
    fold.outcome(new Outcome("other", Kind.CLICK, won.id(), "a", 0, 0, 0, null), 5, 500);
    assertThat(fold.spentNanos()).isEqualTo(40);
    assertThat(fold.lateClicks()).isEqualTo(1);
    assertThat(fold.duplicates()).isEqualTo(1);
  }

  @Test
  void findsAPublishedLedgerThatChargesClicksOtherwise() {
    fold.define(campaign(100, null));
    fold.bid(perClick("r", 40), 1, 10);
    fold.outcome(outcome(bid("r", 50, 10), Kind.CLICK, 0), 3, 20);
    fold.publish(clicked(110, 1, 0, new ClickCounts(0, 1, 0, 0)));
    assertThat(fold.differences())
        .containsExactly(
            "a: spent nanos: 40 by the journal, 110 published",
            "a: free clicks: 0 by the journal, 1 published");
    assertThat(fold.breaches()).contains("a: clicks were charged 110 nanos, the budget is 100");
  }

  @Test
  void takesNoBidPastItsDeadline() {
    fold.define(campaign(100, null));
    Bid bid = bid("r", 50, 10);
    fold.bid(bid, 1, 11);
    fold.outcome(outcome(bid, Kind.WIN, 30), 1, 20);
    assertThat(fold.bids()).isZero();
    assertThat(fold.unmatched()).isEqualTo(1);
  }

  @Test
  void findsThatSpentAndReservedExceedTheBudget() {
    fold.define(campaign(100, null));
    fold.bid(bid("r", 60, 10), 1, 10);
    fold.bid(bid("s", 60, 10), 2, 10);
    assertThat(fold.breaches()).singleElement().asString().contains("reach 120 nanos");
  }

  @Test
  void letsMoneyOfALostBidBeBidAgain() {
    fold.define(campaign(100, null));
    Bid first = bid("r", 60, 10);
    fold.bid(first, 1, 10);
    fold.bid(bid("s", 60, 30), 2, 30);
    fold.outcome(outcome(first, Kind.LOSS, 0), 1, 20);
    assertThat(fold.breaches()).isEmpty();
  }

  @Test
  void findsThatADayCostTooMuch() {
    fold.define(campaign(1_000, 50L));
    Bid bid = bid("r", 60, 10);
    fold.bid(bid, 1, 10);
    fold.outcome(outcome(bid, Kind.WIN, 60), 1, 20);
    assertThat(fold.breaches()).singleElement().asString().contains("the daily budget is 50");
  }

  @Test
  void findsWhereThePublishedLedgerDiffers() {
    fold.define(campaign(100, null));
    Bid bid = bid("r", 50, 10);
    fold.bid(bid, 1, 10);
    fold.outcome(outcome(bid, Kind.WIN, 30), 1, 20);
    fold.publish(published(29, 1, 1));
    assertThat(fold.differences())
        .containsExactly("a: spent nanos: 30 by the journal, 29 published");
  }

  private static Campaign keeping(boolean strict) {
    return campaign(1_000, null).with(Strategy.value(1).keeping(Constraint.ROS, 2, strict));
  }

  private static Bid earning(String request, long amount, long credit, long deadline) {
    return new Bid(
        BidId.of(request, "1"),
        request,
        "1",
        "a",
        "b",
        amount,
        7,
        3,
        0,
        deadline,
        0,
        0,
        0.5,
        credit,
        2.0,
        null);
  }

  private static Outcome correction(Bid bid, double expected) {
    return new Outcome(
        bid.id() + "k" + expected,
        Kind.CORRECTION,
        bid.id(),
        "a",
        0,
        0,
        Outcome.UNKNOWN,
        0,
        null,
        0,
        expected);
  }

  /** Earns 10 at 5, then 20 at 50, which is 25 short. */
  private void fallShort() {
    Bid first = earning("r", 10, 10, 10);
    Bid second = earning("s", 50, 20, 30);
    fold.bid(first, 1, 10);
    fold.bid(second, 2, 30);
    fold.outcome(outcome(first, Kind.WIN, 5), 1, 20);
    fold.outcome(outcome(second, Kind.WIN, 50), 2, 40);
  }

  @Test
  void accusesACampaignThatIsStrictThroughoutAndFallsShort() {
    fold.define(keeping(true));
    fold.define(keeping(true));
    fallShort();
    assertThat(fold.breaches())
        .containsExactly("a: the return on spend falls short by 25 nanos at 40");
  }

  @Test
  void doesNotAccuseACampaignThatBecameStrictInFlight() {
    fold.define(keeping(false));
    fold.define(keeping(true));
    fallShort();
    assertThat(fold.breaches()).isEmpty();
  }

  @Test
  void doesNotAccuseACampaignThatCeasedToBeStrict() {
    fold.define(keeping(true));
    fold.define(keeping(false));
    fallShort();
    assertThat(fold.breaches()).isEmpty();
  }

  @Test
  void doesNotAccuseACampaignThatKeepsNoReturn() {
    fold.define(campaign(1_000, null));
    fallShort();
    assertThat(fold.breaches()).isEmpty();
  }

  /** A late win is charged though its risk is no longer reserved: beyond what is promised. */
  @Test
  void doesNotAccuseForALateWin() {
    fold.define(keeping(true));
    Bid late = earning("r", 50, 20, 10);
    fold.bid(late, 1, 10);
    fold.outcome(outcome(late, Kind.WIN, 50), 1, 10 + WINDOW + 1);
    assertThat(fold.breaches()).isEmpty();
  }

  @Test
  void accusesAtTheFirstMomentThoughItIsMadeGoodLater() {
    fold.define(keeping(true));
    fallShort();
    Bid third = earning("t", 100, 100, 50);
    fold.bid(third, 3, 50);
    fold.outcome(outcome(third, Kind.WIN, 1), 3, 60);
    assertThat(fold.breaches())
        .containsExactly("a: the return on spend falls short by 25 nanos at 40");
  }

  /** Slack that a prediction corrected upwards gave may be spent; one corrected down is a fact. */
  @Test
  void countsCorrectionsForTheCampaignOnly() {
    fold.define(keeping(true));
    Bid first = earning("r", 10, 10, 10);
    fold.bid(first, 1, 10);
    fold.outcome(outcome(first, Kind.WIN, 10), 1, 20);
    fold.outcome(correction(first, 80e-9), 2, 30);
    fold.outcome(correction(first, -60e-9), 3, 35);
    Bid second = earning("s", 50, 20, 30);
    fold.bid(second, 2, 30);
    fold.outcome(outcome(second, Kind.WIN, 50), 4, 40);
    assertThat(fold.breaches()).isEmpty();
    Bid third = earning("t", 40, 20, 45);
    fold.bid(third, 3, 45);
    fold.outcome(outcome(third, Kind.WIN, 40), 5, 50);
    assertThat(fold.breaches())
        .containsExactly("a: the return on spend falls short by 10 nanos at 50");
  }

  @Test
  void findsWhereRealisedValuesDiffer() {
    fold.define(campaign(100, null));
    Bid bid = bid("r", 50, 10);
    fold.bid(bid, 1, 10);
    fold.outcome(outcome(bid, Kind.WIN, 30), 1, 20);
    fold.outcome(new Outcome("v", Kind.CONVERSION, bid.id(), "a", 0, 0, 2.5, null), 2, 30);
    fold.publish(published(30, 1, 1));
    assertThat(fold.differences())
        .containsExactly(
            "a: conversions: 1 by the journal, 0 published",
            "a: realised value: 2.5 by the journal, 0.0 published");
  }

  @Test
  void countsAWinAfterItsWindowAsLateAndChargesIt() {
    fold.define(campaign(100, null));
    Bid bid = bid("r", 50, 10);
    fold.bid(bid, 1, 10);
    fold.outcome(outcome(bid, Kind.WIN, 30), 1, 10 + WINDOW + 1);
    assertThat(fold.lateWins()).isEqualTo(1);
    assertThat(fold.spentNanos()).isEqualTo(30);
  }
}
