package io.dualbid.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.dualbid.core.bidding.DualAllocation;
import io.dualbid.core.engine.ContentRequest.Candidate;
import io.dualbid.core.engine.PlacementDecision.Out;
import io.dualbid.core.engine.PlacementDecision.Shown;
import io.dualbid.core.model.Bid;
import io.dualbid.core.model.BidRequest;
import io.dualbid.core.model.Campaign;
import io.dualbid.core.model.ClickTerms;
import io.dualbid.core.model.Lease;
import io.dualbid.core.model.Multipliers;
import io.dualbid.core.model.PacingUpdate.State;
import io.dualbid.core.model.PerClick;
import io.dualbid.core.model.Reason;
import io.dualbid.core.pacing.Campaigns;
import io.dualbid.core.placement.Limits;
import io.dualbid.core.placement.LossReason;
import io.dualbid.core.placement.PlacementInstance;
import io.dualbid.core.placement.UserModel;
import io.dualbid.core.targeting.FrequencyCounter;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** Ads in texts, paid out of leases. */
class PlacerTest {
  private static final long NOW = 1_000_000;
  private static final long US = 77;
  private static final long UNIT = 1_000_000_000L;
  private static final long WINDOW = 60_000;

  private long leases;

  private static Placer placer() {
    Placer placer =
        new Placer(
            new BidderConfig(false, 20, 3_000, 0.3, new DualAllocation()),
            US,
            new FrequencyCounter(1024, 1_000));
    placer.warmedUp();
    return placer;
  }

  private void start(Placer placer, Campaign campaign, double multiplier, long leaseNanos) {
    placer.define(campaign);
    placer.pacing(campaign.id(), 1, Multipliers.budget(multiplier), State.ACTIVE, NOW);
    placer.lease(
        new Lease(
            leases++,
            campaign.id(),
            US,
            0,
            leaseNanos,
            Lease.ANY_SLACK,
            0,
            NOW + 3_000,
            campaign.perClick() != null),
        NOW);
  }

  private static Campaign impressions(String id) {
    return Campaigns.campaign(id, 100 * UNIT, Campaigns.flight(0, 10_000_000));
  }

  private static Campaign clicks(String id, double price) {
    return impressions(id).paying(new PerClick(Math.round(price * UNIT), WINDOW));
  }

  private static Candidate creative(String campaign, Double... weights) {
    return new Candidate(campaign, "words of " + campaign, List.of(weights), List.of(), Set.of());
  }

  private static ContentRequest request(String id, int positions, Candidate... candidates) {
    BidRequest context =
        new BidRequest(
            id, NOW, 200, false, "USD", true, List.of(), null, null, null, null, List.of(),
            List.of(), List.of(), List.of());
    return new ContentRequest(
        context,
        PlacementInstance.positions(positions),
        new UserModel.Mnl(),
        Limits.of(positions),
        false,
        List.of(candidates));
  }

  private static ClickTerms terms(Bid bid) {
    return Objects.requireNonNull(bid.click());
  }

  /**
   * One advertiser's bids of 4 and 1 for one place of weight 0.5 and 0.6: the winner pays what the
   * other would earn.
   */
  @Test
  void chargesAClickWhatTheAuctionAsks() {
    Placer placer = placer();
    start(placer, clicks("a", 4), 1, UNIT * 10);
    start(placer, clicks("b", 1), 1, UNIT * 10);
    PlacementDecision decision =
        placer.decide(request("r", 1, creative("a", 0.5), creative("b", 0.6)), NOW, 9);
    assertThat(decision.reason()).isNull();
    assertThat(decision.shown()).hasSize(1);
    Bid bid = decision.shown().get(0).bid();
    // Without a, b earns 0.6 / 1.6 = 0.375 a showing; a is clicked with probability 1/3.
    assertThat(terms(bid).priceNanos()).isEqualTo(1_125_000_000L);
    assertThat(terms(bid).clickRate()).isCloseTo(1 / 3.0, within(1e-12));
    assertThat(terms(bid).untilMillis()).isEqualTo(bid.deadlineMillis() + WINDOW);
    assertThat(bid.reservedNanos()).isEqualTo(375_000_000L);
    assertThat(bid.subtask()).isEqualTo(9);
    assertThat(bid.creative()).isEqualTo("words of a");
    assertThat(decision.auction()).isNotNull();
    assertThat(Objects.requireNonNull(decision.auction()).lost())
        .extracting(lost -> lost.reason())
        .containsExactly(LossReason.DILUTES);
  }

  /** A shadow price of 2 halves what a click is worth, so the other one wins. */
  @Test
  void bidsUnderItsMultiplier() {
    Placer placer = placer();
    start(placer, clicks("a", 4), 2, UNIT * 10);
    start(placer, clicks("b", 3), 1, UNIT * 10);
    PlacementDecision decision =
        placer.decide(request("r", 1, creative("a", 0.5), creative("b", 0.5)), NOW, 0);
    assertThat(decision.shown()).hasSize(1);
    assertThat(decision.shown().get(0).bid().campaign()).isEqualTo("b");
    assertThat(terms(decision.shown().get(0).bid()).priceNanos()).isEqualTo(2 * UNIT);
  }

  @Test
  void chargesAnImpressionItsExpectedPayment() {
    Placer placer = placer();
    start(placer, impressions("a"), 1, UNIT);
    start(placer, clicks("b", 0.5), 1, UNIT);
    Campaign a = impressions("a");
    PlacementDecision decision =
        placer.decide(request("r", 1, creative("a", 0.004), creative("b", 0.002)), NOW, 0);
    Bid bid = decision.shown().get(0).bid();
    double expected = 0.5 * 0.002 / 1.002;
    assertThat(a.valuePerClick()).isEqualTo(1);
    assertThat(bid.click()).isNull();
    assertThat(bid.amountNanos()).isEqualTo((long) (expected * 1e9));
    assertThat(bid.value()).isCloseTo(0.004 / 1.004, within(1e-12));
  }

  @Test
  void stakesNoMoreThanItsLeases() {
    Placer placer = placer();
    start(placer, impressions("a"), 1, 1_000);
    start(placer, clicks("b", 1), 1, 1_000);
    start(placer, clicks("c", 1), 1, UNIT);
    PlacementDecision decision =
        placer.decide(
            request("r", 1, creative("a", 0.004), creative("b", 0.5), creative("c", 0.5)), NOW, 0);
    assertThat(decision.out()).containsExactly(new Out("b", Reason.LEASE_EMPTY));
    // A showing of a is worth what its lease holds, 1,000 nanos, and c is clicked every third time.
    assertThat(decision.shown()).extracting(s -> s.bid().campaign()).containsExactly("c");
    assertThat(terms(decision.shown().get(0).bid()).priceNanos()).isBetween(2_990L, 3_000L);
  }

  @Test
  void promisesTheSameAgain() {
    Placer one = placer();
    Placer other = placer();
    for (Placer placer : List.of(one, other)) {
      start(placer, clicks("a", 2), 1, UNIT);
    }
    ContentRequest request = request("r", 2, creative("a", 0.1, 0.2));
    Bid bid = one.decide(request, NOW, 0).shown().get(0).bid();
    assertThat(other.decide(request, NOW + 5, 1).shown().get(0).bid().id()).isEqualTo(bid.id());
    assertThat(bid.impressionId()).isEqualTo("1/a");
    // Alone it would be free; the journal knows no promise of nothing.
    assertThat(terms(bid).priceNanos()).isEqualTo(1);
  }

  @Test
  void saysWhyNobodyIsShown() {
    Placer cold =
        new Placer(
            new BidderConfig(false, 20, 3_000, 0.3, new DualAllocation()),
            US,
            new FrequencyCounter(1024, 1_000));
    assertThat(cold.decide(request("r", 1), NOW, 0).reason()).isEqualTo(Reason.WARMING_UP);
    Placer placer = placer();
    assertThat(placer.decide(request("r", 1), NOW + 201, 0).reason())
        .isEqualTo(Reason.REQUEST_EXPIRED);
    assertThat(placer.decide(request("r", 0), NOW, 0).reason()).isEqualTo(Reason.NO_IMPRESSION);
    assertThat(placer.decide(request("r", 1, creative("x", 0.1)), NOW, 0).out())
        .containsExactly(new Out("x", Reason.NO_CANDIDATE));
    start(placer, clicks("a", 1).with(Campaign.Status.PAUSED), 1, UNIT);
    assertThat(placer.decide(request("r", 1, creative("a", 0.1)), NOW, 0).reason())
        .isEqualTo(Reason.NOT_ACTIVE);
    start(placer, clicks("a", 1), 1, UNIT);
    assertThat(placer.decide(request("r", 1, creative("a", 0.0)), NOW, 0).reason())
        .isEqualTo(Reason.NO_VALUE);
  }

  /** Whatever is asked, bids on a lease never sum to more than it holds. */
  @Property(tries = 300)
  void neverDrawsMoreThanIsLeased(@ForAll long seed) {
    Random random = new Random(seed);
    Placer placer = placer();
    long[] lease = new long[4];
    for (int c = 0; c < lease.length; c++) {
      lease[c] = 1 + (long) (random.nextDouble() * random.nextDouble() * 2 * UNIT);
      Campaign campaign =
          random.nextBoolean() ? clicks("c" + c, 0.1 + random.nextDouble()) : impressions("c" + c);
      start(placer, campaign, 0.5 + random.nextDouble(), lease[c]);
    }
    long[] drawn = new long[lease.length];
    for (int r = 0; r < 40; r++) {
      List<Candidate> candidates = new ArrayList<>();
      for (int c = 0; c < lease.length; c++) {
        candidates.add(creative("c" + c, random.nextDouble(), random.nextDouble()));
      }
      ContentRequest request = request("r" + r, 2, candidates.toArray(new Candidate[0]));
      for (Shown shown : placer.decide(request, NOW, 0).shown()) {
        int c = shown.bid().campaign().charAt(1) - '0';
        drawn[c] += shown.bid().reservedNanos();
        assertThat(drawn[c]).isLessThanOrEqualTo(lease[c]);
      }
    }
  }
}
