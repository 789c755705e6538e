package io.dualbid.core.engine;

import io.dualbid.core.engine.Explainer.Opinion;
import io.dualbid.core.model.BidRequest;
import io.dualbid.core.model.Campaign;
import io.dualbid.core.model.Impression;
import io.dualbid.core.model.PerClick;
import io.dualbid.core.model.Reason;
import io.dualbid.core.targeting.Admission;
import io.dualbid.core.targeting.Candidates;
import io.dualbid.core.targeting.FrequencyCounter;
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
public final class Bidder extends CampaignHolder {
  private final Candidates candidates = new Candidates();
  private final Ranking ranking = new Ranking();
  private long requestCount;
  private boolean firstPrice;

  // What the campaign that was weighed last would bid.
  private long wanted;
  private long amount;
  private double gain;

  /**
   * A bidder that knows no campaign.
   *
   * @param incarnation the run of the host, to which leases must be made out
   * @param frequency counts of impressions by user, owned by the bidder from now on
   */
  public Bidder(BidderConfig config, long incarnation, FrequencyCounter frequency) {
    super(config, incarnation, frequency);
  }

  @Override
  void changed(CampaignSlot slot) {
    slot.rank(ranking, config.allocation(), config.rankingSpread());
  }

  /**
   * Decides on a request.
   *
   * @param decidedMillis the host's clock
   * @param answer takes the decision; what it held before is gone
   */
  public void decide(BidRequest request, long decidedMillis, Answer answer) {
    answer.clear();
    Reason reason = begin(request, decidedMillis);
    if (reason == null && request.impressions().isEmpty()) {
      reason = Reason.NO_IMPRESSION;
    }
    if (reason == null) {
      reason = Reason.NO_CANDIDATE;
      requestCount++;
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
      CampaignSlot slot = slot(candidates.slot(candidate));
      Campaign campaign = slot.campaign;
      Admission admission = slot.admission;
      if (campaign == null || admission == null || slot.lastRequest == requestCount) {
        continue;
      }
      Reason out = objection(request, impression, slot, campaign, admission);
      if (out == null) {
        out = weigh(slot, campaign, admission, impression);
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

  /**
   * Sets what a campaign that may spend bids, and what ranks it: {@link #amount} and {@link #gain}.
   *
   * @return why it can't bid for its money, or null
   */
  private @Nullable Reason weigh(
      CampaignSlot slot, Campaign campaign, Admission admission, Impression impression) {
    PerClick click = slot.perClick;
    if (click == null) {
      wanted = slot.wanted(campaign, admission.floorNanos(), impression, firstPrice);
      amount = cover.covered(slot, wanted, slot.sureCredit(campaign, impression), nowMillis);
      gain = amount;
    } else {
      gain = CampaignSlot.gain(campaign, click, slot.discount, impression);
      wanted = clickBid(campaign, click, gain, impression);
      amount = cover.coversClick(slot, campaign, click, impression, nowMillis) ? wanted : 0;
    }
    return cover.objection(wanted, amount, admission.floorNanos(), nowMillis);
  }

  /**
   * Tells what each campaign makes of a request in the state that this bidder is in, and changes
   * nothing: no lease is drawn on, no impression counted. O(campaigns), for people.
   *
   * @param decidedMillis the host's clock
   * @return for each impression, in order, the opinion of each campaign, by id; nobody's is marked
   *     as offered
   */
  public List<Opinion> opinions(BidRequest request, long decidedMillis) {
    List<Opinion> opinions = new ArrayList<>();
    Reason forAll = begin(request, decidedMillis);
    firstPrice = request.firstPrice();
    index.begin(request);
    for (Impression impression : request.impressions()) {
      index.look(impression, candidates);
      ranking.order(candidates, impression.clickRate(), requestKey);
      Map<Integer, Double> factors = new HashMap<>();
      for (int place = 0; place < candidates.size(); place++) {
        int candidate = ranking.at(place);
        factors.put(candidates.slot(candidate), ranking.factor(candidate));
      }
      for (CampaignSlot slot : byIds()) {
        Campaign campaign = slot.campaign;
        if (campaign != null) {
          double factor = factors.getOrDefault(slot.number, 1.0);
          opinions.add(opinion(slot, campaign, request, impression, factor, forAll));
        }
      }
    }
    return opinions;
  }

  private Opinion opinion(
      CampaignSlot slot,
      Campaign campaign,
      BidRequest request,
      Impression impression,
      double factor,
      @Nullable Reason forAll) {
    Admission admission = slot.admission;
    Reason out = forAll;
    String unmet = null;
    wanted = 0;
    amount = 0;
    gain = 0;
    if (out == null && admission != null) {
      out = objection(request, impression, slot, campaign, admission);
      if (out == Reason.NO_CANDIDATE) {
        unmet = index.unmet(slot.number, impression);
      } else if (out == null) {
        out = weigh(slot, campaign, admission, impression);
      }
    }
    return new Opinion(
        campaign.id(),
        impression.id(),
        CampaignSlot.value(campaign, impression),
        slot.multipliers(campaign),
        out == null ? amount : wanted,
        gain * factor,
        out,
        unmet,
        false);
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
}
