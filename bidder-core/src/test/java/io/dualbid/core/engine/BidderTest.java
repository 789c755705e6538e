package io.dualbid.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.dualbid.core.model.BidRequest;
import io.dualbid.core.model.Campaign;
import io.dualbid.core.model.Campaign.Mirror;
import io.dualbid.core.model.Campaign.Objective;
import io.dualbid.core.model.Creative;
import io.dualbid.core.model.FrequencyCap;
import io.dualbid.core.model.Impression;
import io.dualbid.core.model.Lease;
import io.dualbid.core.model.LedgerSummary;
import io.dualbid.core.model.Money;
import io.dualbid.core.model.Multipliers;
import io.dualbid.core.model.PacingUpdate;
import io.dualbid.core.model.PacingUpdate.State;
import io.dualbid.core.model.PriceCurve;
import io.dualbid.core.model.Reason;
import io.dualbid.core.model.Strategy;
import io.dualbid.core.model.Strategy.AuctionType;
import io.dualbid.core.model.Strategy.Constraint;
import io.dualbid.core.model.Targeting;
import io.dualbid.core.pacing.Campaigns;
import io.dualbid.core.targeting.FrequencyCounter;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class BidderTest {
  private static final long NOW = 1_000_000;
  private static final long US = 77;
  private static final long UNIT = 1_000_000_000L;

  private final Bidder bidder =
      new Bidder(new BidderConfig(false, 20, 3_000, 0), US, new FrequencyCounter(1024, 1_000));
  private final Answer answer = new Answer();

  private static Campaign campaign(String id) {
    return Campaigns.campaign(id, 100 * UNIT, Campaigns.flight(0, 10_000_000));
  }

  private static Campaign with(Campaign c, Objective objective, Targeting targeting) {
    return c.with(Strategy.budget(objective, Mirror.ENTROPY, 1)).with(targeting);
  }

  private static Impression impression(String id, double clickRate, long floorNanos) {
    Impression i = Impression.banner(id, 300, 250);
    return new Impression(
        i.id(),
        i.types(),
        i.sizes(),
        i.videoSize(),
        i.minDurationSeconds(),
        i.maxDurationSeconds(),
        floorNanos,
        false,
        List.of(),
        List.of(),
        clickRate);
  }

  private static BidRequest request(
      String id, @Nullable String user, List<Impression> impressions) {
    return new BidRequest(
        id,
        NOW,
        200,
        false,
        "USD",
        true,
        List.of("a.example"),
        "USA",
        null,
        null,
        user,
        List.of(),
        List.of(),
        List.of(),
        impressions);
  }

  private static BidRequest request(String id, Impression... impressions) {
    return request(id, null, List.of(impressions));
  }

  private void lease(String campaign, long id, long amount, long incarnation, long expiry) {
    bidder.lease(new Lease(id, campaign, incarnation, 0, amount, 0, expiry), NOW);
  }

  private void start(Campaign campaign, double multiplier, long leased) {
    bidder.define(campaign);
    bidder.pacing(campaign.id(), 1, Multipliers.budget(multiplier), State.ACTIVE, NOW);
    if (leased > 0) {
      lease(campaign.id(), 1, leased, US, NOW + 3_000);
    }
    bidder.warmedUp();
  }

  private Reason declined(BidRequest request) {
    bidder.decide(request, NOW, answer);
    assertThat(answer.size()).isZero();
    return answer.reason();
  }

  private Offer offered(BidRequest request) {
    bidder.decide(request, NOW, answer);
    assertThat(answer.size()).as("offers; reason %s", answer.reason()).isEqualTo(1);
    return answer.offer(0);
  }

  @Test
  void bidsValueOverMultiplierForValue() {
    start(campaign("a"), 2, UNIT);
    // 0.01 clicks of value 1 over multiplier 2.
    assertThat(offered(request("r", impression("1", 0.01, 0))).amountNanos()).isEqualTo(5_000_000);
  }

  @Test
  void bidsValueOverOnePlusMultiplierForProfit() {
    start(with(campaign("a"), Objective.PROFIT, Targeting.ANY), 1, UNIT);
    assertThat(offered(request("r", impression("1", 0.01, 0))).amountNanos()).isEqualTo(5_000_000);
  }

  @Test
  void usesTheCampaignsClickRateWhereTheRequestPredictsNone() {
    start(campaign("a"), 1, UNIT);
    assertThat(offered(request("r", impression("1", Double.NaN, 0))).amountNanos())
        .isEqualTo(1_000_000);
  }

  @Test
  void neverBidsAboveTheCampaignsHighestBid() {
    start(campaign("a"), 1e-9, 10 * UNIT);
    assertThat(offered(request("r", impression("1", 0.5, 0))).amountNanos()).isEqualTo(UNIT);
  }

  @Test
  void takesEachBidOutOfTheLeaseAndStopsWhenItIsEmpty() {
    start(campaign("a"), 1, 25_000_000);
    assertThat(offered(request("1", impression("1", 0.01, 0))).amountNanos()).isEqualTo(10_000_000);
    assertThat(offered(request("2", impression("1", 0.01, 0))).amountNanos()).isEqualTo(10_000_000);
    // What is left covers half of the third.
    assertThat(offered(request("3", impression("1", 0.01, 0))).amountNanos()).isEqualTo(5_000_000);
    assertThat(declined(request("4", impression("1", 0.01, 0)))).isEqualTo(Reason.LEASE_EMPTY);
  }

  @Test
  void spendsNoLeaseOfAnotherIncarnation() {
    start(campaign("a"), 1, 0);
    lease("a", 2, UNIT, US + 1, NOW + 3_000);
    assertThat(declined(request("r", impression("1", 0.01, 0)))).isEqualTo(Reason.LEASE_EMPTY);
  }

  @Test
  void spendsNoLeasePastItsExpiryLessTheSkew() {
    start(campaign("a"), 1, 0);
    lease("a", 2, UNIT, US, NOW + 10);
    assertThat(declined(request("r", impression("1", 0.01, 0)))).isEqualTo(Reason.LEASE_EMPTY);
  }

  @Test
  void endsABidWithTheRequestOrWithItsLease() {
    start(campaign("a"), 1, 0);
    lease("a", 2, UNIT, US, NOW + 120);
    assertThat(offered(request("r", impression("1", 0.01, 0))).deadlineMillis())
        .isEqualTo(NOW + 120);
    lease("a", 3, 100 * UNIT, US, NOW + 3_000);
    bidder.decide(request("s", impression("1", 0.9, 0)), NOW, answer);
    assertThat(answer.offer(0).deadlineMillis()).isLessThanOrEqualTo(NOW + 200);
  }

  @Test
  void saysThatPacingIsSilentWhenNothingCameForALeasesLifetime() {
    start(campaign("a"), 1, 0);
    BidRequest later =
        new BidRequest(
            "r",
            NOW + 3_001,
            200,
            false,
            "USD",
            true,
            List.of(),
            null,
            null,
            null,
            null,
            List.of(),
            List.of(),
            List.of(),
            List.of(impression("1", 0.01, 0)));
    bidder.decide(later, NOW + 3_001, answer);
    assertThat(answer.reason()).isEqualTo(Reason.PACING_SILENT);
    bidder.pacing("a", 2, Multipliers.budget(1), State.ACTIVE, NOW + 3_001);
    bidder.decide(later, NOW + 3_001, answer);
    assertThat(answer.reason()).isEqualTo(Reason.LEASE_EMPTY);
  }

  @Test
  void letsTheNewestEpochCount() {
    start(campaign("a"), 2, UNIT);
    bidder.pacing("a", 5, Multipliers.budget(4), State.ACTIVE, NOW);
    bidder.pacing("a", 3, Multipliers.budget(1), State.ACTIVE, NOW);
    Offer offer = offered(request("r", impression("1", 0.01, 0)));
    assertThat(offer.multiplier()).isEqualTo(4);
    assertThat(offer.epoch()).isEqualTo(5);
  }

  @Test
  void offersTheHighestBidAndOfEqualOnesTheFirstId() {
    start(campaign("b"), 1, UNIT);
    start(campaign("a"), 1, UNIT);
    start(campaign("c"), 2, UNIT);
    assertThat(offered(request("r", impression("1", 0.01, 0))).campaign().id()).isEqualTo("a");
    bidder.pacing("c", 2, Multipliers.budget(0.5), State.ACTIVE, NOW);
    assertThat(offered(request("s", impression("1", 0.01, 0))).campaign().id()).isEqualTo("c");
  }

  @Test
  void letsACampaignBidForOneImpressionOfARequest() {
    start(campaign("a"), 1, UNIT);
    start(campaign("b"), 2, UNIT);
    bidder.decide(request("r", impression("1", 0.01, 0), impression("2", 0.01, 0)), NOW, answer);
    assertThat(answer.size()).isEqualTo(2);
    assertThat(answer.offer(0).campaign().id()).isEqualTo("a");
    assertThat(answer.offer(1).campaign().id()).isEqualTo("b");
    assertThat(answer.offer(1).impression().id()).isEqualTo("2");
  }

  @Test
  void tellsWhyARequestAsAWholeGetsNoBid() {
    BidRequest fine = request("r", impression("1", 0.01, 0));
    bidder.define(campaign("a"));
    assertThat(declined(fine)).isEqualTo(Reason.WARMING_UP);
    bidder.warmedUp();
    bidder.decide(fine, NOW + 201, answer);
    assertThat(answer.reason()).isEqualTo(Reason.REQUEST_EXPIRED);
    assertThat(declined(request("r"))).isEqualTo(Reason.NO_IMPRESSION);
    BidRequest f = fine;
    assertThat(
            declined(
                new BidRequest(
                    "r",
                    NOW,
                    200,
                    true,
                    "USD",
                    true,
                    f.places(),
                    null,
                    null,
                    null,
                    null,
                    List.of(),
                    List.of(),
                    List.of(),
                    f.impressions())))
        .isEqualTo(Reason.TEST_REQUEST);
    assertThat(
            declined(
                new BidRequest(
                    "r",
                    NOW,
                    200,
                    false,
                    "USD",
                    false,
                    f.places(),
                    null,
                    null,
                    null,
                    null,
                    List.of(),
                    List.of(),
                    List.of(),
                    f.impressions())))
        .isEqualTo(Reason.SEAT_NOT_ALLOWED);
    assertThat(
            declined(
                new BidRequest(
                    "r",
                    NOW,
                    200,
                    false,
                    null,
                    true,
                    f.places(),
                    null,
                    null,
                    null,
                    null,
                    List.of(),
                    List.of(),
                    List.of(),
                    f.impressions())))
        .isEqualTo(Reason.CURRENCY_UNKNOWN);
  }

  @Test
  void tellsTheReasonThatCameClosestToABid() {
    start(campaign("a"), 1, UNIT);
    assertThat(declined(request("r", Impression.banner("1", 728, 90))))
        .isEqualTo(Reason.NO_CANDIDATE);
    assertThat(declined(request("r", impression("1", 0.01, 20_000_000))))
        .isEqualTo(Reason.BELOW_FLOOR);
    assertThat(declined(request("r", impression("1", 0.01, Impression.FLOOR_UNKNOWN))))
        .isEqualTo(Reason.FLOOR_CURRENCY_UNKNOWN);
    assertThat(declined(request("r", impression("1", 0, 0)))).isEqualTo(Reason.NO_VALUE);
    bidder.pacing("a", 9, Multipliers.budget(1), State.HALTED, NOW);
    assertThat(declined(request("r", impression("1", 0.01, 0)))).isEqualTo(Reason.NOT_ACTIVE);
  }

  /** As from a pacing process that is taken for dead, or from whoever else may write there. */
  @Test
  void aHaltOfATimeThatIsNotYetEndsWithTheNextNewsOfTheLivingOwner() {
    start(campaign("a"), 1, UNIT);
    for (long epoch : new long[] {NOW + 200, NOW + 600_000, Long.MAX_VALUE}) {
      bidder.pacing("a", epoch, Multipliers.budget(1), State.HALTED, NOW);
      assertThat(declined(request("r", impression("1", 0.01, 0)))).isEqualTo(Reason.NOT_ACTIVE);
      bidder.pacing("a", NOW - 50, Multipliers.budget(1), State.ACTIVE, NOW);
      assertThat(offered(request("r" + epoch, impression("1", 0.01, 0))).amountNanos())
          .isPositive();
    }
    // Of times that have been the greatest still counts.
    bidder.pacing("a", NOW - 20, Multipliers.budget(1), State.HALTED, NOW);
    bidder.pacing("a", NOW - 50, Multipliers.budget(1), State.ACTIVE, NOW);
    assertThat(declined(request("r", impression("1", 0.01, 0)))).isEqualTo(Reason.NOT_ACTIVE);
  }

  @Test
  void forgetsACampaignThatIsWithdrawnAndTakesItUpAgain() {
    start(campaign("a"), 1, UNIT);
    bidder.remove("a");
    assertThat(declined(request("r", impression("1", 0.01, 0)))).isEqualTo(Reason.NO_CANDIDATE);
    bidder.define(campaign("a"));
    assertThat(offered(request("r", impression("1", 0.01, 0))).campaign().id()).isEqualTo("a");
  }

  @Test
  void countsOpenBidsAndWinsTowardsTheFrequencyCap() {
    Targeting twice =
        new Targeting(
            Set.of(),
            Set.of(),
            Set.of(),
            Set.of(),
            Set.of(),
            Set.of(),
            Set.of(),
            Set.of(),
            List.of(),
            new FrequencyCap(2, 60_000));
    start(with(campaign("a"), Objective.VALUE, twice), 1, UNIT);
    List<Impression> one = List.of(impression("1", 0.01, 0));
    Offer first = offered(request("1", "user", one));
    Long key = first.userKey();
    assertThat(key).isNotNull();
    offered(request("2", "user", one));
    // Two bids are open: a third might be a third impression.
    assertThat(declined(request("3", "user", one))).isEqualTo(Reason.FREQUENCY_CAPPED);
    assertThat(offered(request("4", "another", one)).campaign().id()).isEqualTo("a");
    assertThat(offered(request("5", null, one)).userKey()).isNull();
  }

  @Test
  void makesTheSameBidOfTheSameRequest() {
    start(campaign("a"), 1, UNIT);
    BidRequest request = request("r", impression("1", 0.01, 0));
    assertThat(offered(request).toBid("r", 0, NOW).id())
        .isEqualTo(offered(request).toBid("r", 0, NOW).id());
  }

  @Test
  void servesTheCreativeThatFits() {
    Campaign c = campaign("a");
    Campaign two =
        new Campaign(
            "a",
            "x.example",
            List.of(),
            c.status(),
            c.budgetNanos(),
            null,
            c.flight(),
            c.plan(),
            Strategy.value(1),
            1,
            0.001,
            UNIT,
            List.of(Creative.banner("wide", 728, 90), Creative.banner("square", 300, 250)),
            Targeting.ANY);
    start(two, 1, UNIT);
    assertThat(offered(request("r", impression("1", 0.01, 0))).creative().id()).isEqualTo("square");
  }

  @Test
  void keepsAReturnOnSpendByBothMultipliers() {
    Strategy both = Strategy.value(1).keeping(Constraint.BOTH, 2, false);
    bidder.define(campaign("a").with(both));
    bidder.pacing("a", 1, new Multipliers(0.5, 1.5, 1), State.ACTIVE, NOW);
    lease("a", 1, UNIT, US, NOW + 3_000);
    bidder.warmedUp();
    Offer offer = offered(request("r", impression("1", 0.01, 0)));
    // w = 0.01 / 2; (1 + 1.5) / (1.5 + 0.5) of it.
    assertThat(offer.creditNanos()).isEqualTo(5_000_000);
    assertThat(offer.amountNanos()).isEqualTo(6_250_000);
  }

  @Test
  void exceedsWhatABidEarnsOutOfLeasedSlackOnly() {
    Strategy strict = Strategy.value(1).keeping(Constraint.ROS, 1, true);
    bidder.define(campaign("a").with(strict));
    bidder.pacing("a", 1, new Multipliers(0, 1, 1), State.ACTIVE, NOW);
    bidder.lease(new Lease(1, "a", US, 0, UNIT, 3_000_000, 0, NOW + 3_000), NOW);
    bidder.warmedUp();
    // It would bid twice its credit of 0.01; the slack reaches for 0.003 more, once.
    assertThat(offered(request("1", impression("1", 0.01, 0))).amountNanos()).isEqualTo(13_000_000);
    assertThat(offered(request("2", impression("1", 0.01, 0))).amountNanos()).isEqualTo(10_000_000);
  }

  @Test
  void shadesItsBidWhereTheWinnerPaysIt() {
    Campaign shading = campaign("a").with(Strategy.value(1).in(AuctionType.FIRST_PRICE));
    start(shading, 1, UNIT);
    assertThat(offered(request("1", impression("1", 0.01, 0))).amountNanos()).isEqualTo(5_000_000);
    bidder.pacing(
        update("a", new PriceCurve(List.of(0.002, 0.004, 0.009), List.of(0.3, 0.8, 1.0))), NOW);
    // 0.008 * 0.3, 0.006 * 0.8, 0.001 * 1: the second is worth most.
    assertThat(offered(request("2", impression("1", 0.01, 0))).amountNanos()).isEqualTo(4_000_000);
    assertThat(declined(request("3", impression("1", 0.01, 20_000_000))))
        .isEqualTo(Reason.NO_VALUE);
  }

  private static PacingUpdate update(String id, PriceCurve curve) {
    return new PacingUpdate(
        id,
        2,
        State.ACTIVE,
        Multipliers.budget(1),
        curve,
        new LedgerSummary(0, 0, 0, 0, 0),
        PacingUpdate.Position.START,
        new PacingUpdate.Totals(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0),
        null);
  }

  @Test
  void staysAwayFromTheShareOfAuctionsThatItIsToldTo() {
    start(campaign("a"), 1, UNIT);
    bidder.pacing("a", 2, new Multipliers(1, 0, 0.25), State.ACTIVE, NOW);
    int bids = 0;
    int requests = 2_000;
    for (int i = 0; i < requests; i++) {
      bidder.decide(request("r" + i, impression("1", 0.0001, 0)), NOW, answer);
      if (answer.size() > 0) {
        bids++;
      } else {
        assertThat(answer.reason()).isEqualTo(Reason.THROTTLED);
      }
    }
    // Five standard deviations of a binomial share, under one fixed draw for each request.
    double deviation = Math.sqrt(0.25 * 0.75 / requests);
    assertThat((double) bids / requests).isBetween(0.25 - 5 * deviation, 0.25 + 5 * deviation);
  }

  @Test
  void letsCampaignsOfOneTasteShareWithinTheSpread() {
    Bidder spread =
        new Bidder(new BidderConfig(false, 20, 3_000, 0.3), US, new FrequencyCounter(1024, 1_000));
    for (String id : List.of("a", "b", "c")) {
      spread.define(campaign(id));
      spread.lease(new Lease(1, id, US, 0, 1_000 * UNIT, 0, NOW + 3_000), NOW);
    }
    spread.pacing("a", 1, Multipliers.budget(1), State.ACTIVE, NOW);
    spread.pacing("b", 1, Multipliers.budget(1.1), State.ACTIVE, NOW);
    // Below 1 - 0.3 of the highest: never ranks first.
    spread.pacing("c", 1, Multipliers.budget(1.5), State.ACTIVE, NOW);
    spread.warmedUp();
    Map<String, Integer> served = new TreeMap<>();
    for (int i = 0; i < 1_000; i++) {
      spread.decide(request("r" + i, impression("1", 0.01, 0)), NOW, answer);
      served.merge(answer.offer(0).campaign().id(), 1, Integer::sum);
    }
    assertThat(served).containsOnlyKeys("a", "b");
    // P(1 - 0.3u < (1 - 0.3v) / 1.1) for uniform u, v: the area of a triangle, 0.240.
    assertThat(served.get("b")).isBetween(170, 310);
  }

  /** Looking at the highest first and at no more than needed finds what looking at all finds. */
  @Property(tries = 200)
  void offersWhatAPlainLookAtAllCandidatesFinds(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Bidder tried =
        new Bidder(new BidderConfig(false, 0, 3_000, 0), US, new FrequencyCounter(1024, 1_000));
    int count = 1 + random.nextInt(30);
    long best = 0;
    String bestId = "";
    double rate = 0.02 * random.nextDouble();
    for (int i = 0; i < count; i++) {
      String id = "c" + i;
      double multiplier = 1 + random.nextInt(8);
      long leased = random.nextInt(4) == 0 ? 0 : (long) (0.02 * UNIT * random.nextDouble());
      boolean paused = random.nextInt(5) == 0;
      Campaign campaign = campaign(id);
      tried.define(paused ? campaign.with(Campaign.Status.PAUSED) : campaign);
      tried.pacing(id, 1, Multipliers.budget(multiplier), State.ACTIVE, NOW);
      if (leased > 0) {
        tried.lease(new Lease(1, id, US, 0, leased, 0, NOW + 3_000), NOW);
      }
      long amount = paused ? 0 : Math.min(leased, Money.floorNanos(rate / multiplier));
      if (amount > best || (amount == best && amount > 0 && id.compareTo(bestId) < 0)) {
        best = amount;
        bestId = id;
      }
    }
    tried.warmedUp();
    tried.decide(request("r", impression("1", rate, 0)), NOW, answer);
    assertThat(answer.size()).isEqualTo(best > 0 ? 1 : 0);
    if (best > 0) {
      assertThat(answer.offer(0).campaign().id()).isEqualTo(bestId);
      assertThat(answer.offer(0).amountNanos()).isEqualTo(best);
    }
  }
}
