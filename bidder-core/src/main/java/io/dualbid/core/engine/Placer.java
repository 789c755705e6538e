package io.dualbid.core.engine;

import io.dualbid.core.engine.ContentRequest.Candidate;
import io.dualbid.core.engine.PlacementDecision.Out;
import io.dualbid.core.engine.PlacementDecision.Shown;
import io.dualbid.core.model.Bid;
import io.dualbid.core.model.BidId;
import io.dualbid.core.model.BidRequest;
import io.dualbid.core.model.Campaign;
import io.dualbid.core.model.ClickTerms;
import io.dualbid.core.model.Hash;
import io.dualbid.core.model.Impression;
import io.dualbid.core.model.MediaType;
import io.dualbid.core.model.Money;
import io.dualbid.core.model.PerClick;
import io.dualbid.core.model.Reason;
import io.dualbid.core.model.Size;
import io.dualbid.core.placement.Ad;
import io.dualbid.core.placement.Objective;
import io.dualbid.core.placement.Placed;
import io.dualbid.core.placement.PlacementAuction;
import io.dualbid.core.placement.PlacementInstance;
import io.dualbid.core.placement.PlacementResult;
import io.dualbid.core.placement.UserModel;
import io.dualbid.core.targeting.Admission;
import io.dualbid.core.targeting.FrequencyCounter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Answers requests for ads in generated content, out of the same campaigns, multipliers and leases
 * as a {@link Bidder}. The facade of the placement job.
 *
 * <p>Each campaign that a request names and that may bid takes part with one ad. It bids per click
 * what a click is worth to it under its multipliers; the auction is truthful, so nothing is shaded.
 * What it could be charged at most, bid times the highest click probability that it may get, must
 * be covered by a lease beforehand: a campaign that pays for impressions bids less where its lease
 * holds less, one that pays by the click stays out. What the auction asks is then taken out of the
 * lease, and promised as a {@link Bid}:
 *
 * <ul>
 *   <li>{@code billing: cpm}: the expected payment for the impression, owed once the ad is shown;
 *   <li>{@code billing: cpc}: nothing for the impression, the price for its click.
 * </ul>
 *
 * <p>A bid's identity is a function of request, position and campaign, so an answer that is made
 * again after a restart promises nothing twice. Not thread safe.
 */
public final class Placer extends CampaignHolder {
  private static final long COIN_SEED = 0x636f696eL;

  /**
   * A placer that knows no campaign.
   *
   * @param incarnation the run of the host, to which leases must be made out
   * @param frequency counts of impressions by user, owned by the placer from now on
   */
  public Placer(BidderConfig config, long incarnation, FrequencyCounter frequency) {
    super(config, incarnation, frequency);
  }

  /** A campaign that takes part, with what its bid is made of. */
  private record Entrant(CampaignSlot slot, Campaign campaign, Admission admission, Ad ad) {}

  /**
   * Decides on a request. Money is taken out of leases at once.
   *
   * @param decidedMillis the host's clock
   * @param subtask of the host, told in its bids
   */
  public PlacementDecision decide(ContentRequest request, long decidedMillis, int subtask) {
    BidRequest context = request.context();
    Reason refusal = begin(context, decidedMillis);
    if (refusal == null && !request.hasRoom()) {
      refusal = Reason.NO_IMPRESSION;
    }
    if (refusal != null) {
      return new PlacementDecision(refusal, null, List.of(), List.of());
    }
    Impression anywhere = impression("text", Double.NaN);
    index.begin(context, anywhere);
    Map<String, List<Candidate>> byCampaign = new LinkedHashMap<>();
    for (Candidate candidate : request.candidates()) {
      byCampaign.computeIfAbsent(candidate.campaign(), unseen -> new ArrayList<>()).add(candidate);
    }
    List<Entrant> entrants = new ArrayList<>();
    List<Out> out = new ArrayList<>();
    for (var each : byCampaign.entrySet()) {
      CampaignSlot slot = find(each.getKey());
      Campaign campaign = slot == null ? null : slot.campaign;
      Admission admission = slot == null ? null : slot.admission;
      if (slot == null || campaign == null || admission == null) {
        out.add(new Out(each.getKey(), Reason.NO_CANDIDATE));
        continue;
      }
      Reason reason = objection(context, anywhere, slot, campaign, admission);
      if (reason == null) {
        Ad ad = ad(request, campaign, each.getValue());
        double most = mostClicks(request, ad);
        double bid = bid(slot, campaign, most);
        if (bid > 0) {
          entrants.add(new Entrant(slot, campaign, admission, ad.withBid(bid)));
        } else {
          reason = most == 0 || bid == 0 ? Reason.NO_VALUE : cover.emptyReason(nowMillis);
        }
      }
      if (reason != null) {
        out.add(new Out(each.getKey(), reason));
      }
    }
    if (entrants.isEmpty()) {
      return new PlacementDecision(nearest(out), null, List.of(), out);
    }
    PlacementResult auction =
        PlacementAuction.run(
            new PlacementInstance(
                request.positions(),
                entrants.stream().map(Entrant::ad).toList(),
                request.limits(),
                request.user()),
            Objective.WELFARE);
    Map<String, Entrant> byAd = new HashMap<>();
    entrants.forEach(entrant -> byAd.put(entrant.ad.id(), entrant));
    List<Shown> shown = new ArrayList<>();
    for (Placed placed : auction.draw(Hash.of(context.id(), COIN_SEED))) {
      Entrant entrant = byAd.get(placed.ad());
      if (entrant == null) {
        throw new IllegalStateException("an ad is placed that took no part: " + placed);
      }
      shown.add(promise(request, entrant, placed, subtask));
    }
    return new PlacementDecision(shown.isEmpty() ? Reason.NO_VALUE : null, auction, shown, out);
  }

  /** An impression that takes any creative: an ad in a text is words, whatever else there is. */
  private static Impression impression(String id, double clickRate) {
    return new Impression(
        id,
        List.of(MediaType.values()),
        List.of(),
        new Size(0, 0),
        0,
        Integer.MAX_VALUE,
        0,
        false,
        List.of(),
        List.of(),
        clickRate);
  }

  /** A campaign's ad, which doesn't bid yet. */
  private static Ad ad(ContentRequest request, Campaign campaign, List<Candidate> creatives) {
    double[] weight = new double[request.positions().size()];
    double[] fit = new double[weight.length];
    for (int j = 0; j < weight.length; j++) {
      Candidate best = best(creatives, j, request);
      weight[j] = best == null ? 0 : best.clickWeight().get(j);
      fit[j] = best == null ? Double.NEGATIVE_INFINITY : fit(best, j);
    }
    List<String> trades = new ArrayList<>();
    trades.add("advertiser " + campaign.advertiserDomain());
    if (request.separateCategories()) {
      campaign.categories().forEach(category -> trades.add("category " + category));
    }
    return new Ad(campaign.id(), 0, weight)
        .withFit(fit)
        .withExclusions(Set.of(), Set.copyOf(trades), Set.of());
  }

  private static double fit(Candidate candidate, int position) {
    return candidate.fit().isEmpty() ? Double.POSITIVE_INFINITY : candidate.fit().get(position);
  }

  /** The creative of a campaign that may stand at a position and is clicked most there. */
  private static @Nullable Candidate best(
      List<Candidate> creatives, int position, ContentRequest request) {
    Candidate best = null;
    for (Candidate creative : creatives) {
      boolean allowed =
          fit(creative, position) >= request.limits().fitFloor()
              && Collections.disjoint(
                  creative.excludedTopics(), request.positions().get(position).topics());
      if (allowed
          && (best == null
              || creative.clickWeight().get(position) > best.clickWeight().get(position))) {
        best = creative;
      }
    }
    return best;
  }

  /** The highest click probability that the ad can get anywhere. */
  private static double mostClicks(ContentRequest request, Ad ad) {
    double most = 0;
    for (int j = 0; j < ad.positions(); j++) {
      double w = ad.clickWeight(j);
      double clicks =
          request.user() instanceof UserModel.Cascade cascade
              ? cascade.attention(j) * w
              : w / (1 + w);
      most = Math.max(most, clicks);
    }
    return most;
  }

  /**
   * What the campaign bids for a click, in account currency.
   *
   * @param most the highest click probability that it can get
   * @return 0 where a click is worth nothing, NaN where no lease covers what it could be charged
   */
  private double bid(CampaignSlot slot, Campaign campaign, double most) {
    if (most == 0) {
      return 0;
    }
    PerClick click = slot.perClick;
    if (click != null) {
      long bid =
          Money.floorNanos(
              Money.units(click.priceNanos()) * slot.clickDiscount(campaign, config.allocation()));
      if (bid <= 0) {
        return 0;
      }
      long expected = PerClick.expectedNanos(bid, most);
      return cover.covered(slot, expected, 0, nowMillis) == expected
          ? Money.units(bid)
          : Double.NaN;
    }
    double wanted = Math.min(slot.clickValue(campaign), Money.units(campaign.maxBidNanos()) / most);
    long amount = Money.floorNanos(wanted * most);
    if (amount <= 0) {
      return 0;
    }
    long covered = cover.covered(slot, amount, 0, nowMillis);
    return covered <= 0 ? Double.NaN : covered == amount ? wanted : Money.units(covered) / most;
  }

  private static Reason nearest(List<Out> out) {
    Reason nearest = Reason.NO_CANDIDATE;
    for (Out each : out) {
      nearest = nearer(nearest, each.reason());
    }
    return nearest;
  }

  /** The promise to pay for an ad that is shown, taken out of a lease. */
  private Shown promise(ContentRequest request, Entrant entrant, Placed placed, int subtask) {
    CampaignSlot slot = entrant.slot;
    Campaign campaign = entrant.campaign;
    BidRequest context = request.context();
    // Given that its coin came up.
    double clicks = placed.clickProbability() / placed.showProbability();
    long amount =
        Math.max(1, Money.floorNanos(placed.expectedPayment() / placed.showProbability()));
    Impression impression =
        impression(placed.position() + "/" + campaign.id(), Math.min(1, clicks));
    PerClick perClick = slot.perClick;
    ClickTerms terms = null;
    long drawn = amount;
    long sureCredit = 0;
    if (perClick != null) {
      long price = Math.max(1, placed.priceNanos());
      drawn = PerClick.expectedNanos(price, impression.clickRate());
      terms = new ClickTerms(price, impression.clickRate(), 0);
    } else {
      sureCredit = slot.sureCredit(campaign, impression);
    }
    int place = slot.wallet.choose(drawn, sureCredit, nowMillis, config.clockSkewMillis());
    if (terms == null) {
      // The same number but for rounding of very large ones.
      amount = Math.min(amount, slot.wallet.coveredAt(place, amount, sureCredit));
      drawn = amount;
    }
    long deadline = Math.min(context.deadlineMillis(), slot.wallet.expiryAt(place));
    if (terms != null && perClick != null) {
      terms =
          new ClickTerms(terms.priceNanos(), terms.clickRate(), deadline + perClick.windowMillis());
    }
    boolean counted = slot.counts && context.user() != null;
    Bid bid =
        new Bid(
            BidId.of(context.id(), impression.id()),
            context.id(),
            impression.id(),
            campaign.id(),
            creative(request, campaign, placed.position()),
            amount,
            slot.wallet.idAt(place),
            slot.wallet.dayAt(place),
            subtask,
            deadline,
            nowMillis,
            slot.epoch,
            CampaignSlot.value(campaign, impression),
            slot.credit(campaign, impression),
            slot.multipliers(campaign).budget(),
            counted ? (Long) userKey : null,
            terms);
    slot.wallet.take(place, drawn, sureCredit);
    if (counted) {
      frequency.pend(userKey, entrant.admission.campaignKey(), nowMillis);
    }
    return new Shown(bid, campaign, placed);
  }

  private static String creative(ContentRequest request, Campaign campaign, int position) {
    List<Candidate> own =
        request.candidates().stream()
            .filter(candidate -> candidate.campaign().equals(campaign.id()))
            .toList();
    Candidate best = best(own, position, request);
    if (best == null) {
      throw new IllegalStateException(campaign.id() + " has no creative for position " + position);
    }
    return best.creative();
  }
}
