package io.dualbid.core.engine;

import io.dualbid.core.bidding.BiddingRule;
import io.dualbid.core.bidding.ClickAllocation;
import io.dualbid.core.bidding.ValueMaximiser;
import io.dualbid.core.landscape.PriceLandscape;
import io.dualbid.core.landscape.StepLandscape;
import io.dualbid.core.model.Bid;
import io.dualbid.core.model.Campaign;
import io.dualbid.core.model.Impression;
import io.dualbid.core.model.Lease;
import io.dualbid.core.model.Money;
import io.dualbid.core.model.Multipliers;
import io.dualbid.core.model.PacingUpdate;
import io.dualbid.core.model.PerClick;
import io.dualbid.core.model.PriceCurve;
import io.dualbid.core.model.Strategy;
import io.dualbid.core.model.Strategy.AuctionType;
import io.dualbid.core.pacing.LeaseWallet;
import io.dualbid.core.targeting.Admission;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that a bidder holds of one campaign, and what an impression is worth to it: its value, what a
 * win earns, the bid that it wants to make. Nothing here allocates but what news bring. Not thread
 * safe.
 */
final class CampaignSlot {
  final int number;
  final String id;
  LeaseWallet wallet = new LeaseWallet();
  @Nullable Campaign campaign;
  @Nullable Admission admission;

  /** What it pays for a click, or null. */
  @Nullable PerClick perClick;

  /** That of the multipliers that bids are made with. */
  long epoch;

  boolean halted;
  boolean counts;
  long lastRequest;

  /** The discount of gains by the click, and what orders equal ones. */
  double discount = 1;

  double second;

  private BiddingRule rule = ValueMaximiser.INSTANCE;
  private long newestEpoch;
  private @Nullable Multipliers told;
  private @Nullable Multipliers start;
  private @Nullable PriceLandscape landscape;
  private boolean keepsRos;
  private AuctionType auction = AuctionType.AS_REQUESTED;

  CampaignSlot(int number, String id) {
    this.number = number;
    this.id = id;
  }

  /** The campaign is defined, for the first time or anew. */
  void define(Campaign definition) {
    if ((perClick == null) != (definition.perClick() == null)) {
      // Leases cover impressions or clicks, never both.
      wallet = new LeaseWallet();
    }
    campaign = definition;
    perClick = definition.perClick();
    start = null;
    admission = new Admission(definition);
    rule = BiddingRule.of(definition.strategy());
    keepsRos = definition.strategy().keepsRos();
    auction = definition.strategy().auction();
    counts = definition.targeting().frequencyCap() != null;
  }

  /** The campaign is withdrawn. */
  void remove() {
    campaign = null;
    admission = null;
  }

  /** Whether a lease covers what the campaign pays for. */
  boolean isUsable(Lease lease) {
    return lease.perClick() == (perClick != null);
  }

  /**
   * Whether news of this epoch count: of several the greatest does. An epoch is event time, which
   * can't be later than now; news that say so count until others come, and keep none from counting.
   */
  boolean isNews(long newEpoch) {
    return newEpoch >= newestEpoch;
  }

  /**
   * News from pacing.
   *
   * @param latestEpoch the latest that event time can be by now
   * @return whether they count
   */
  boolean tell(long newEpoch, long latestEpoch, Multipliers multipliers, PacingUpdate.State state) {
    if (!isNews(newEpoch)) {
      return false;
    }
    if (newEpoch <= latestEpoch) {
      newestEpoch = newEpoch;
    }
    epoch = Math.min(newEpoch, latestEpoch);
    told = Double.isNaN(multipliers.budget()) ? null : multipliers;
    halted = state == PacingUpdate.State.HALTED;
    return true;
  }

  /** The newest price landscape, or null where there is none. */
  void tell(@Nullable PriceCurve curve) {
    landscape =
        curve == null
            ? null
            : StepLandscape.of(doubles(curve.prices()), doubles(curve.probabilities()));
  }

  private static double[] doubles(List<Double> list) {
    double[] array = new double[list.size()];
    for (int i = 0; i < array.length; i++) {
      array[i] = list.get(i);
    }
    return array;
  }

  /** Tells the ranking what the campaign's bids are made of. */
  void rank(Ranking ranking, ClickAllocation allocation, double spread) {
    Campaign own = campaign;
    Admission key = admission;
    if (own == null || key == null) {
      return;
    }
    Multipliers m = multipliers(own);
    PerClick click = perClick;
    if (click == null) {
      double factor = rule.bid(m.calibration(), m.budget(), m.ros());
      ranking.set(
          number,
          key.campaignKey(),
          own.valuePerClick(),
          own.clickRate(),
          factor,
          own.maxBidNanos(),
          spread);
      return;
    }
    discount = allocation.discount(id, rule, m);
    second = allocation.second(m);
    ranking.set(
        number,
        key.campaignKey(),
        Money.units(click.priceNanos()),
        own.clickRate(),
        discount,
        own.maxBidNanos(),
        allocation.lowersBids() ? spread : 0);
  }

  Multipliers multipliers(Campaign own) {
    Multipliers newest = told;
    if (newest != null) {
      return newest;
    }
    Multipliers first = start;
    if (first == null) {
      Strategy strategy = own.strategy();
      first =
          new Multipliers(
              strategy.pacesBudget() ? own.startMultiplier() : 0,
              strategy.startReturnMultiplier(),
              1);
      start = first;
    }
    return first;
  }

  /** What a click is worth to a campaign that pays for impressions; may be infinite. */
  double clickValue(Campaign own) {
    Multipliers m = multipliers(own);
    return rule.bid(m.calibration() * own.valuePerClick(), m.budget(), m.ros());
  }

  /** By how much a click is discounted for a campaign that pays by it, 0 to 1. */
  double clickDiscount(Campaign own, ClickAllocation allocation) {
    return allocation.discount(id, rule, multipliers(own));
  }

  /** How likely a click is: the request's prediction where it has one, else the campaign's. */
  static double clickRate(Campaign campaign, Impression impression) {
    double rate = impression.clickRate();
    return Double.isNaN(rate) ? campaign.clickRate() : rate;
  }

  /** Expected value of a win, in account currency. */
  static double value(Campaign campaign, Impression impression) {
    return campaign.valuePerClick() * clickRate(campaign, impression);
  }

  /** What a win earns towards the return on spend, rounded down. */
  long credit(Campaign own, Impression impression) {
    return keepsRos ? Money.floorNanos(rule.credit(value(own, impression))) : Bid.NO_RETURN;
  }

  /** What of it can be counted on, to bid without risk: predictions are known to be too high. */
  long sureCredit(Campaign own, Impression impression) {
    double calibration = multipliers(own).calibration();
    return calibration >= 1 || !keepsRos
        ? credit(own, impression)
        : Money.floorNanos(rule.credit(calibration * value(own, impression)));
  }

  /**
   * What the campaign would bid for an impression if money were at hand, in whole nanos.
   *
   * @param firstPrice whether the request asks for first-price bids
   */
  long wanted(Campaign own, long floorNanos, Impression impression, boolean firstPrice) {
    Multipliers m = multipliers(own);
    double value = m.calibration() * value(own, impression);
    double bid = rule.bid(value, m.budget(), m.ros());
    if (paysItsBid(firstPrice)) {
      PriceLandscape known = landscape;
      double floor = Money.units(Math.max(0, floorNanos));
      bid = known == null ? Math.max(bid / 2, Math.min(bid, floor)) : known.bestBid(bid, floor);
    }
    return Math.min(own.maxBidNanos(), Money.floorNanos(bid));
  }

  private boolean paysItsBid(boolean firstPrice) {
    return switch (auction) {
      case AS_REQUESTED -> firstPrice;
      case FIRST_PRICE -> true;
      case SECOND_PRICE -> false;
    };
  }

  /**
   * What an impression is expected to bring by its click, in nanos, at most the highest bid; not
   * rounded.
   */
  static double gain(Campaign own, PerClick click, double discount, Impression impression) {
    double gain = Money.units(click.priceNanos()) * clickRate(own, impression) * discount * 1e9;
    return Math.min((double) own.maxBidNanos(), gain);
  }
}
