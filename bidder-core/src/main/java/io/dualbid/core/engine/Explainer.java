package io.dualbid.core.engine;

import io.dualbid.core.model.BidRequest;
import io.dualbid.core.model.Campaign;
import io.dualbid.core.model.Impression;
import io.dualbid.core.model.Lease;
import io.dualbid.core.model.Multipliers;
import io.dualbid.core.model.PacingUpdate;
import io.dualbid.core.model.Reason;
import io.dualbid.core.targeting.Candidates;
import io.dualbid.core.targeting.FrequencyCounter;
import io.dualbid.core.targeting.TargetingIndex;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Tells of one request what each campaign made of it: its bid and how it ranked, or why it was out.
 * It asks the {@link Bidder} itself, once with one campaign alone and once with all, so that what
 * is told is what is done.
 *
 * <p>Money is taken to be at hand: a campaign that pacing lets bid has a lease without end. Nobody
 * has seen any impression yet, so frequency caps don't show. O(campaigns); for people, not for the
 * path of bids.
 */
public final class Explainer {
  private static final long INCARNATION = 1;
  private static final long PLENTY_NANOS = Long.MAX_VALUE / 4;
  private static final int COUNTERS = 1_024;
  private static final int PENDING_MILLIS = 1_000;

  private final BidderConfig config;
  private final List<Campaign> campaigns;
  private final Map<String, PacingUpdate> updates;

  /**
   * What a campaign made of an impression.
   *
   * @param campaign the campaign
   * @param impression the impression
   * @param value expected value of a win in account currency
   * @param multipliers what it bids by
   * @param bidNanos its bid; where it makes none 0, or what it would have bid where that is known
   * @param score what it ranked by, in nanos: the bid, or what its click is expected to bring as
   *     the allocation discounts it, times the ranking factor. The highest is offered
   * @param reason why it makes no bid, or null
   * @param unmet where no targeting fits, the first condition that is not met; else null
   * @param offered whether its bid is the one that leaves the house
   */
  public record Opinion(
      String campaign,
      String impression,
      double value,
      @Nullable Multipliers multipliers,
      long bidNanos,
      double score,
      @Nullable Reason reason,
      @Nullable String unmet,
      boolean offered) {}

  /**
   * An explainer.
   *
   * @param config as the bidder has it
   * @param updates the newest word from pacing on campaigns; without one a campaign is taken to be
   *     at its start
   */
  public Explainer(BidderConfig config, List<Campaign> campaigns, List<PacingUpdate> updates) {
    this.config = config;
    this.campaigns = List.copyOf(campaigns);
    this.updates = new HashMap<>();
    for (PacingUpdate update : updates) {
      this.updates.merge(update.campaign(), update, Explainer::newer);
    }
  }

  private static PacingUpdate newer(PacingUpdate one, PacingUpdate other) {
    return other.epoch() >= one.epoch() ? other : one;
  }

  /**
   * Explains a request.
   *
   * @param nowMillis when it is decided
   * @return for each impression, in order, the opinion of each campaign, in order
   */
  public List<Opinion> explain(BidRequest request, long nowMillis) {
    Map<String, String> offered = new HashMap<>();
    Answer answer = new Answer();
    bidder(campaigns, nowMillis).decide(request, nowMillis, answer);
    for (int i = 0; i < answer.size(); i++) {
      Offer offer = answer.offer(i);
      offered.put(offer.impression().id(), offer.campaign().id());
    }
    List<Opinion> opinions = new ArrayList<>();
    for (Impression impression : request.impressions()) {
      for (Campaign campaign : campaigns) {
        boolean best = campaign.id().equals(offered.get(impression.id()));
        opinions.add(opinion(campaign, request, impression, nowMillis, best));
      }
    }
    return opinions;
  }

  private Opinion opinion(
      Campaign campaign, BidRequest request, Impression impression, long nowMillis, boolean best) {
    Answer answer = new Answer();
    bidder(List.of(campaign), nowMillis).decide(only(request, impression), nowMillis, answer);
    double rate =
        Double.isNaN(impression.clickRate()) ? campaign.clickRate() : impression.clickRate();
    double value = campaign.valuePerClick() * rate;
    PacingUpdate update = updates.get(campaign.id());
    Multipliers told = update == null ? null : update.multipliers();
    if (answer.size() == 0) {
      String unmet =
          answer.reason() == Reason.NO_CANDIDATE ? unmet(campaign, request, impression) : null;
      return new Opinion(
          campaign.id(), impression.id(), value, told, 0, 0, answer.reason(), unmet, false);
    }
    Offer offer = answer.offer(0);
    Multipliers used = told == null ? Multipliers.budget(offer.multiplier()) : told;
    return new Opinion(
        campaign.id(),
        impression.id(),
        value,
        used,
        offer.amountNanos(),
        offer.score(),
        null,
        null,
        best);
  }

  private static @Nullable String unmet(
      Campaign campaign, BidRequest request, Impression impression) {
    TargetingIndex index = new TargetingIndex();
    index.put(0, campaign);
    index.begin(request);
    index.look(impression, new Candidates());
    return index.unmet(0, impression);
  }

  private Bidder bidder(List<Campaign> some, long nowMillis) {
    Bidder bidder = new Bidder(config, INCARNATION, new FrequencyCounter(COUNTERS, PENDING_MILLIS));
    for (Campaign campaign : some) {
      bidder.define(campaign);
      PacingUpdate update = updates.get(campaign.id());
      if (update != null) {
        bidder.pacing(update, nowMillis);
      }
      if (update == null
          || update.state() == PacingUpdate.State.ACTIVE
          || update.state() == PacingUpdate.State.HALTED) {
        bidder.lease(
            new Lease(
                1,
                campaign.id(),
                INCARNATION,
                0,
                PLENTY_NANOS,
                Lease.ANY_SLACK,
                0,
                nowMillis + config.clockSkewMillis() + config.leaseLifetimeMillis(),
                campaign.perClick() != null),
            nowMillis);
      }
    }
    bidder.warmedUp();
    return bidder;
  }

  private static BidRequest only(BidRequest r, Impression impression) {
    return new BidRequest(
        r.id(),
        r.timeMillis(),
        r.tmaxMillis(),
        r.firstPrice(),
        r.test(),
        r.responseCurrency(),
        r.seatAllowed(),
        r.places(),
        r.country(),
        r.region(),
        r.device(),
        r.user(),
        r.segments(),
        r.blockedCategories(),
        r.blockedAdvertisers(),
        List.of(impression));
  }
}
