package io.dualbid.core.targeting;

import io.dualbid.core.model.BidRequest;
import io.dualbid.core.model.Campaign;
import io.dualbid.core.model.Creative;
import io.dualbid.core.model.Daypart;
import io.dualbid.core.model.Deal;
import io.dualbid.core.model.FrequencyCap;
import io.dualbid.core.model.Hash;
import io.dualbid.core.model.Impression;
import io.dualbid.core.model.Reason;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Puts aside candidates that may not bid now: paused, out of time, blocked by the publisher,
 * without the deal that a private auction demands, or seen often enough by the user.
 *
 * <p>Made once for a campaign; {@link #check} allocates nothing and leaves behind which creative,
 * deal and floor a bid is to use. Not thread safe.
 */
public final class Admission {
  private final long campaignKey;

  // Of the campaign, side by side: reading memory is what a check costs.
  private final boolean active;
  private final long startMillis;
  private final long endMillis;
  private final @Nullable HoursOfWeek hours;
  private final String[] categories;
  private final String advertiserDomain;
  private final Creative[] creatives;
  private final NameSet deals;
  private final @Nullable FrequencyCap cap;

  private @Nullable Creative creative;
  private @Nullable Deal deal;
  private long floorNanos;

  /** The admission of one campaign. */
  public Admission(Campaign campaign) {
    campaignKey = Hash.of(campaign.id(), 0);
    active = campaign.status() == Campaign.Status.ACTIVE;
    startMillis = campaign.flight().startMillis();
    endMillis = campaign.flight().endMillis();
    List<Daypart> dayparts = campaign.targeting().dayparts();
    hours = dayparts.isEmpty() ? null : new HoursOfWeek(dayparts, campaign.flight().zone());
    categories = campaign.categories().toArray(new String[0]);
    advertiserDomain = campaign.advertiserDomain();
    creatives = campaign.creatives().toArray(new Creative[0]);
    Set<String> targeted = campaign.targeting().deals();
    deals = targeted.isEmpty() ? NameSet.EMPTY : new NameSet(targeted);
    cap = campaign.targeting().frequencyCap();
  }

  /** The key under which impressions of this campaign are counted. */
  public long campaignKey() {
    return campaignKey;
  }

  /**
   * Why the campaign may not bid for an impression, or null if it may.
   *
   * @param firstCreative index of the first creative that fits, as the index found it
   * @param userKey key of the user; without meaning where the request has no user
   * @param frequency counts of impressions
   */
  public @Nullable Reason check(
      BidRequest request,
      Impression impression,
      int firstCreative,
      long userKey,
      FrequencyCounter frequency,
      long nowMillis) {
    if (!active) {
      return Reason.NOT_ACTIVE;
    }
    if (nowMillis < startMillis || nowMillis >= endMillis) {
      return Reason.OUTSIDE_FLIGHT;
    }
    if (hours != null && !hours.include(nowMillis)) {
      return Reason.OUTSIDE_DAYPART;
    }
    if (blocksCategory(request.blockedCategories())) {
      return Reason.BLOCKED_CATEGORY;
    }
    if (blocksAdvertiser(request.blockedAdvertisers())) {
      return Reason.BLOCKED_ADVERTISER;
    }
    creative = unblocked(impression, firstCreative);
    if (creative == null) {
      return Reason.BLOCKED_ATTRIBUTE;
    }
    deal = deal(impression);
    if (impression.privateAuction() && deal == null) {
      return Reason.DEAL_REQUIRED;
    }
    floorNanos = deal == null ? impression.floorNanos() : deal.floorNanos();
    if (cap != null
        && request.user() != null
        && frequency.count(userKey, campaignKey, nowMillis, cap.windowMillis())
            >= cap.impressions()) {
      return Reason.FREQUENCY_CAPPED;
    }
    return null;
  }

  /** What to show; set by a check that found nothing against it. */
  public Creative creative() {
    if (creative == null) {
      throw new IllegalStateException("asked for the creative of a campaign that was put aside");
    }
    return creative;
  }

  /** The deal to bid under, or null; set likewise. */
  public @Nullable Deal deal() {
    return deal;
  }

  /** The lowest bid that is taken, in nanos, or {@link Impression#FLOOR_UNKNOWN}; set likewise. */
  public long floorNanos() {
    return floorNanos;
  }

  private boolean blocksCategory(List<String> blocked) {
    for (int b = 0; b < blocked.size(); b++) {
      String category = blocked.get(b);
      for (String own : categories) {
        // A blocked category blocks those below it: IAB25 blocks IAB25-3.
        if (own.startsWith(category)
            && (own.length() == category.length() || own.charAt(category.length()) == '-')) {
          return true;
        }
      }
    }
    return false;
  }

  private boolean blocksAdvertiser(List<String> blocked) {
    String own = advertiserDomain;
    for (int b = 0; b < blocked.size(); b++) {
      String domain = blocked.get(b);
      int rest = own.length() - domain.length();
      if (rest >= 0
          && own.regionMatches(true, rest, domain, 0, domain.length())
          && (rest == 0 || own.charAt(rest - 1) == '.')
          && !domain.isEmpty()) {
        return true;
      }
    }
    return false;
  }

  /** The first creative that fits and has no blocked attribute, or null. */
  private @Nullable Creative unblocked(Impression impression, int first) {
    for (int i = first; i < creatives.length; i++) {
      Creative candidate = creatives[i];
      if ((i == first || CampaignMatcher.fits(candidate, impression))
          && !hasBlocked(candidate.attributes(), impression.blockedAttributes())) {
        return candidate;
      }
    }
    return null;
  }

  private static boolean hasBlocked(List<Integer> attributes, List<Integer> blocked) {
    for (int i = 0; i < attributes.size(); i++) {
      if (blocked.contains(attributes.get(i))) {
        return true;
      }
    }
    return false;
  }

  /** The first deal on offer that the campaign targets, or null. */
  private @Nullable Deal deal(Impression impression) {
    if (deals.isEmpty()) {
      return null;
    }
    for (int i = 0; i < impression.deals().size(); i++) {
      Deal offered = impression.deals().get(i);
      if (deals.contains(offered.id(), 0, NameSet.hash(offered.id(), 0))) {
        return offered;
      }
    }
    return null;
  }
}
