package io.dualbid.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.dualbid.core.bidding.BalanceAllocation;
import io.dualbid.core.bidding.ClickAllocation;
import io.dualbid.core.bidding.DualAllocation;
import io.dualbid.core.bidding.HighestBidAllocation;
import io.dualbid.core.engine.ContentRequest.Candidate;
import io.dualbid.core.engine.PlacementDecision.Shown;
import io.dualbid.core.matching.Discount;
import io.dualbid.core.model.Bid;
import io.dualbid.core.model.BidRequest;
import io.dualbid.core.model.Campaign;
import io.dualbid.core.model.Campaign.Mirror;
import io.dualbid.core.model.Campaign.Objective;
import io.dualbid.core.model.ClickTerms;
import io.dualbid.core.model.Impression;
import io.dualbid.core.model.Lease;
import io.dualbid.core.model.LedgerSummary;
import io.dualbid.core.model.Multipliers;
import io.dualbid.core.model.PacingUpdate;
import io.dualbid.core.model.PacingUpdate.State;
import io.dualbid.core.model.PerClick;
import io.dualbid.core.model.PriceCurve;
import io.dualbid.core.model.Reason;
import io.dualbid.core.model.Strategy;
import io.dualbid.core.model.Strategy.AuctionType;
import io.dualbid.core.model.Strategy.Constraint;
import io.dualbid.core.model.Strategy.Method;
import io.dualbid.core.pacing.Campaigns;
import io.dualbid.core.placement.Limits;
import io.dualbid.core.placement.PlacementInstance;
import io.dualbid.core.placement.UserModel;
import io.dualbid.core.targeting.FrequencyCounter;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;

/**
 * What bidders and placers promise, against the formulas written out once more: the budget's
 * multiplier, that of the return on spend, the calibration, the click rate, the participation and
 * the shading each enter a decision, and enter it once.
 */
class DecisionFormulaTest {
  private static final long NOW = 1_000_000;
  private static final long US = 77;
  private static final long UNIT = 1_000_000_000L;
  private static final long PLENTY = 1_000_000 * UNIT;

  /** Two roundings down to whole nanos, and the last bits of a double. */
  private static final double ROUNDED = 2;

  /** A campaign that keeps what, told what, and asked what. */
  private record Case(
      Objective objective,
      Constraint constraint,
      Method method,
      double target,
      boolean firstPrice,
      @Nullable PriceCurve curve,
      Multipliers told,
      double valuePerClick,
      double ownRate,
      double askedRate,
      long highest,
      long floor) {

    double rate() {
      return Double.isNaN(askedRate) ? ownRate : askedRate;
    }

    /**
     * What a win that is worth so much is bid for, in account currency, with nothing in between.
     */
    double truthful(double value) {
      double mu = told.budget();
      double lambda = told.ros();
      double earned = value / target;
      boolean worth = objective == Objective.VALUE;
      if (constraint == Constraint.BUDGET) {
        return worth ? value / mu : value / (1 + mu);
      }
      if (constraint == Constraint.ROS) {
        return worth ? earned * (1 + lambda) / lambda : (value + lambda * earned) / (1 + lambda);
      }
      double budget = worth ? earned / mu : value / (1 + mu);
      double returns =
          worth ? earned * (1 + lambda) / lambda : (value + lambda * earned) / (1 + lambda);
      return switch (method) {
        case MIN -> Math.min(budget, returns);
        case SEQUENTIAL -> returns / (worth ? mu : 1 + mu);
        default ->
            worth
                ? earned * (1 + lambda) / (lambda + mu)
                : (value + lambda * earned) / (1 + lambda + mu);
      };
    }

    /** The bid in nanos, at most the highest one. */
    double bid() {
      double bid = truthful(told.calibration() * valuePerClick * rate());
      return Math.min((double) highest, Math.floor((firstPrice ? shaded(bid) : bid) * 1e9));
    }

    private double shaded(double worth) {
      double least = Math.max(0, floor) / 1e9;
      PriceCurve known = curve;
      if (known == null) {
        return Math.max(worth / 2, Math.min(worth, least));
      }
      // The price of the curve, or the floor, at which worth less price times chance is highest.
      double best = 0;
      double bid = 0;
      double chanceAtFloor = 0;
      for (int i = 0; i < known.prices().size(); i++) {
        double price = known.prices().get(i);
        double chance = known.probabilities().get(i);
        if (price <= least) {
          chanceAtFloor = chance;
        } else if ((worth - price) * chance > best) {
          best = (worth - price) * chance;
          bid = price;
        }
      }
      return least > 0
              && (worth - least) * chanceAtFloor >= best
              && (worth - least) * chanceAtFloor > 0
          ? least
          : bid;
    }

    Campaign campaign(String id) {
      Campaign plain = Campaigns.campaign(id, PLENTY, Campaigns.flight(0, 10_000_000));
      Strategy strategy = Strategy.budget(objective, Mirror.ENTROPY, 1);
      if (constraint != Constraint.BUDGET) {
        strategy = strategy.keeping(constraint, target, false);
      }
      return new Campaign(
          id,
          plain.advertiserDomain(),
          plain.categories(),
          plain.status(),
          plain.budgetNanos(),
          null,
          plain.flight(),
          plain.plan(),
          strategy.by(method).in(firstPrice ? AuctionType.FIRST_PRICE : AuctionType.SECOND_PRICE),
          valuePerClick,
          ownRate,
          highest,
          plain.creatives(),
          plain.targeting());
    }
  }

  private static Case random(SplittableRandom random) {
    Constraint constraint = List.of(Constraint.values()).get(random.nextInt(3));
    Method method =
        constraint == Constraint.BOTH
            ? List.of(Method.DUAL, Method.MIN, Method.SEQUENTIAL).get(random.nextInt(3))
            : Method.DUAL;
    boolean first = random.nextInt(3) == 0;
    return new Case(
        List.of(Objective.values()).get(random.nextInt(2)),
        constraint,
        method,
        0.5 + 2 * random.nextDouble(),
        first,
        first && random.nextBoolean()
            ? new PriceCurve(List.of(0.001, 0.002, 0.004, 0.009), List.of(0.2, 0.45, 0.8, 1.0))
            : null,
        new Multipliers(
            0.2 + 2 * random.nextDouble(),
            0.1 + 2 * random.nextDouble(),
            1,
            0.5 + 1.5 * random.nextDouble()),
        0.5 + random.nextDouble(),
        0.02 * random.nextDouble(),
        random.nextBoolean() ? Double.NaN : 0.02 * random.nextDouble(),
        random.nextInt(4) == 0 ? UNIT / 200 : UNIT,
        random.nextInt(4) == 0 ? (long) (0.004 * UNIT * random.nextDouble()) : 0);
  }

  private static PacingUpdate update(String id, Multipliers told, @Nullable PriceCurve curve) {
    return new PacingUpdate(
        id,
        7,
        State.ACTIVE,
        told,
        curve,
        new LedgerSummary(0, 0, 0, 0, 0),
        PacingUpdate.Position.START,
        new PacingUpdate.Totals(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0),
        null);
  }

  private static void start(
      CampaignHolder holder, Campaign campaign, Multipliers told, @Nullable PriceCurve curve) {
    holder.define(campaign);
    holder.pacing(update(campaign.id(), told, curve), NOW);
    holder.lease(
        new Lease(
            1,
            campaign.id(),
            US,
            0,
            PLENTY,
            Lease.ANY_SLACK,
            0,
            NOW + 3_000,
            campaign.perClick() != null),
        NOW);
    holder.warmedUp();
  }

  private static Bidder bidder(ClickAllocation allocation) {
    return new Bidder(
        new BidderConfig(false, 20, 3_000, 0, allocation), US, new FrequencyCounter(1024, 1_000));
  }

  private static BidRequest request(String id, List<Impression> impressions) {
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
        impressions);
  }

  private static BidRequest request(String id, double clickRate, long floorNanos) {
    Impression i = Impression.banner("1", 300, 250);
    return request(
        id,
        List.of(
            new Impression(
                "1",
                i.types(),
                i.sizes(),
                i.videoSize(),
                i.minDurationSeconds(),
                i.maxDurationSeconds(),
                floorNanos,
                false,
                List.of(),
                List.of(),
                clickRate)));
  }

  @Property(tries = 2_000)
  void bidsByTheFormulaOfItsStrategy(@ForAll long seed) {
    Case asked = random(new SplittableRandom(seed));
    Bidder bidder = bidder(new DualAllocation());
    start(bidder, asked.campaign("a"), asked.told(), asked.curve());
    Answer answer = new Answer();
    bidder.decide(request("r", asked.askedRate(), asked.floor()), NOW, answer);
    double bid = asked.bid();
    if (bid < Math.max(1, asked.floor()) + ROUNDED) {
      // Nothing is said where roundings decide.
      if (answer.size() == 0) {
        assertThat(answer.reason()).isIn(Reason.BELOW_FLOOR, Reason.NO_VALUE);
        return;
      }
    }
    assertThat(answer.size()).as("offers, bid %s, reason %s", bid, answer.reason()).isEqualTo(1);
    Offer offer = answer.offer(0);
    assertThat((double) offer.amountNanos()).isCloseTo(bid, within(ROUNDED));
    // What is predicted stands in the bid as it was predicted: it is calibrated where it is used.
    double value = asked.valuePerClick() * asked.rate();
    assertThat(offer.value()).isCloseTo(value, within(1e-15));
    if (asked.constraint() == Constraint.BUDGET) {
      assertThat(offer.creditNanos()).isEqualTo(Bid.NO_RETURN);
    } else {
      assertThat((double) offer.creditNanos())
          .isCloseTo(Math.floor(value / asked.target() * 1e9), within(ROUNDED));
    }
    assertThat(offer.multiplier()).isEqualTo(asked.told().budget());
    assertThat(offer.epoch()).isEqualTo(7);
    assertThat(offer.click()).isNull();
  }

  /** One thing changed at a time changes the bid as it says, and by nothing else. */
  @Property(tries = 300)
  void changesItsBidByTheFactorThatOneThingChangedBy(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double factor = 1 + random.nextDouble();
    double mu = 1 + random.nextDouble();
    Campaign campaign = Campaigns.campaign("a", PLENTY, Campaigns.flight(0, 10_000_000));
    double before = amount(campaign, new Multipliers(mu, 0, 1, 1), 0.01);
    assertThat(before).isCloseTo(0.01 / mu * 1e9, within(ROUNDED));
    assertThat(amount(campaign, new Multipliers(mu * factor, 0, 1, 1), 0.01))
        .isCloseTo(before / factor, within(ROUNDED));
    assertThat(amount(campaign, new Multipliers(mu, 0, 1, factor), 0.01))
        .isCloseTo(before * factor, within(2 * ROUNDED));
    assertThat(amount(campaign, new Multipliers(mu, 0, 1, 1), 0.01 * factor))
        .isCloseTo(before * factor, within(2 * ROUNDED));
    Strategy value = campaign.strategy();
    assertThat(
            amount(
                campaign.with(value.in(AuctionType.FIRST_PRICE)), new Multipliers(mu, 0, 1), 0.01))
        .isCloseTo(before / 2, within(ROUNDED));
    // Another share of the auctions changes who takes part, and no bid.
    assertThat(amount(campaign, new Multipliers(mu, 0, 0.99, 1), 0.01)).isEqualTo(before);
    // The load is for those that pay by the click.
    assertThat(amount(campaign, new Multipliers(mu, 0, 1, 1, 0.7), 0.01)).isEqualTo(before);
  }

  private static double amount(Campaign campaign, Multipliers told, double clickRate) {
    Bidder bidder = bidder(new DualAllocation());
    start(bidder, campaign, told, null);
    Answer answer = new Answer();
    for (int i = 0; answer.size() == 0; i++) {
      bidder.decide(request("r" + i, clickRate, 0), NOW, answer);
    }
    return answer.offer(0).amountNanos();
  }

  /** Of a strict return, what a prediction that is too high can be counted on for is less. */
  @Property(tries = 300)
  void countsOnNoMoreThanTheCalibratedCredit(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double target = 1 + random.nextDouble();
    double calibration = 0.5 + random.nextDouble();
    long slack = random.nextLong(2_000_000);
    Campaign strict =
        Campaigns.campaign("a", PLENTY, Campaigns.flight(0, 10_000_000))
            .with(Strategy.value(1).keeping(Constraint.ROS, target, true));
    Bidder bidder = bidder(new DualAllocation());
    bidder.define(strict);
    Multipliers told = new Multipliers(0, 1, 1, calibration);
    bidder.pacing(update("a", told, null), NOW);
    bidder.lease(new Lease(1, "a", US, 0, PLENTY, slack, 0, NOW + 3_000), NOW);
    bidder.warmedUp();
    Answer answer = new Answer();
    bidder.decide(request("r", 0.01, 0), NOW, answer);
    double credit = 0.01 / target * 1e9;
    double sure = Math.min(1, calibration) * credit + slack;
    assertThat((double) answer.offer(0).amountNanos())
        .isCloseTo(Math.min(2 * calibration * credit, sure), within(2 * ROUNDED));
    assertThat((double) answer.offer(0).creditNanos()).isCloseTo(credit, within(ROUNDED));
    // What it took of the slack is gone.
    long took = Math.max(0, answer.offer(0).amountNanos() - (long) (sure - slack));
    bidder.decide(request("s", 0.01, 0), NOW, answer);
    assertThat((double) answer.offer(0).amountNanos())
        .isCloseTo(Math.min(2 * calibration * credit, sure - took), within(4 * ROUNDED));
  }

  @Property(tries = 1_000)
  void bidsForAClickWhatItsAllocationLeaves(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double price = 0.1 + random.nextDouble();
    double rate = random.nextInt(10) == 0 ? 1 : 0.01 + 0.2 * random.nextDouble();
    boolean profit = random.nextBoolean();
    long highest = random.nextInt(3) == 0 ? UNIT / 100 : UNIT;
    Multipliers told =
        new Multipliers(
            0.5 + 2 * random.nextDouble(),
            random.nextDouble(),
            1,
            0.5 + random.nextDouble(),
            random.nextDouble());
    ClickAllocation allocation =
        List.of(
                new DualAllocation(),
                new BalanceAllocation(Discount.MSVV),
                new HighestBidAllocation())
            .get(random.nextInt(3));
    Campaign campaign =
        Campaigns.capped(
                Campaigns.campaign("a", PLENTY, Campaigns.flight(0, 10_000_000))
                    .with(
                        Strategy.budget(
                            profit ? Objective.PROFIT : Objective.VALUE, Mirror.ENTROPY, 1)),
                highest)
            .paying(new PerClick(Math.round(price * UNIT), 60_000));
    Bidder bidder = bidder(allocation);
    start(bidder, campaign, told, null);
    Answer answer = new Answer();
    bidder.decide(request("r", rate, 0), NOW, answer);
    Offer offer = answer.offer(0);
    boolean dual = allocation.lowersBids();
    double discount = dual ? Math.min(1, 1 / (told.budget() + (profit ? 1 : 0))) : 1;
    assertThat((double) offer.amountNanos())
        .isCloseTo(Math.min((double) highest, price * rate * discount * 1e9), within(ROUNDED));
    assertThat(offer.multiplier()).isEqualTo(dual ? told.budget() : 1);
    ClickTerms click = Objects.requireNonNull(offer.click());
    assertThat(click.priceNanos()).isEqualTo(Math.round(price * UNIT));
    assertThat(click.clickRate()).isEqualTo(rate);
    assertThat(click.untilMillis()).isEqualTo(offer.deadlineMillis() + 60_000);
    assertThat(offer.creditNanos()).isEqualTo(Bid.NO_RETURN);
  }

  /**
   * A placer's bid for a click is seen in what its rival is asked for: with one place, and a rival
   * of the same weight that bids more, exactly that bid.
   */
  @Property(tries = 1_000)
  void placesByTheFormulaOfItsStrategy(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Case asked = random(random);
    double weight = 0.01 + random.nextDouble();
    Placer placer =
        new Placer(
            new BidderConfig(false, 20, 3_000, 0, new DualAllocation()),
            US,
            new FrequencyCounter(1024, 1_000));
    start(placer, asked.campaign("a"), asked.told(), asked.curve());
    Campaign rival =
        Campaigns.capped(
                Campaigns.campaign("b", PLENTY, Campaigns.flight(0, 10_000_000)), PLENTY / 10)
            .paying(new PerClick(1_000 * UNIT, 60_000));
    start(placer, rival, Multipliers.budget(1), null);
    Shown shown = shown(placer, weight, "a", "b");
    assertThat(shown.bid().campaign()).isEqualTo("b");
    double most = weight / (1 + weight);
    // The auction is truthful, so nothing is shaded; a click's value is known, its rate is its own.
    double clickValue = asked.truthful(asked.told().calibration() * asked.valuePerClick());
    double bid = Math.min(clickValue, asked.highest() / 1e9 / most) * 1e9;
    assertThat((double) Objects.requireNonNull(shown.bid().click()).priceNanos())
        .isCloseTo(bid, within(ROUNDED + 1e-6 * bid));
  }

  @Property(tries = 300)
  void placesClicksByTheirPriceAndTheDiscountOnce(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double price = 0.1 + random.nextDouble();
    double mu = 0.5 + 2 * random.nextDouble();
    double load = random.nextDouble();
    boolean dual = random.nextBoolean();
    Placer placer =
        new Placer(
            new BidderConfig(
                false,
                20,
                3_000,
                0,
                dual ? new DualAllocation() : new BalanceAllocation(Discount.MSVV)),
            US,
            new FrequencyCounter(1024, 1_000));
    Campaign campaign =
        Campaigns.campaign("a", PLENTY, Campaigns.flight(0, 10_000_000))
            .paying(new PerClick(Math.round(price * UNIT), 60_000));
    start(placer, campaign, new Multipliers(mu, 0, 1, 1.7, load), null);
    Campaign rival =
        Campaigns.capped(
                Campaigns.campaign("b", PLENTY, Campaigns.flight(0, 10_000_000)), PLENTY / 10)
            .paying(new PerClick(1_000 * UNIT, 60_000));
    start(placer, rival, Multipliers.budget(1), null);
    Shown shown = shown(placer, 0.3, "a", "b");
    double discount = dual ? Math.min(1, 1 / mu) : 1 - StrictMath.exp(load - 1);
    assertThat(shown.bid().campaign()).isEqualTo("b");
    assertThat((double) Objects.requireNonNull(shown.bid().click()).priceNanos())
        .isCloseTo(price * discount * 1e9, within(ROUNDED + 1));
  }

  private static Shown shown(Placer placer, double weight, String... campaigns) {
    List<Candidate> candidates =
        List.of(campaigns).stream()
            .map(id -> new Candidate(id, "words", List.of(weight), List.of(), Set.of()))
            .toList();
    ContentRequest content =
        new ContentRequest(
            request("r", List.of()),
            PlacementInstance.positions(1),
            new UserModel.Mnl(),
            Limits.of(1),
            false,
            candidates);
    PlacementDecision decision = placer.decide(content, NOW, 0);
    assertThat(decision.shown()).as("shown; out: %s", decision.out()).hasSize(1);
    return decision.shown().get(0);
  }

  /** Whoever takes part at a share takes part at each higher one; so a share counts once. */
  @Property(tries = 20)
  void takesPartInItsShareOfTheAuctions(@ForAll long seed) {
    double share = 0.1 + 0.4 * new SplittableRandom(seed).nextDouble();
    int requests = 2_000;
    int some = 0;
    for (int i = 0; i < requests; i++) {
      boolean low = takesPart(seed + "-" + i, share);
      boolean high = takesPart(seed + "-" + i, share + 0.4);
      some += low ? 1 : 0;
      assertThat(high || !low).isTrue();
    }
    double deviation = Math.sqrt(share * (1 - share) / requests);
    assertThat((double) some / requests).isBetween(share - 6 * deviation, share + 6 * deviation);
  }

  private final Bidder lowest = bidder(new DualAllocation());
  private final Answer answer = new Answer();
  private long epoch = 7;

  private boolean takesPart(String request, double share) {
    if (!lowest.isWarm()) {
      Campaign campaign = Campaigns.campaign("a", PLENTY, Campaigns.flight(0, 10_000_000));
      start(lowest, campaign, new Multipliers(1, 0, 1), null);
    }
    lowest.pacing("a", ++epoch, new Multipliers(1, 0, share), State.ACTIVE, NOW);
    lowest.decide(request(request, 0.000_1, 0), NOW, answer);
    return answer.size() > 0;
  }
}
