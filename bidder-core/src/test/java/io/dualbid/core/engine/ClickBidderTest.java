package io.dualbid.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.dualbid.core.bidding.BalanceAllocation;
import io.dualbid.core.bidding.ClickAllocation;
import io.dualbid.core.bidding.DualAllocation;
import io.dualbid.core.bidding.HighestBidAllocation;
import io.dualbid.core.bidding.PerturbedAllocation;
import io.dualbid.core.bidding.ValueMaximiser;
import io.dualbid.core.matching.Discount;
import io.dualbid.core.matching.Ranks;
import io.dualbid.core.model.Bid;
import io.dualbid.core.model.BidRequest;
import io.dualbid.core.model.Campaign;
import io.dualbid.core.model.ClickTerms;
import io.dualbid.core.model.Impression;
import io.dualbid.core.model.Lease;
import io.dualbid.core.model.Multipliers;
import io.dualbid.core.model.PacingUpdate.State;
import io.dualbid.core.model.PerClick;
import io.dualbid.core.model.Reason;
import io.dualbid.core.pacing.Campaigns;
import io.dualbid.core.targeting.FrequencyCounter;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** Bids that pay by the click, and who of several campaigns makes them. */
class ClickBidderTest {
  private static final long NOW = 1_000_000;
  private static final long US = 77;
  private static final long UNIT = 1_000_000_000L;
  private static final long WINDOW = 60_000;

  private final Answer answer = new Answer();

  private static Bidder bidder(ClickAllocation allocation) {
    Bidder bidder =
        new Bidder(
            new BidderConfig(false, 20, 3_000, 0.3, allocation),
            US,
            new FrequencyCounter(1024, 1_000));
    bidder.warmedUp();
    return bidder;
  }

  private static Campaign impressions(String id) {
    return Campaigns.campaign(id, 100 * UNIT, Campaigns.flight(0, 10_000_000));
  }

  private static Campaign clicks(String id, double price) {
    return impressions(id).paying(new PerClick(Math.round(price * UNIT), WINDOW));
  }

  private static void start(Bidder bidder, Campaign campaign, double multiplier, double load) {
    bidder.define(campaign);
    Multipliers told = Multipliers.budget(multiplier).loaded(load);
    bidder.pacing(campaign.id(), 1, told, State.ACTIVE, NOW);
    lease(bidder, campaign.id(), UNIT, true);
  }

  private static void lease(Bidder bidder, String campaign, long amount, boolean perClick) {
    bidder.lease(
        new Lease(1, campaign, US, 0, amount, Lease.ANY_SLACK, 0, NOW + 3_000, perClick), NOW);
  }

  private static BidRequest request(String id, double clickRate, long floorNanos) {
    Impression i = Impression.banner("1", 300, 250);
    Impression impression =
        new Impression(
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
    return new BidRequest(
        id,
        NOW,
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
        List.of(impression));
  }

  private Bid bid(Bidder bidder, BidRequest request) {
    bidder.decide(request, NOW, answer);
    assertThat(answer.size()).as("offers; reason %s", answer.reason()).isEqualTo(1);
    return answer.offer(0).toBid(request.id(), 0, NOW);
  }

  private Reason declined(Bidder bidder, BidRequest request) {
    bidder.decide(request, NOW, answer);
    assertThat(answer.size()).isZero();
    return answer.reason();
  }

  @Test
  void bidsWhatTheClickIsExpectedToBringAndDrawsAsMuch() {
    Bidder bidder = bidder(new HighestBidAllocation());
    start(bidder, clicks("a", 0.5), 4, 0.7);
    Bid bid = bid(bidder, request("r", 0.02, 0));
    assertThat(bid.amountNanos()).isEqualTo(UNIT / 100);
    assertThat(bid.reservedNanos()).isEqualTo(UNIT / 100);
    assertThat(bid.click())
        .isEqualTo(new ClickTerms(UNIT / 2, 0.02, bid.deadlineMillis() + WINDOW));
    assertThat(bid.value()).isEqualTo(0.02);
    assertThat(bid.multiplier()).isEqualTo(1);
  }

  /** At μ = 4 it bids a quarter, and still draws all that the click is expected to cost. */
  @Test
  void lowersTheBidByTheShadowPriceOnly() {
    Bidder bidder = bidder(new DualAllocation());
    start(bidder, clicks("a", 0.5), 4, 0);
    Bid bid = bid(bidder, request("r", 0.02, 0));
    assertThat(bid.amountNanos()).isEqualTo(UNIT / 400);
    assertThat(bid.multiplier()).isEqualTo(4);
    assertThat(bid.reservedNanos()).isEqualTo(UNIT / 100);
    assertThat(declined(bidder, request("s", 0.02, UNIT / 399))).isEqualTo(Reason.BELOW_FLOOR);
    Bidder balance = bidder(new BalanceAllocation(Discount.MSVV));
    start(balance, clicks("a", 0.5), 4, 0.9);
    assertThat(bid(balance, request("s", 0.02, UNIT / 399)).amountNanos()).isEqualTo(UNIT / 100);
  }

  /** Below μ = 1 nothing is gained: a click brings no more than its price. */
  @Test
  void neverBidsMoreThanAClickBrings() {
    Bidder bidder = bidder(new DualAllocation());
    start(bidder, clicks("a", 0.5), 0.01, 0);
    assertThat(bid(bidder, request("r", 1, 0)).amountNanos()).isEqualTo(UNIT / 2);
  }

  @Test
  void makesNoBidThatItsLeaseDoesNotCoverInFull() {
    Bidder bidder = bidder(new HighestBidAllocation());
    bidder.define(clicks("a", 0.5));
    lease(bidder, "a", UNIT / 100 + 5, true);
    bid(bidder, request("r", 0.02, 0));
    assertThat(declined(bidder, request("s", 0.02, 0))).isEqualTo(Reason.LEASE_EMPTY);
  }

  @Test
  void usesLeasesForWhatItPaysForOnly() {
    Bidder bidder = bidder(new HighestBidAllocation());
    bidder.define(impressions("a"));
    lease(bidder, "a", UNIT, true);
    assertThat(declined(bidder, request("r", 0.02, 0))).isEqualTo(Reason.LEASE_EMPTY);
    lease(bidder, "a", UNIT, false);
    assertThat(bid(bidder, request("s", 0.02, 0)).paysPerClick()).isFalse();
    bidder.define(clicks("a", 0.5));
    assertThat(declined(bidder, request("t", 0.02, 0))).isEqualTo(Reason.LEASE_EMPTY);
    lease(bidder, "a", UNIT, true);
    assertThat(bid(bidder, request("u", 0.02, 0)).paysPerClick()).isTrue();
  }

  @Test
  void makesNoBidWhereNoClickIsExpected() {
    Bidder bidder = bidder(new HighestBidAllocation());
    start(bidder, clicks("a", 0.5), 1, 0);
    assertThat(declined(bidder, request("r", 0, 0))).isEqualTo(Reason.NO_VALUE);
  }

  /**
   * The worked step of the matching specification: a of price 2 at load 0.5 and p = 0.4 beats b of
   * price 1.5 at load 0 and p = 0.3 by 0.31478 to 0.28445; at load 0.9 it has 0.07613 and loses.
   * Here p is one for both, so b's price carries the difference: 1.5 · 0.3 = 1.125 · 0.4.
   */
  @Test
  void balancesByTheLoad() {
    Bidder bidder = bidder(new BalanceAllocation(Discount.MSVV));
    start(bidder, clicks("a", 2), 1, 0.5);
    start(bidder, clicks("b", 1.125), 1, 0);
    assertThat(bid(bidder, request("r", 0.4, 0)).campaign()).isEqualTo("a");
    assertThat(answer.offer(0).score() / UNIT).isCloseTo(0.31478, within(1e-5));
    bidder.pacing("a", 2, Multipliers.budget(1).loaded(0.9), State.ACTIVE, NOW);
    assertThat(bid(bidder, request("s", 0.4, 0)).campaign()).isEqualTo("b");
    assertThat(answer.offer(0).score() / UNIT).isCloseTo(0.28445, within(1e-5));
  }

  @Test
  void takesTheLeastLoadWhereAllAreUsedUp() {
    Bidder bidder = bidder(new BalanceAllocation(Discount.MSVV));
    start(bidder, clicks("a", 2), 1, 1.2);
    start(bidder, clicks("b", 1), 1, 1.1);
    assertThat(bid(bidder, request("r", 0.1, 0)).campaign()).isEqualTo("b");
    Bidder other = bidder(new BalanceAllocation(Discount.EXP));
    start(other, clicks("a", 2), 1, 1.2);
    start(other, clicks("b", 1), 1, 1.1);
    assertThat(bid(other, request("r", 0.1, 0)).campaign()).isEqualTo("a");
  }

  @Test
  void perturbsByARankThatIsTheCampaignsOwn() {
    PerturbedAllocation policy = new PerturbedAllocation(9);
    double rank = Ranks.of(9, "a");
    assertThat(policy.discount("a", ValueMaximiser.INSTANCE, Multipliers.budget(1)))
        .isEqualTo(1 - StrictMath.exp(rank - 1));
    assertThat(Ranks.of(9, "a")).isNotEqualTo(Ranks.of(10, "a")).isNotEqualTo(Ranks.of(9, "b"));
  }

  /** What pays for impressions ranks by its bid, which its multiplier has discounted already. */
  @Test
  void ranksClicksBesideImpressions() {
    Bidder bidder = bidder(new BalanceAllocation(Discount.MSVV));
    start(bidder, clicks("a", 1), 1, 0.5);
    Campaign other = impressions("b");
    bidder.define(other);
    bidder.pacing("b", 1, Multipliers.budget(10), State.ACTIVE, NOW);
    lease(bidder, "b", UNIT, false);
    // 1 · 0.1 · (1 - e^-0.5) = 0.0393 of a click against 0.1 / 10 of an impression.
    assertThat(bid(bidder, request("r", 0.1, 0)).campaign()).isEqualTo("a");
    bidder.pacing("b", 2, Multipliers.budget(1), State.ACTIVE, NOW);
    // 0.1 at a ranking factor of 0.7 at least.
    assertThat(bid(bidder, request("s", 0.1, 0)).campaign()).isEqualTo("b");
  }

  /** The order in which candidates are looked at changes nothing: the best of all is offered. */
  @Property(tries = 300)
  void offersTheBestOfAllCandidates(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    ClickAllocation[] policies = {
      new HighestBidAllocation(),
      new BalanceAllocation(Discount.MSVV),
      new BalanceAllocation(Discount.EXP),
      new PerturbedAllocation(seed)
    };
    ClickAllocation policy = policies[random.nextInt(policies.length)];
    Bidder bidder = bidder(policy);
    String best = "";
    double most = -1;
    double least = 0;
    for (int i = 0; i < 12; i++) {
      String id = "c" + (char) ('a' + i);
      double price = (1 + random.nextInt(4)) / 4.0;
      Multipliers told = Multipliers.budget(1).loaded(random.nextInt(8) / 6.0);
      start(bidder, clicks(id, price), 1, told.load());
      double key = price * 0.25 * policy.discount(id, ValueMaximiser.INSTANCE, told);
      double second = policy.second(told);
      if (key > most || (key == most && second < least)) {
        best = id;
        most = key;
        least = second;
      }
    }
    assertThat(bid(bidder, request("r" + seed, 0.25, 0)).campaign()).isEqualTo(best);
  }
}
