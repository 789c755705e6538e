package io.dualbid.core.engine;

import io.dualbid.core.model.BidRequest;
import io.dualbid.core.model.Campaign;
import io.dualbid.core.model.FrequencyCap;
import io.dualbid.core.model.Hash;
import io.dualbid.core.model.Impression;
import io.dualbid.core.model.Lease;
import io.dualbid.core.model.Multipliers;
import io.dualbid.core.model.PacingUpdate;
import io.dualbid.core.model.PerClick;
import io.dualbid.core.model.Reason;
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
 * <p>A campaign that pays by the click bids what the click is expected to bring, and takes as much
 * out of its lease; among its like it ranks by what the {@link
 * io.dualbid.core.bidding.ClickAllocation} makes of that.
 *
 * <p>Deciding allocates nothing in the steady state and costs O(candidates). Not thread safe.
 */
public final class Bidder implements CampaignHolder {
  private static final long USER_SEED = 0x75736572L;
  static final long REQUEST_SEED = 0x72657175L;

  /** Sets the draw of participation apart from the draw of the ranking. */
  private static final long PARTICIPATION_SEED = 0x70617274L;

  private final BidderConfig config;
  private final long incarnation;
  private final FrequencyCounter frequency;
  private final TargetingIndex index = new TargetingIndex();
  private final Candidates candidates = new Candidates();
  private final Ranking ranking = new Ranking();
  private final LeaseCover cover;
  private final Map<String, CampaignSlot> byId = new HashMap<>();
  private final List<CampaignSlot> slots = new ArrayList<>();
  private long requestCount;
  private boolean warm;

  // The impression under decision, so that no object is needed for it.
  private long nowMillis;
  private long userKey;
  private long requestKey;
  private boolean firstPrice;

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
    this.cover = new LeaseCover(config);
  }

  /** From now on requests are decided; before, they are answered with {@link Reason#WARMING_UP}. */
  @Override
  public void warmedUp() {
    warm = true;
  }

  /** Whether requests are decided. */
  @Override
  public boolean isWarm() {
    return warm;
  }

  /** A campaign is defined, for the first time or anew; takes effect at once. */
  @Override
  public void define(Campaign campaign) {
    CampaignSlot slot = slot(campaign.id());
    slot.define(campaign);
    index.put(slot.number, campaign);
    rank(slot);
  }

  /** A campaign is withdrawn. */
  @Override
  public void remove(String id) {
    CampaignSlot slot = byId.get(id);
    if (slot != null && slot.campaign != null) {
      slot.remove();
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
    cover.heard(receivedMillis);
    CampaignSlot slot = slot(id);
    if (slot.tell(epoch, multipliers, state)) {
      rank(slot);
    }
  }

  /** The same, with the price landscape. */
  @Override
  public void pacing(PacingUpdate update, long receivedMillis) {
    CampaignSlot slot = slot(update.campaign());
    if (update.epoch() >= slot.epoch) {
      slot.tell(update.landscape());
    }
    pacing(update.campaign(), update.epoch(), update.multipliers(), update.state(), receivedMillis);
  }

  private void rank(CampaignSlot slot) {
    slot.rank(ranking, config.allocation(), config.rankingSpread());
  }

  /**
   * A lease has become visible. Those made out to others are not for us.
   *
   * @param receivedMillis when it arrived, by the host's clock
   */
  @Override
  public void lease(Lease lease, long receivedMillis) {
    cover.heard(receivedMillis);
    if (lease.incarnation() == incarnation) {
      CampaignSlot slot = slot(lease.campaign());
      if (slot.isUsable(lease)) {
        slot.wallet.add(lease);
      }
    }
  }

  /** A bid of the campaign was won for a user whose impressions are counted. */
  @Override
  public void won(String id, long userKeyOfBid, long wonMillis) {
    CampaignSlot slot = byId.get(id);
    Campaign campaign = slot == null ? null : slot.campaign;
    Admission admission = slot == null ? null : slot.admission;
    FrequencyCap cap = campaign == null ? null : campaign.targeting().frequencyCap();
    if (cap != null && admission != null) {
      frequency.record(userKeyOfBid, admission.campaignKey(), wonMillis, cap.windowMillis());
    }
  }

  /** The counts of impressions, to be saved with the host's state. */
  @Override
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
    CampaignSlot best = null;
    long bestAmount = 0;
    double bestRank = 0;
    for (int place = candidates.size() - 1; place >= 0; place--) {
      if (best != null && ranking.mostAt(place) < bestRank) {
        break;
      }
      int candidate = ranking.at(place);
      CampaignSlot slot = slots.get(candidates.slot(candidate));
      Campaign campaign = slot.campaign;
      Admission admission = slot.admission;
      if (campaign == null || admission == null || slot.lastRequest == requestCount) {
        continue;
      }
      Reason out = objection(request, impression, slot, campaign, admission);
      if (out == null) {
        PerClick click = slot.perClick;
        long wanted;
        long amount;
        double gain;
        if (click == null) {
          wanted = slot.wanted(campaign, admission.floorNanos(), impression, firstPrice);
          amount = cover.covered(slot, wanted, slot.sureCredit(campaign, impression), nowMillis);
          gain = amount;
        } else {
          gain = CampaignSlot.gain(campaign, click, slot.discount, impression);
          wanted = clickBid(campaign, click, gain, impression);
          amount = cover.coversClick(slot, campaign, click, impression, nowMillis) ? wanted : 0;
        }
        out = cover.objection(wanted, amount, admission.floorNanos(), nowMillis);
        double rank = gain * ranking.factor(candidate);
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
    Offer offer = answer.add();
    offer(best, bestAmount, request, impression, offer);
    offer.score = bestRank;
    return null;
  }

  /** Why a campaign may not bid now, its money aside. */
  private @Nullable Reason objection(
      BidRequest request,
      Impression impression,
      CampaignSlot slot,
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

  private boolean takesPart(CampaignSlot slot, Campaign campaign, Admission admission) {
    double share = slot.multipliers(campaign).participation();
    return share >= 1
        || Throttle.participates(
            share, Hash.unit(Hash.mix(requestKey + PARTICIPATION_SEED ^ admission.campaignKey())));
  }

  private static Reason nearer(Reason reason, @Nullable Reason other) {
    return other != null && other.number() > reason.number() ? other : reason;
  }

  /** The bid of a campaign that pays by the click: what the click is expected to bring. */
  private long clickBid(Campaign campaign, PerClick click, double gain, Impression impression) {
    boolean lowered = config.allocation().lowersBids();
    return (long) (lowered ? gain : CampaignSlot.gain(campaign, click, 1, impression));
  }

  private static boolean beats(
      CampaignSlot slot, double rank, @Nullable CampaignSlot best, double bestRank) {
    if (best == null || rank != bestRank) {
      return best == null || rank > bestRank;
    }
    return slot.second == best.second ? slot.id.compareTo(best.id) < 0 : slot.second < best.second;
  }

  private void offer(
      CampaignSlot slot, long amount, BidRequest request, Impression impression, Offer offer) {
    Campaign campaign = slot.campaign;
    Admission admission = slot.admission;
    if (campaign == null || admission == null) {
      throw new IllegalStateException("campaign " + slot.id + " is gone while it is decided on");
    }
    slot.lastRequest = requestCount;
    cover.draw(slot, campaign, amount, request, impression, offer, nowMillis);
    offer.impression = impression;
    offer.campaign = campaign;
    offer.creative = admission.creative();
    offer.deal = admission.deal();
    offer.epoch = slot.epoch;
    offer.value = CampaignSlot.value(campaign, impression);
    offer.creditNanos = slot.credit(campaign, impression);
    // Who pays by the click bids in full, unless the allocation lowers bids.
    offer.multiplier =
        slot.perClick == null || config.allocation().lowersBids()
            ? slot.multipliers(campaign).budget()
            : 1;
    offer.counted = slot.counts && request.user() != null;
    offer.userKey = userKey;
    if (offer.counted) {
      frequency.pend(userKey, admission.campaignKey(), nowMillis);
    }
  }

  private CampaignSlot slot(String id) {
    CampaignSlot slot = byId.get(id);
    if (slot == null) {
      slot = new CampaignSlot(slots.size(), id);
      slots.add(slot);
      byId.put(id, slot);
    }
    return slot;
  }
}
