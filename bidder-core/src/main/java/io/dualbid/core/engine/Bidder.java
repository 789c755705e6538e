package io.dualbid.core.engine;

import io.dualbid.core.bidding.BiddingRule;
import io.dualbid.core.bidding.ValueMaximiser;
import io.dualbid.core.landscape.PriceLandscape;
import io.dualbid.core.landscape.StepLandscape;
import io.dualbid.core.model.Bid;
import io.dualbid.core.model.BidRequest;
import io.dualbid.core.model.Campaign;
import io.dualbid.core.model.FrequencyCap;
import io.dualbid.core.model.Hash;
import io.dualbid.core.model.Impression;
import io.dualbid.core.model.Lease;
import io.dualbid.core.model.Money;
import io.dualbid.core.model.Multipliers;
import io.dualbid.core.model.PacingUpdate;
import io.dualbid.core.model.PriceCurve;
import io.dualbid.core.model.Reason;
import io.dualbid.core.model.Strategy;
import io.dualbid.core.model.Strategy.AuctionType;
import io.dualbid.core.pacing.LeaseWallet;
import io.dualbid.core.pacing.Throttle;
import io.dualbid.core.targeting.Admission;
import io.dualbid.core.targeting.Candidates;
import io.dualbid.core.targeting.FrequencyCounter;
import io.dualbid.core.targeting.TargetingIndex;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Answers requests: who is shown, and what is bid. The facade that a streaming operator, a replay
 * and a test call alike.
 *
 * <p>Feed it campaigns, pacing updates and leases as they come; {@link #decide} answers from what
 * it holds, without asking anybody. For each impression the candidates are found by the index,
 * those that may not bid now are put aside with their reason, and of the others the one that ranks
 * highest is offered (see {@link Ranking}); equal ones go to the campaign whose id comes first. A
 * campaign bids for one impression of a request at most. Each bid is capped by the campaign's
 * highest bid and by what its lease holds, and is taken out of that lease. Where the winner pays
 * its bid, the bid is the best response to the price landscape; until that is known half of what a
 * win is worth, the best response to a price of which nothing is known.
 *
 * <p>Deciding allocates nothing in the steady state and costs O(candidates). Not thread safe.
 */
public final class Bidder {
  private static final long USER_SEED = 0x75736572L;
  static final long REQUEST_SEED = 0x72657175L;

  /** Sets the draw of participation apart from the draw of the ranking. */
  private static final long PARTICIPATION_SEED = 0x70617274L;

  private final BidderConfig config;
  private final long incarnation;
  private final FrequencyCounter frequency;
  private final TargetingIndex index = new TargetingIndex();
  private final Candidates candidates = new Candidates();
  private final Ranking ranking;
  private final Map<String, Slot> byId = new HashMap<>();
  private final List<Slot> slots = new ArrayList<>();
  private long requestCount;
  private long lastControlMillis = Long.MIN_VALUE;
  private boolean warm;

  // The impression under decision, so that no object is needed for it.
  private long nowMillis;
  private long userKey;
  private long requestKey;
  private boolean firstPrice;

  /** All that is held of one campaign. */
  private static final class Slot {
    final int number;
    final String id;
    final LeaseWallet wallet = new LeaseWallet();
    @Nullable Campaign campaign;
    @Nullable Admission admission;
    BiddingRule rule = ValueMaximiser.INSTANCE;
    @Nullable Multipliers told;
    @Nullable Multipliers start;
    @Nullable PriceLandscape landscape;
    long epoch;
    boolean halted;
    boolean keepsRos;
    boolean counts;
    AuctionType auction = AuctionType.AS_REQUESTED;
    long lastRequest;

    Slot(int number, String id) {
      this.number = number;
      this.id = id;
    }
  }

  /**
   * A bidder that knows no campaign.
   *
   * @param incarnation the run of the host, to which leases must be made out
   * @param frequency counts of impressions by user, owned by the bidder from now on
   */
  public Bidder(BidderConfig config, long incarnation, FrequencyCounter frequency) {
    this.config = config;
    this.incarnation = incarnation;
    this.frequency = frequency;
    this.ranking = new Ranking(config.rankingSpread());
  }

  /** From now on requests are decided; before, they are answered with {@link Reason#WARMING_UP}. */
  public void warmedUp() {
    warm = true;
  }

  /** Whether requests are decided. */
  public boolean isWarm() {
    return warm;
  }

  /** A campaign is defined, for the first time or anew; takes effect at once. */
  public void define(Campaign campaign) {
    Slot slot = slot(campaign.id());
    slot.campaign = campaign;
    slot.start = null;
    slot.admission = new Admission(campaign);
    slot.rule = BiddingRule.of(campaign.strategy());
    slot.keepsRos = campaign.strategy().keepsRos();
    slot.auction = campaign.strategy().auction();
    slot.counts = campaign.targeting().frequencyCap() != null;
    index.put(slot.number, campaign);
    rank(slot);
  }

  /** A campaign is withdrawn. */
  public void remove(String id) {
    Slot slot = byId.get(id);
    if (slot != null && slot.campaign != null) {
      slot.campaign = null;
      slot.admission = null;
      index.remove(slot.number);
    }
  }

  /**
   * News from pacing; of several the greatest epoch counts.
   *
   * @param receivedMillis when they arrived, by the host's clock
   */
  public void pacing(
      String id,
      long epoch,
      Multipliers multipliers,
      PacingUpdate.State state,
      long receivedMillis) {
    lastControlMillis = receivedMillis;
    Slot slot = slot(id);
    if (epoch >= slot.epoch) {
      slot.epoch = epoch;
      slot.told = Double.isNaN(multipliers.budget()) ? null : multipliers;
      slot.halted = state == PacingUpdate.State.HALTED;
      rank(slot);
    }
  }

  /** The same, with the price landscape. */
  public void pacing(PacingUpdate update, long receivedMillis) {
    Slot slot = slot(update.campaign());
    PriceCurve curve = update.landscape();
    if (update.epoch() >= slot.epoch) {
      slot.landscape =
          curve == null
              ? null
              : StepLandscape.of(doubles(curve.prices()), doubles(curve.probabilities()));
    }
    pacing(update.campaign(), update.epoch(), update.multipliers(), update.state(), receivedMillis);
  }

  private static double[] doubles(List<Double> list) {
    double[] array = new double[list.size()];
    for (int i = 0; i < array.length; i++) {
      array[i] = list.get(i);
    }
    return array;
  }

  /** Tells the ranking what the campaign's bids are made of. */
  private void rank(Slot slot) {
    Campaign campaign = slot.campaign;
    Admission admission = slot.admission;
    if (campaign != null && admission != null) {
      Multipliers m = multipliers(slot, campaign);
      ranking.set(
          slot.number,
          admission.campaignKey(),
          campaign.valuePerClick(),
          campaign.clickRate(),
          slot.rule.bid(m.calibration(), m.budget(), m.ros()),
          campaign.maxBidNanos());
    }
  }

  /**
   * A lease has become visible. Those made out to others are not for us.
   *
   * @param receivedMillis when it arrived, by the host's clock
   */
  public void lease(Lease lease, long receivedMillis) {
    lastControlMillis = receivedMillis;
    if (lease.incarnation() == incarnation) {
      slot(lease.campaign()).wallet.add(lease);
    }
  }

  /** A bid of the campaign was won for a user whose impressions are counted. */
  public void won(String id, long userKeyOfBid, long wonMillis) {
    Slot slot = byId.get(id);
    Campaign campaign = slot == null ? null : slot.campaign;
    Admission admission = slot == null ? null : slot.admission;
    FrequencyCap cap = campaign == null ? null : campaign.targeting().frequencyCap();
    if (cap != null && admission != null) {
      frequency.record(userKeyOfBid, admission.campaignKey(), wonMillis, cap.windowMillis());
    }
  }

  /** The counts of impressions, to be saved with the host's state. */
  public FrequencyCounter frequency() {
    return frequency;
  }

  /**
   * Decides on a request.
   *
   * @param decidedMillis the host's clock
   * @param answer takes the decision; what it held before is gone
   */
  public void decide(BidRequest request, long decidedMillis, Answer answer) {
    answer.clear();
    nowMillis = decidedMillis;
    Reason reason = refusal(request);
    if (reason == null) {
      reason = Reason.NO_CANDIDATE;
      requestCount++;
      String user = request.user();
      userKey = user == null ? 0 : Hash.of(user, USER_SEED);
      requestKey = Hash.of(request.id(), REQUEST_SEED);
      firstPrice = request.firstPrice();
      index.begin(request);
      List<Impression> impressions = request.impressions();
      for (int i = 0; i < impressions.size(); i++) {
        reason = nearer(reason, decide(request, impressions.get(i), answer));
      }
    }
    if (answer.size() == 0) {
      answer.noBid(reason);
    }
  }

  /** Why the request as a whole gets no bid, or null. */
  private @Nullable Reason refusal(BidRequest request) {
    if (!warm) {
      return Reason.WARMING_UP;
    }
    if (nowMillis > request.deadlineMillis()) {
      return Reason.REQUEST_EXPIRED;
    }
    if (request.test() && !config.answerTestRequests()) {
      return Reason.TEST_REQUEST;
    }
    if (!request.seatAllowed()) {
      return Reason.SEAT_NOT_ALLOWED;
    }
    if (request.responseCurrency() == null) {
      return Reason.CURRENCY_UNKNOWN;
    }
    return request.impressions().isEmpty() ? Reason.NO_IMPRESSION : null;
  }

  /** Adds the best offer for one impression, or says why there is none. */
  private @Nullable Reason decide(BidRequest request, Impression impression, Answer answer) {
    index.look(impression, candidates);
    ranking.order(candidates, impression.clickRate(), requestKey);
    Reason reason = Reason.NO_CANDIDATE;
    Slot best = null;
    long bestAmount = 0;
    double bestRank = 0;
    for (int place = candidates.size() - 1; place >= 0; place--) {
      if (best != null && ranking.mostAt(place) < bestRank) {
        break;
      }
      int candidate = ranking.at(place);
      Slot slot = slots.get(candidates.slot(candidate));
      Campaign campaign = slot.campaign;
      Admission admission = slot.admission;
      if (campaign == null || admission == null || slot.lastRequest == requestCount) {
        continue;
      }
      Reason out = objection(request, impression, slot, campaign, admission);
      if (out == null) {
        long wanted = wanted(slot, campaign, admission, impression);
        long amount = covered(slot, wanted, sureCredit(slot, campaign, impression));
        out = objection(wanted, amount, admission.floorNanos());
        double rank = amount * ranking.factor(candidate);
        if (out == null && beats(slot, rank, best, bestRank)) {
          best = slot;
          bestAmount = amount;
          bestRank = rank;
        }
      }
      reason = nearer(reason, out);
    }
    if (best == null) {
      return reason;
    }
    offer(best, bestAmount, request, impression, answer.add());
    return null;
  }

  /** Why a campaign may not bid now, its money aside. */
  private @Nullable Reason objection(
      BidRequest request,
      Impression impression,
      Slot slot,
      Campaign campaign,
      Admission admission) {
    int creative = index.match(slot.number, impression);
    if (creative == TargetingIndex.NO_MATCH) {
      return Reason.NO_CANDIDATE;
    }
    if (slot.halted) {
      return Reason.NOT_ACTIVE;
    }
    Reason out = admission.check(request, impression, creative, userKey, frequency, nowMillis);
    return out == null && !takesPart(slot, campaign, admission) ? Reason.THROTTLED : out;
  }

  private boolean takesPart(Slot slot, Campaign campaign, Admission admission) {
    double share = multipliers(slot, campaign).participation();
    return share >= 1
        || Throttle.participates(
            share, Hash.unit(Hash.mix(requestKey + PARTICIPATION_SEED ^ admission.campaignKey())));
  }

  private static Reason nearer(Reason reason, @Nullable Reason other) {
    return other != null && other.number() > reason.number() ? other : reason;
  }

  /** Expected value of a win: the request's prediction where it has one, else the campaign's. */
  private static double value(Campaign campaign, Impression impression) {
    double rate = impression.clickRate();
    return campaign.valuePerClick() * (Double.isNaN(rate) ? campaign.clickRate() : rate);
  }

  private static Multipliers multipliers(Slot slot, Campaign campaign) {
    Multipliers told = slot.told;
    if (told != null) {
      return told;
    }
    Multipliers start = slot.start;
    if (start == null) {
      Strategy strategy = campaign.strategy();
      start =
          new Multipliers(
              strategy.pacesBudget() ? campaign.startMultiplier() : 0,
              strategy.startReturnMultiplier(),
              1);
      slot.start = start;
    }
    return start;
  }

  /** What a win earns towards the return on spend, rounded down. */
  private static long credit(Slot slot, Campaign campaign, Impression impression) {
    return slot.keepsRos
        ? Money.floorNanos(slot.rule.credit(value(campaign, impression)))
        : Bid.NO_RETURN;
  }

  /** What of it can be counted on, to bid without risk: predictions are known to be too high. */
  private static long sureCredit(Slot slot, Campaign campaign, Impression impression) {
    double calibration = multipliers(slot, campaign).calibration();
    return calibration >= 1 || !slot.keepsRos
        ? credit(slot, campaign, impression)
        : Money.floorNanos(slot.rule.credit(calibration * value(campaign, impression)));
  }

  /** What the campaign would bid if money were at hand, in whole nanos. */
  private long wanted(Slot slot, Campaign campaign, Admission admission, Impression impression) {
    Multipliers m = multipliers(slot, campaign);
    double value = m.calibration() * value(campaign, impression);
    double bid = slot.rule.bid(value, m.budget(), m.ros());
    if (paysItsBid(slot)) {
      PriceLandscape landscape = slot.landscape;
      double floor = Money.units(Math.max(0, admission.floorNanos()));
      bid =
          landscape == null
              ? Math.max(bid / 2, Math.min(bid, floor))
              : landscape.bestBid(bid, floor);
    }
    return Math.min(campaign.maxBidNanos(), Money.floorNanos(bid));
  }

  private boolean paysItsBid(Slot slot) {
    return switch (slot.auction) {
      case AS_REQUESTED -> firstPrice;
      case FIRST_PRICE -> true;
      case SECOND_PRICE -> false;
    };
  }

  /** What of it a lease covers. */
  private long covered(Slot slot, long wanted, long credit) {
    if (wanted <= 0) {
      return 0;
    }
    int place = slot.wallet.choose(wanted, credit, nowMillis, config.clockSkewMillis());
    return place < 0 ? 0 : slot.wallet.coveredAt(place, wanted, credit);
  }

  private @Nullable Reason objection(long wanted, long covered, long floor) {
    if (wanted <= 0) {
      return Reason.NO_VALUE;
    }
    if (floor == Impression.FLOOR_UNKNOWN) {
      return Reason.FLOOR_CURRENCY_UNKNOWN;
    }
    if (wanted < floor) {
      return Reason.BELOW_FLOOR;
    }
    if (covered < Math.max(1, floor)) {
      boolean silent = nowMillis - lastControlMillis > config.leaseLifetimeMillis();
      return silent ? Reason.PACING_SILENT : Reason.LEASE_EMPTY;
    }
    return null;
  }

  private static boolean beats(Slot slot, double rank, @Nullable Slot best, double bestRank) {
    return best == null || rank > bestRank || (rank == bestRank && slot.id.compareTo(best.id) < 0);
  }

  private void offer(
      Slot slot, long amount, BidRequest request, Impression impression, Offer offer) {
    Campaign campaign = slot.campaign;
    Admission admission = slot.admission;
    if (campaign == null || admission == null) {
      throw new IllegalStateException("campaign " + slot.id + " is gone while it is decided on");
    }
    slot.lastRequest = requestCount;
    long credit = credit(slot, campaign, impression);
    long sureCredit = sureCredit(slot, campaign, impression);
    int place = slot.wallet.choose(amount, sureCredit, nowMillis, config.clockSkewMillis());
    offer.impression = impression;
    offer.campaign = campaign;
    offer.creative = admission.creative();
    offer.deal = admission.deal();
    offer.amountNanos = amount;
    offer.leaseId = slot.wallet.idAt(place);
    offer.day = slot.wallet.dayAt(place);
    offer.deadlineMillis = Math.min(request.deadlineMillis(), slot.wallet.expiryAt(place));
    offer.epoch = slot.epoch;
    offer.value = value(campaign, impression);
    offer.creditNanos = credit;
    offer.multiplier = multipliers(slot, campaign).budget();
    offer.counted = slot.counts && request.user() != null;
    offer.userKey = userKey;
    slot.wallet.take(place, amount, sureCredit);
    if (offer.counted) {
      frequency.pend(userKey, admission.campaignKey(), nowMillis);
    }
  }

  private Slot slot(String id) {
    Slot slot = byId.get(id);
    if (slot == null) {
      slot = new Slot(slots.size(), id);
      slots.add(slot);
      byId.put(id, slot);
    }
    return slot;
  }
}
