package io.dualbid.core.engine;

import io.dualbid.core.model.BidRequest;
import io.dualbid.core.model.Campaign;
import io.dualbid.core.model.FrequencyCap;
import io.dualbid.core.model.Hash;
import io.dualbid.core.model.Impression;
import io.dualbid.core.model.Lease;
import io.dualbid.core.model.Multipliers;
import io.dualbid.core.model.PacingUpdate;
import io.dualbid.core.model.Reason;
import io.dualbid.core.pacing.PartitionTime;
import io.dualbid.core.pacing.Throttle;
import io.dualbid.core.targeting.Admission;
import io.dualbid.core.targeting.FrequencyCounter;
import io.dualbid.core.targeting.TargetingIndex;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Holds what control topics say of campaigns: definitions, multipliers, leases and wins; and knows
 * which of them may spend on a request, their money aside. A facade that spends their money is one,
 * whatever it decides on. Not thread safe.
 */
public abstract class CampaignHolder {
  private static final long USER_SEED = 0x75736572L;
  private static final long REQUEST_SEED = 0x72657175L;

  /** Sets the draw of participation apart from the draw of the ranking. */
  private static final long PARTICIPATION_SEED = 0x70617274L;

  final BidderConfig config;
  final FrequencyCounter frequency;
  final TargetingIndex index = new TargetingIndex();
  final LeaseCover cover;
  private final long incarnation;
  private final Map<String, CampaignSlot> byId = new HashMap<>();
  private final List<CampaignSlot> slots = new ArrayList<>();
  private boolean warm;

  // The request under decision, so that no object is needed for it.
  long nowMillis;
  long userKey;
  long requestKey;

  /**
   * A holder that knows no campaign.
   *
   * @param incarnation the run of the host, to which leases must be made out
   * @param frequency counts of impressions by user, owned by the holder from now on
   */
  CampaignHolder(BidderConfig config, long incarnation, FrequencyCounter frequency) {
    this.config = config;
    this.incarnation = incarnation;
    this.frequency = frequency;
    this.cover = new LeaseCover(config);
  }

  /** From now on requests are decided; before, they are answered with {@link Reason#WARMING_UP}. */
  public final void warmedUp() {
    warm = true;
  }

  /** Whether requests are decided. */
  public final boolean isWarm() {
    return warm;
  }

  /** A campaign is defined, for the first time or anew; takes effect at once. */
  public final void define(Campaign campaign) {
    CampaignSlot slot = slot(campaign.id());
    slot.define(campaign);
    index.put(slot.number, campaign);
    changed(slot);
  }

  /** A campaign is withdrawn. */
  public final void remove(String id) {
    CampaignSlot slot = byId.get(id);
    if (slot != null && slot.campaign != null) {
      slot.remove();
      index.remove(slot.number);
    }
  }

  /**
   * News from pacing; of several the greatest epoch counts. An epoch that can't be event time yet,
   * by the host's clock, counts until the next news: whoever wrote it, the owner of the campaign's
   * ledger isn't kept from being heard.
   *
   * @param receivedMillis when they arrived, by the host's clock
   */
  public final void pacing(
      String id,
      long epoch,
      Multipliers multipliers,
      PacingUpdate.State state,
      long receivedMillis) {
    cover.heard(receivedMillis);
    CampaignSlot slot = slot(id);
    if (slot.tell(epoch, latestEpoch(receivedMillis), multipliers, state)) {
      changed(slot);
    }
  }

  /** The same, with the price landscape. */
  public final void pacing(PacingUpdate update, long receivedMillis) {
    CampaignSlot slot = slot(update.campaign());
    if (slot.isNews(update.epoch())) {
      slot.tell(update.landscape());
    }
    pacing(update.campaign(), update.epoch(), update.multipliers(), update.state(), receivedMillis);
  }

  /** Event time goes no further than this beyond a clock like ours. */
  private long latestEpoch(long nowMillis) {
    return nowMillis + config.clockSkewMillis() + PartitionTime.LEAD_MILLIS;
  }

  /** What a campaign is, or its multipliers, are other than before. */
  void changed(CampaignSlot slot) {}

  /**
   * A lease has become visible. Those made out to others are not for us.
   *
   * @param receivedMillis when it arrived, by the host's clock
   */
  public final void lease(Lease lease, long receivedMillis) {
    cover.heard(receivedMillis);
    if (lease.incarnation() == incarnation) {
      CampaignSlot slot = slot(lease.campaign());
      if (slot.isUsable(lease)) {
        slot.wallet.add(lease);
      }
    }
  }

  /** A bid of the campaign was won for a user whose impressions are counted. */
  public final void won(String id, long userKeyOfBid, long wonMillis) {
    CampaignSlot slot = byId.get(id);
    Campaign campaign = slot == null ? null : slot.campaign;
    Admission admission = slot == null ? null : slot.admission;
    FrequencyCap cap = campaign == null ? null : campaign.targeting().frequencyCap();
    if (cap != null && admission != null) {
      frequency.record(userKeyOfBid, admission.campaignKey(), wonMillis, cap.windowMillis());
    }
  }

  /** The counts of impressions, to be saved with the host's state. */
  public final FrequencyCounter frequency() {
    return frequency;
  }

  /** What is held of a campaign, or null. */
  final @Nullable CampaignSlot find(String id) {
    return byId.get(id);
  }

  /** What is held of the campaign of this number. */
  final CampaignSlot slot(int number) {
    return slots.get(number);
  }

  /** All campaigns that were ever heard of, by id. */
  final List<CampaignSlot> byIds() {
    return slots.stream().sorted(Comparator.comparing(slot -> slot.id)).toList();
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

  /**
   * Begins with a request.
   *
   * @param decidedMillis the host's clock
   * @return why nobody may spend on it, or null
   */
  final @Nullable Reason begin(BidRequest request, long decidedMillis) {
    nowMillis = decidedMillis;
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
    String user = request.user();
    userKey = user == null ? 0 : Hash.of(user, USER_SEED);
    requestKey = Hash.of(request.id(), REQUEST_SEED);
    return null;
  }

  /** Why a campaign may not spend on an impression now, its money aside. */
  final @Nullable Reason objection(
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

  /** Of two reasons the one that came nearer to spending. */
  static Reason nearer(Reason reason, @Nullable Reason other) {
    return other != null && other.number() > reason.number() ? other : reason;
  }
}
