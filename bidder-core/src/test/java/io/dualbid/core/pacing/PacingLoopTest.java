package io.dualbid.core.pacing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.dualbid.core.model.Attribution;
import io.dualbid.core.model.Bid;
import io.dualbid.core.model.BidId;
import io.dualbid.core.model.Campaign;
import io.dualbid.core.model.Campaign.Mirror;
import io.dualbid.core.model.Campaign.Objective;
import io.dualbid.core.model.Outcome;
import io.dualbid.core.model.PerClick;
import io.dualbid.core.model.Strategy;
import io.dualbid.core.model.Strategy.AuctionType;
import io.dualbid.core.model.Strategy.Constraint;
import io.dualbid.core.model.Strategy.Step;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * What one period of the loop makes of what became known in it, to the last bit: with a Euclidean
 * map and a small constant step the multiplier tells the gradient, and so the plan.
 */
class PacingLoopTest {
  private static final long UNIT = 1_000_000_000L;
  private static final long START = 1_000_000;
  private static final long LENGTH = 100_000;
  private static final double STEP = 1e-6;

  /** Caps of steps are far off. */
  private static final PacingConfig CONFIG =
      new PacingConfig(100, 0.3, 0.1, 1e9, 200, 3_000, 1_000, 20, 5_000, 60_000, 1_000);

  private final List<Double> ages = new ArrayList<>();
  private final Ledger ledger = new Ledger(100 * UNIT, null);

  private static Campaign campaign() {
    return Campaigns.campaign("a", 100 * UNIT, Campaigns.flight(START, START + LENGTH))
        .with(
            Strategy.budget(Objective.VALUE, Mirror.EUCLIDEAN, 1)
                .stepping(new Step(Step.Kind.CONSTANT, STEP)));
  }

  private static Campaign keeping(Constraint constraint, Attribution attribution) {
    return campaign()
        .with(Strategy.value(1).keeping(constraint, 1, false).attributing(attribution));
  }

  private static Settlement.Notice won(long price) {
    return new Settlement.Notice(true, price, Outcome.UNKNOWN, 0);
  }

  private PacingLoop started(Campaign campaign) {
    PacingLoop loop = new PacingLoop(campaign, CONFIG);
    loop.step(START, ledger, true, ages::add);
    return loop;
  }

  private void charge(long price) {
    ledger.lease(0, price);
    ledger.reserve(0, price);
    ledger.settle(0, price, price);
  }

  private static Bid bid(long epoch, long decided) {
    return new Bid(
        BidId.of("r", "1"),
        "r",
        "1",
        "a",
        "banner",
        UNIT,
        1,
        0,
        0,
        decided + 200,
        decided,
        epoch,
        0.5,
        1.0,
        null);
  }

  /** The planned spend that a step saw, from what it did to the multiplier. */
  private static double planned(PacingLoop loop, double before, double auctions, double spent) {
    double gradient = (before - loop.multipliers().budget()) / STEP;
    return spent / (1 - gradient / auctions);
  }

  @Test
  void comparesThePeriodsSpendWithThePlanOfWhatIsLeftButForOpenBids() {
    PacingLoop loop = started(campaign());
    charge(3 * UNIT);
    charge(UNIT);
    ledger.lease(0, 8 * UNIT);
    ledger.reserve(0, 8 * UNIT);
    loop.resolved(START + 10, 4 * UNIT, 3 * UNIT, 0, won(3 * UNIT));
    loop.resolved(START + 20, 2 * UNIT, UNIT, 0, won(UNIT));
    loop.step(START + 100, ledger, true, ages::add);
    // Open bids cost what bids have cost, per unit reserved; the newest counts most.
    double share = (0.999 * 3 + 1) / (0.999 * 4 + 2);
    double left = 100 - 4 + 4 - 8 * share;
    assertThat(planned(loop, 1, 2, 4)).isCloseTo(left * 100 / LENGTH, within(1e-7));
    // Nothing more became known: the next period has nothing spent, and one slot.
    double before = loop.multipliers().budget();
    loop.step(START + 110, ledger, true, ages::add);
    assertThat((before - loop.multipliers().budget()) / STEP).isCloseTo(1, within(1e-6));
  }

  @Test
  void expectsShownClicksInFullAndBidsByTheirShare() {
    PacingLoop loop = started(campaign());
    charge(2 * UNIT);
    ledger.expectLease(0, 20 * UNIT);
    ledger.expectBid(0, 6 * UNIT, START + 5_000);
    ledger.expectBid(0, 5 * UNIT, START + 5_000);
    ledger.expectClick(0, 5 * UNIT);
    loop.resolved(START + 10, 4 * UNIT, 2 * UNIT, 0, won(2 * UNIT));
    loop.step(START + 100, ledger, true, ages::add);
    double left = 100 - 2 + 2 - 5 - 6 * 0.5;
    assertThat(planned(loop, 1, 1, 2)).isCloseTo(left * 100 / LENGTH, within(1e-7));
    // For leases nothing of the moment itself has been spent.
    assertThat(loop.plannedSpend(START + 100, START + 1_100, ledger))
        .isCloseTo((98 - 5 - 3) * 1_000.0 / (LENGTH - 100), within(1e-9));
  }

  @Test
  void letsTimePassWithoutAStepWhileTheCampaignMayNotBid() {
    PacingLoop loop = started(campaign());
    charge(3 * UNIT);
    loop.resolved(START + 10, 4 * UNIT, 3 * UNIT, 0, won(3 * UNIT));
    loop.step(START + 100, ledger, false, ages::add);
    assertThat(loop.multipliers().budget()).isEqualTo(1);
    assertThat(ages).hasSize(1);
    // What came meanwhile is not made up for, and the next period begins where this one ended.
    charge(UNIT);
    loop.resolved(START + 110, 2 * UNIT, UNIT, 0, won(UNIT));
    loop.step(START + 300, ledger, true, ages::add);
    double left = 100 - 4 + 1;
    assertThat(planned(loop, 1, 1, 1)).isCloseTo(left * 200 / (LENGTH - 100.0), within(1e-7));
    assertThat(ages).hasSize(2);
    // A second look at the same moment changes nothing.
    double before = loop.multipliers().budget();
    loop.step(START + 300, ledger, true, ages::add);
    assertThat(loop.multipliers().budget()).isEqualTo(before);
    assertThat(ages).hasSize(2);
  }

  /** From the step whose multiplier a bid was made with, to the step that knows its outcome. */
  @Test
  void tellsTheAgeOfEachOutcomeOnce() {
    PacingLoop loop = started(campaign());
    assertThat(loop.feedbackAgeMillis()).isEqualTo(1_000);
    loop.used(bid(START, START + 40));
    loop.used(bid(START, START + 70));
    loop.used(bid(0, START + 1)); // made before any step
    for (int i = 0; i < 130; i++) {
      loop.resolved(START + 50 + i / 10, UNIT, 0, 0, new Settlement.Notice(false, 0, -1, 0));
    }
    loop.step(START + 100, ledger, true, ages::add);
    assertThat(ages).hasSize(130);
    assertThat(ages.get(0)).isEqualTo(50 + 40);
    assertThat(ages.get(129)).isEqualTo(38 + 40);
    // Nine in ten keep below, by bins that grow by a quarter; and the way.
    assertThat(loop.feedbackAgeMillis()).isBetween(50.0 + 40, 50 * 1.25 + 40);
    loop.step(START + 200, ledger, true, ages::add);
    assertThat(ages).hasSize(130);
    // Two windows later nothing is known of it any more.
    loop.step(START + 10_300, ledger, true, ages::add);
    loop.step(START + 20_400, ledger, true, ages::add);
    loop.step(START + 30_500, ledger, true, ages::add);
    assertThat(loop.feedbackAgeMillis()).isEqualTo(1_000);
  }

  private double lambdaAfter(double before, double gained, double squares, double sumBefore) {
    return before * StrictMath.exp(-0.1 / Math.sqrt(100 + sumBefore + squares) * gained);
  }

  /** The return's multiplier moves by what wins earned, as calibrated, less what they cost. */
  @Test
  void gainsWhatWinsEarnAsCalibratedLessWhatTheyCost() {
    PacingLoop loop = started(keeping(Constraint.ROS, Attribution.NONE));
    loop.calibrate(0.5, 0);
    assertThat(loop.multipliers().calibration()).isEqualTo(0.5);
    loop.resolved(START + 10, 2 * UNIT, UNIT, 4 * UNIT, won(UNIT));
    loop.charged(3 * UNIT, 2 * UNIT);
    loop.corrected(6 * UNIT);
    loop.step(START + 100, ledger, true, ages::add);
    double gained = (0.5 * 4 - 1) + (0.5 * 2 - 3) + 0.5 * 6;
    double squares = 1 + 4 + 9;
    double lambda = lambdaAfter(1, gained, squares, 0);
    assertThat(loop.multipliers().ros()).isCloseTo(lambda, within(1e-12));
    // Each counts in one period only.
    loop.charged(UNIT, 0);
    loop.step(START + 200, ledger, true, ages::add);
    assertThat(loop.multipliers().ros())
        .isCloseTo(lambdaAfter(lambda, -1, 1, squares), within(1e-12));
  }

  /** What the wins of the window are valued anew by is made good over a quarter of it. */
  @Test
  void makesGoodWhatAnotherCalibrationChanges() {
    PacingLoop loop = started(keeping(Constraint.ROS, new Attribution(4_000, true)));
    loop.calibrate(1.5, 8 * UNIT);
    loop.step(START + 100, ledger, true, ages::add);
    double lambda = lambdaAfter(1, 4 * 0.1, 0, 0);
    assertThat(loop.multipliers().ros()).isCloseTo(lambda, within(1e-12));
    // The same factor again owes nothing more.
    loop.calibrate(1.5, 800 * UNIT);
    loop.step(START + 600, ledger, true, ages::add);
    double next = lambdaAfter(lambda, 3.6 * 0.5, 0, 0);
    assertThat(loop.multipliers().ros()).isCloseTo(next, within(1e-12));
    loop.step(START + 2_600, ledger, true, ages::add);
    double last = lambdaAfter(next, 1.8, 0, 0);
    assertThat(loop.multipliers().ros()).isCloseTo(last, within(1e-12));
    loop.step(START + 2_700, ledger, true, ages::add);
    assertThat(loop.multipliers().ros()).isCloseTo(last, within(1e-12));
  }

  @Test
  void watchesPricesOnlyWhereTheBidIsPaidAndTheImpression() {
    Strategy value = Strategy.value(1);
    for (AuctionType auction : AuctionType.values()) {
      for (boolean perClick : new boolean[] {false, true}) {
        Campaign campaign = campaign().with(value.in(auction));
        PacingLoop loop =
            started(perClick ? campaign.paying(new PerClick(UNIT, 60_000)) : campaign);
        for (int i = 0; i < 60; i++) {
          loop.resolved(START + 10, UNIT, UNIT, 0, won(UNIT));
        }
        loop.step(START + 100, ledger, true, ages::add);
        loop.step(START + 1_099, ledger, true, ages::add);
        assertThat(loop.landscape()).isNull();
        loop.step(START + 1_100, ledger, true, ages::add);
        boolean watched = auction != AuctionType.SECOND_PRICE && !perClick;
        assertThat(loop.landscape() != null).as("%s %s", auction, perClick).isEqualTo(watched);
      }
    }
  }

  @Test
  void hasThePlansCalendar() {
    PacingLoop loop = started(campaign());
    assertThat(loop.day(3 * 86_400_000L + 5)).isEqualTo(3);
    assertThat(loop.planned(START + LENGTH / 4, ledger)).isEqualTo(25);
    loop.redefine(campaign().withBudget(40 * UNIT));
    assertThat(loop.planned(START + LENGTH / 4, ledger)).isEqualTo(10);
  }
}
