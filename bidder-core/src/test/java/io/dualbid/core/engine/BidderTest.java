package io.dualbid.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.dualbid.core.model.BidRequest;
import io.dualbid.core.model.Campaign;
import io.dualbid.core.model.Campaign.Objective;
import io.dualbid.core.model.Creative;
import io.dualbid.core.model.FrequencyCap;
import io.dualbid.core.model.Impression;
import io.dualbid.core.model.Lease;
import io.dualbid.core.model.PacingUpdate.State;
import io.dualbid.core.model.Reason;
import io.dualbid.core.model.Targeting;
import io.dualbid.core.pacing.Campaigns;
import io.dualbid.core.targeting.FrequencyCounter;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class BidderTest {
  private static final long NOW = 1_000_000;
  private static final long US = 77;
  private static final long UNIT = 1_000_000_000L;

  private final Bidder bidder =
      new Bidder(new BidderConfig(false, 20, 3_000), US, new FrequencyCounter(1024, 1_000));
  private final Answer answer = new Answer();

  private static Campaign campaign(String id) {
    return Campaigns.campaign(id, 100 * UNIT, Campaigns.flight(0, 10_000_000));
  }

  private static Campaign with(Campaign c, Objective objective, Targeting targeting) {
    return new Campaign(
        c.id(),
        c.advertiserDomain(),
        c.categories(),
        c.status(),
        c.budgetNanos(),
        c.dailyBudgetNanos(),
        c.flight(),
        c.plan(),
        objective,
        c.mirror(),
        c.valuePerClick(),
        c.clickRate(),
        c.maxBidNanos(),
        c.startMultiplier(),
        c.creatives(),
        targeting);
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
    bidder.pacing(campaign.id(), 1, multiplier, State.ACTIVE, NOW);
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
    bidder.pacing("a", 2, 1, State.ACTIVE, NOW + 3_001);
    bidder.decide(later, NOW + 3_001, answer);
    assertThat(answer.reason()).isEqualTo(Reason.LEASE_EMPTY);
  }

  @Test
  void letsTheNewestEpochCount() {
    start(campaign("a"), 2, UNIT);
    bidder.pacing("a", 5, 4, State.ACTIVE, NOW);
    bidder.pacing("a", 3, 1, State.ACTIVE, NOW);
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
    bidder.pacing("c", 2, 0.5, State.ACTIVE, NOW);
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
    bidder.pacing("a", 9, 1, State.HALTED, NOW);
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
            c.objective(),
            c.mirror(),
            1,
            0.001,
            UNIT,
            1,
            List.of(Creative.banner("wide", 728, 90), Creative.banner("square", 300, 250)),
            Targeting.ANY);
    start(two, 1, UNIT);
    assertThat(offered(request("r", impression("1", 0.01, 0))).creative().id()).isEqualTo("square");
  }
}
