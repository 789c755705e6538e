package io.dualbid.core.pacing;

import static org.assertj.core.api.Assertions.assertThat;

import io.dualbid.core.model.Bid;
import io.dualbid.core.model.BidId;
import io.dualbid.core.model.Campaign;
import io.dualbid.core.model.Heartbeat;
import io.dualbid.core.model.Lease;
import io.dualbid.core.model.Outcome;
import io.dualbid.core.model.PerClick;
import io.dualbid.core.model.Strategy;
import io.dualbid.core.model.Strategy.Constraint;
import java.util.List;
import org.junit.jupiter.api.Test;

/** When leases are made out, over how much, until when, and with what slack. */
class LeaseDeskTest {
  private static final long UNIT = 1_000_000_000L;
  private static final long START = 1_000_000;
  private static final long LENGTH = 1_000_000;
  private static final PacingConfig CONFIG =
      new PacingConfig(100, 0.3, 0.1, 0.3, 200, 3_000, 1_000, 20, 5_000, 60_000, 1_000);
  private static final List<Heartbeat> TWO =
      List.of(new Heartbeat(7, 0, START), new Heartbeat(8, 1, START));
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

  private final LeaseDesk desk = new LeaseDesk(CONFIG, 5, 0);
  private final Settlement settlement = new Settlement(CONFIG, new Ledger(1_000 * UNIT, null), 0);

  /** A thousand units over a thousand seconds, in bids of a unit at most. */
  private static Campaign campaign() {
    return Campaigns.campaign("a", 1_000 * UNIT, Campaigns.flight(START, START + LENGTH));
  }

  private List<Lease> grant(long now, Campaign campaign, List<Heartbeat> living) {
    return desk.grant(now, campaign, living, settlement, new PacingLoop(campaign, CONFIG));
  }

  @Test
  void opensWhenLeasesOfALostLifeAreOverAndThenNowAndThen() {
    LeaseDesk closed = new LeaseDesk(CONFIG, 5, START + 50);
    assertThat(closed.isDue(START + 49)).isFalse();
    assertThat(closed.isDue(START + 50)).isTrue();
    Campaign campaign = campaign();
    PacingLoop loop = new PacingLoop(campaign, CONFIG);
    assertThat(closed.grant(START + 50, campaign, List.of(), settlement, loop)).isEmpty();
    assertThat(closed.isDue(START + 249)).isFalse();
    assertThat(closed.isDue(START + 250)).isTrue();
  }

  /** Before anything was bid, ten times what is planned for the time to cover, in equal parts. */
  @Test
  void makesOutTheFirstLeasesByThePlan() {
    List<Lease> leases = grant(START, campaign(), TWO);
    assertThat(leases)
        .containsExactly(
            new Lease(5_000, "a", 7, 0, 5 * UNIT, 0, START + 3_000),
            new Lease(5_001, "a", 8, 1, 5 * UNIT, 0, START + 3_000));
    assertThat(settlement.summary().leasedNanos()).isEqualTo(10 * UNIT);
    // Whoever holds enough gets no more, until what it holds ends soon.
    assertThat(grant(START + 200, campaign(), TWO)).isEmpty();
    assertThat(grant(START + 1_999, campaign(), TWO)).isEmpty();
    List<Lease> next = grant(START + 2_000, campaign(), TWO);
    assertThat(next).extracting(Lease::id).containsExactly(5_002L, 5_003L);
    assertThat(next).extracting(Lease::expiryMillis).containsOnly(START + 5_000);
  }

  @Test
  void makesThemOutForTheStartOfTheFlightBeforeIt() {
    List<Lease> leases = grant(START - 900, campaign(), TWO);
    assertThat(leases).extracting(Lease::amountNanos).containsOnly(5 * UNIT);
    assertThat(leases).extracting(Lease::expiryMillis).containsOnly(START + 2_100);
  }

  /** Towards the end they live for half of what is left, and no less than a sixth of their life. */
  @Test
  void makesOutShorterLeasesTowardsTheEnd() {
    long end = START + LENGTH;
    assertThat(expiry(end - 6_000)).isEqualTo(end - 3_000);
    assertThat(expiry(end - 5_000)).isEqualTo(end - 2_500);
    assertThat(expiry(end - 2_000)).isEqualTo(end - 1_000);
    assertThat(expiry(end - 1_000)).isEqualTo(end - 500);
    assertThat(expiry(end - 800)).isEqualTo(end - 300);
    assertThat(expiry(end - 400)).isEqualTo(end - 1);
  }

  private long expiry(long now) {
    LeaseDesk fresh = new LeaseDesk(CONFIG, 5, 0);
    Settlement own = new Settlement(CONFIG, new Ledger(1_000 * UNIT, null), 0);
    Campaign campaign = campaign();
    List<Lease> leases = fresh.grant(now, campaign, TWO, own, new PacingLoop(campaign, CONFIG));
    assertThat(leases).hasSize(2);
    return leases.get(0).expiryMillis();
  }

  /** What was bid in the last second, for as long as a lease is to cover. */
  @Test
  void followsWhatEachSubtaskBids() {
    grant(START, campaign(), TWO);
    for (int i = 0; i < 10; i++) {
      bid(5_000, i, UNIT / 2, 0);
      desk.drawn(0, UNIT / 2);
    }
    bid(5_001, 10, UNIT, 0);
    desk.drawn(1, UNIT);
    // All of 5 was bid in half a second, of which the average takes half: 5 a second. The subtask
    // ran dry, so it gets twice that.
    List<Lease> leases = grant(START + 500, campaign(), TWO);
    assertThat(leases).hasSize(1);
    assertThat(leases.get(0).subtask()).isZero();
    assertThat(leases.get(0).amountNanos()).isEqualTo(10 * UNIT);
  }

  private void bid(long lease, int number, long amount, long credit) {
    Bid bid =
        new Bid(
            BidId.of("r" + number, "1"),
            "r" + number,
            "1",
            "a",
            "banner",
            amount,
            lease,
            0,
            0,
            START + 300,
            START + 100,
            1,
            0.5,
            credit,
            1.0,
            null);
    settlement.bid(bid, START + 110, DEAF);
    Outcome win =
        new Outcome("o" + number, Outcome.Kind.WIN, bid.id(), "a", START + 120, amount, 0, null);
    settlement.outcome(win, START + 120, DEAF);
  }

  @Test
  void saysWhetherLeasesAreForClicks() {
    assertThat(grant(START, campaign(), TWO)).extracting(Lease::perClick).containsOnly(false);
    Campaign clicks = campaign().paying(new PerClick(UNIT, 60_000));
    Settlement other = new Settlement(CONFIG, new Ledger(1_000 * UNIT, null), 0);
    List<Lease> leases =
        new LeaseDesk(CONFIG, 5, 0)
            .grant(START, clicks, TWO, other, new PacingLoop(clicks, CONFIG));
    assertThat(leases).extracting(Lease::perClick).containsOnly(true);
    assertThat(leases).extracting(Lease::slackNanos).containsOnly(Lease.ANY_SLACK);
    assertThat(other.summary().leasedNanos()).isZero();
    assertThat(other.summary().expected().leasedNanos()).isEqualTo(10 * UNIT);
  }

  /**
   * A strict return: what wins earned beyond their cost is leased in proportion to money, of which
   * one holder, another each time, gets enough to carry it.
   */
  @Test
  void leasesSlackWithEnoughMoneyToCarryIt() {
    Campaign strict = campaign().with(Strategy.value(1).keeping(Constraint.ROS, 1, true));
    settlement.follow(strict);
    List<Lease> first = grant(START, strict, TWO);
    assertThat(first).extracting(Lease::slackNanos).containsOnly(0L);
    bid(5_000, 1, UNIT, 9 * UNIT);
    assertThat(settlement.slackNanos()).isEqualTo(8 * UNIT);
    List<Lease> second = grant(START + 200, strict, TWO);
    // Twice the slack and twenty bids, which is less than a quarter of what there is.
    assertThat(second).extracting(Lease::subtask).containsExactly(1);
    assertThat(second.get(0).amountNanos()).isEqualTo((16 + 20) * UNIT);
    assertThat(second.get(0).slackNanos()).isEqualTo(8 * UNIT);
    assertThat(settlement.availableSlack()).isZero();
    // Less than a tenth of what is leased is not worth a lease.
    bid(5_000, 2, UNIT / 2, UNIT);
    assertThat(settlement.availableSlack()).isEqualTo(UNIT / 2);
    assertThat(grant(START + 400, strict, TWO)).extracting(Lease::slackNanos).containsOnly(0L);
    bid(5_000, 3, UNIT / 2, UNIT);
    List<Lease> third = grant(START + 600, strict, TWO);
    assertThat(third).extracting(Lease::subtask).containsExactly(0);
    assertThat(third.get(0).slackNanos()).isEqualTo(UNIT);
    assertThat(third.get(0).amountNanos()).isEqualTo((2 + 20) * UNIT);
  }

  @Test
  void splitsSlackByMoneyAndCarriesNoMoreThanAQuarterOfWhatOthersLeave() {
    Campaign strict = campaign().with(Strategy.value(1).keeping(Constraint.ROS, 1, true));
    settlement.follow(strict);
    settlement.setBudgets(60 * UNIT, null);
    settlement.grant(new Lease(5_000, "a", 7, 0, 2 * UNIT, 0, START + 150));
    bid(5_000, 1, UNIT, 9 * UNIT);
    Campaign small = strict.withBudget(60 * UNIT);
    settlement.advance(START + 200);
    List<Lease> leases = grant(START + 200, small, TWO);
    // Each needs two bids at least; of the other 57 a quarter.
    assertThat(leases).extracting(Lease::amountNanos).containsExactly(2 * UNIT, 57 * UNIT / 4);
    assertThat(leases)
        .extracting(Lease::slackNanos)
        .containsExactly((long) (8 * UNIT * (2 / 16.25)), (long) (8 * UNIT * (14.25 / 16.25)));
  }
}
