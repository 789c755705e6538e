package io.dualbid.simulator.marketplace;

import io.dualbid.core.configuration.EngineConfig;
import io.dualbid.core.engine.Answer;
import io.dualbid.core.engine.Bidder;
import io.dualbid.core.engine.BidderConfig;
import io.dualbid.core.engine.Pacer;
import io.dualbid.core.model.Bid;
import io.dualbid.core.model.BidRequest;
import io.dualbid.core.model.Campaign;
import io.dualbid.core.model.Heartbeat;
import io.dualbid.core.model.Lease;
import io.dualbid.core.model.Money;
import io.dualbid.core.model.Outcome;
import io.dualbid.core.model.Outcome.Kind;
import io.dualbid.core.model.PacingUpdate;
import io.dualbid.core.model.PerClick;
import io.dualbid.core.pacing.LivingSubtasks;
import io.dualbid.core.targeting.FrequencyCounter;
import io.dualbid.simulator.exchange.Delays;
import io.dualbid.simulator.world.Auction;
import io.dualbid.simulator.world.Opportunity;
import io.dualbid.simulator.world.World;
import io.dualbid.stream.codec.BidRequestDecoder;
import io.dualbid.stream.codec.UnreadableRecord;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.TreeMap;

/**
 * Plays a marketplace against one bidder and the pacers of its campaigns in one thread, where
 * multipliers, loads and leases arrive the moment they are made. Outcomes are known at once too,
 * and that no click has come as well; or they take as long as in the stream, so that one can tell
 * what waiting for clicks costs from what the way through the topics costs.
 */
public final class MarketplaceReplay implements Pacer.Output {
  private static final long BEGIN_MILLIS = 1_700_000_000_000L;

  /** Time for first leases before the flight starts. */
  private static final long LEAD_MILLIS = 2_000;

  private static final long TICK_MILLIS = 20;
  private static final long INCARNATION = 1;

  /** A request that is answered at once needs no time to answer. */
  private static final int NO_TIME = 1;

  private final EngineConfig engine;
  private final MarketplaceScenario scenario;
  private final MarketplacePolicy policy;
  private final Bidder bidder;
  private final Map<String, Pacer> pacers = new TreeMap<>();
  private final Map<String, PacingUpdate> last = new HashMap<>();
  private final List<Campaign> campaigns;
  private final LivingSubtasks living = new LivingSubtasks();
  private final PriorityQueue<Due> due = new PriorityQueue<>();
  private final Delays delays;
  private final Answer answer = new Answer();
  private final Map<String, Long> noBids = new HashMap<>();
  private long nextTickMillis = BEGIN_MILLIS - LEAD_MILLIS;
  private long nowMillis = nextTickMillis;
  private long offset;
  private long planned;
  private long auctions;
  private long bids;
  private long wins;
  private long clicks;

  /** An outcome on its way. */
  private record Due(long timeMillis, long number, Outcome outcome) implements Comparable<Due> {
    @Override
    public int compareTo(Due other) {
      int byTime = Long.compare(timeMillis, other.timeMillis);
      return byTime != 0 ? byTime : Long.compare(number, other.number);
    }
  }

  private MarketplaceReplay(
      EngineConfig engine, MarketplaceScenario scenario, MarketplacePolicy policy) {
    this.engine = engine;
    this.scenario = scenario;
    this.policy = policy;
    EngineConfig.Allocation configured = engine.bidding().allocation();
    EngineConfig.Allocation allocation =
        new EngineConfig.Allocation(policy.allocation(), configured.discount(), configured.seed());
    bidder =
        new Bidder(
            new BidderConfig(
                engine.account().answerTestRequests(),
                engine.pacing().clockSkewMillis(),
                engine.pacing().leaseLifetimeMillis(),
                engine.bidding().rankingSpread(),
                allocation.policy()),
            INCARNATION,
            new FrequencyCounter(1_024, 1));
    bidder.warmedUp();
    delays = policy.delayed() ? scenario.delays() : new Delays(0, 0, 0, 0, 0, 0);
    campaigns = new ArrayList<>();
    for (Campaign campaign :
        scenario.campaigns(BEGIN_MILLIS, BEGIN_MILLIS + scenario.durationMillis())) {
      Campaign played = policy.delayed() ? campaign : resolvedAtOnce(campaign);
      Pacer pacer =
          new Pacer(played.id(), engine.pacing().ofOneClock(), BEGIN_MILLIS - LEAD_MILLIS, 0);
      pacer.define(played);
      bidder.define(played);
      pacers.put(played.id(), pacer);
      campaigns.add(played);
    }
  }

  /** That no click has come is known as soon as one that came would be. */
  private static Campaign resolvedAtOnce(Campaign campaign) {
    PerClick perClick = Objects.requireNonNull(campaign.perClick());
    return campaign.paying(new PerClick(perClick.priceNanos(), 1));
  }

  /**
   * Plays a policy in the scenario's world.
   *
   * @param engine settings of bidding and pacing; their allocation is the policy's
   */
  public static MarketplaceRun play(
      EngineConfig engine, MarketplaceScenario scenario, MarketplacePolicy policy) {
    return new MarketplaceReplay(engine, scenario, policy).run();
  }

  private MarketplaceRun run() {
    long started = System.nanoTime();
    int tmax = policy.delayed() ? engine.bidding().defaultTmaxMillis() : NO_TIME;
    BidRequestDecoder decoder = new BidRequestDecoder(engine.account(), tmax);
    try (World world = scenario.world()) {
      for (Opportunity next = world.next(); next != null; next = world.next()) {
        advance(BEGIN_MILLIS + (long) (1_000 * auctions / scenario.rate()));
        auctions++;
        decide(decoder.decode(next.request(), nowMillis), next);
      }
    } catch (UnreadableRecord e) {
      throw new IllegalStateException("a generated request can't be read", e);
    }
    long settled =
        BEGIN_MILLIS
            + scenario.durationMillis()
            + engine.pacing().leaseLifetimeMillis()
            + engine.pacing().winWindowMillis()
            + scenario.market().windowMillis()
            + LEAD_MILLIS;
    advance(settled);
    return result((System.nanoTime() - started) / 1e9);
  }

  /** Lets time pass: outcomes arrive, pacers tick. */
  private void advance(long timeMillis) {
    while (nextTickMillis <= timeMillis) {
      deliver(nextTickMillis);
      nowMillis = nextTickMillis;
      living.heard(new Heartbeat(INCARNATION, 0, nowMillis), nowMillis);
      for (Pacer pacer : pacers.values()) {
        pacer.tick(nowMillis, living, this);
      }
      nextTickMillis += TICK_MILLIS;
    }
    deliver(timeMillis);
    nowMillis = timeMillis;
  }

  private void deliver(long timeMillis) {
    for (Due next = due.peek(); next != null && next.timeMillis <= timeMillis; next = due.peek()) {
      due.remove();
      pacer(next.outcome.campaign()).outcome(next.outcome, next.timeMillis, offset++);
    }
  }

  private Pacer pacer(String campaign) {
    return Objects.requireNonNull(pacers.get(campaign));
  }

  private void decide(BidRequest request, Opportunity opportunity) {
    bidder.decide(request, nowMillis, answer);
    if (answer.size() == 0) {
      noBids.merge(answer.reason().label(), 1L, Long::sum);
    }
    for (int i = 0; i < answer.size(); i++) {
      Bid bid = answer.offer(i).toBid(request.id(), 0, nowMillis);
      bids++;
      pacer(bid.campaign()).bid(bid, nowMillis, offset++);
      Auction auction = opportunity.auction(bid.impressionId());
      settle(bid, Objects.requireNonNull(auction));
    }
    deliver(nowMillis);
  }

  private void settle(Bid bid, Auction auction) {
    boolean won = auction.wonBy(bid.amountNanos());
    long time = nowMillis + delays.notice(scenario.seed(), bid.id());
    plan(bid, won ? Kind.WIN : Kind.LOSS, time, won ? auction.chargeNanos(bid.amountNanos()) : 0);
    wins += won ? 1 : 0;
    if (won && auction.clicked()) {
      clicks++;
      plan(bid, Kind.CLICK, time + delays.click(scenario.seed(), bid.id()), 0);
    }
  }

  private void plan(Bid bid, Kind kind, long timeMillis, long priceNanos) {
    String id = bid.id() + "-" + kind.label();
    Outcome outcome =
        new Outcome(id, kind, bid.id(), bid.campaign(), timeMillis, priceNanos, 0, bid.userKey());
    due.add(new Due(timeMillis, planned++, outcome));
  }

  @Override
  public void pacing(PacingUpdate update) {
    last.put(update.campaign(), update);
    bidder.pacing(update, nowMillis);
  }

  @Override
  public void lease(Lease lease) {
    bidder.lease(lease, nowMillis);
  }

  @Override
  public void feedbackAge(double millis) {
    // Nothing ages here.
  }

  private MarketplaceRun result(double seconds) {
    long spent = 0;
    long free = 0;
    long budget = 0;
    double expected = 0;
    for (Campaign campaign : campaigns) {
      PacingUpdate update = Objects.requireNonNull(last.get(campaign.id()));
      if (update.problem() != null) {
        throw new IllegalStateException(campaign.id() + ": " + update.problem());
      }
      spent = Math.addExact(spent, update.ledger().spentNanos());
      free += update.totals().paidClicks().free();
      budget = Math.addExact(budget, campaign.budgetNanos());
      expected += update.multipliers().load() * Money.units(campaign.budgetNanos());
    }
    return new MarketplaceRun(
        policy,
        scenario.seed(),
        auctions,
        bids,
        wins,
        clicks,
        free,
        Money.units(spent),
        Money.units(budget),
        expected,
        noBids,
        seconds);
  }
}
