package io.dualbid.simulator.play;

import io.dualbid.core.configuration.EngineConfig;
import io.dualbid.core.model.BidRequest;
import io.dualbid.core.model.Campaign;
import io.dualbid.core.model.Campaign.Objective;
import io.dualbid.core.model.Impression;
import io.dualbid.core.model.Money;
import io.dualbid.core.model.PerClick;
import io.dualbid.core.model.Strategy;
import io.dualbid.core.targeting.Admission;
import io.dualbid.core.targeting.Candidates;
import io.dualbid.core.targeting.FrequencyCounter;
import io.dualbid.core.targeting.TargetingIndex;
import io.dualbid.simulator.hindsight.Knapsack;
import io.dualbid.simulator.world.Auction;
import io.dualbid.simulator.world.Opportunity;
import io.dualbid.simulator.world.World;
import io.dualbid.stream.codec.BidRequestDecoder;
import io.dualbid.stream.codec.UnreadableRecord;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Goes through a world a second time to find what each campaign could have had of it, knowing all:
 * the auctions that it could serve, then the best of them for its budget. Each campaign is looked
 * at as if it were alone, and frequency caps are left aside, so the optimum is an upper bound.
 */
final class Offered {
  private static final long NO_USER = 0;

  private final TargetingIndex index = new TargetingIndex();
  private final Candidates candidates = new Candidates();
  private final FrequencyCounter uncapped = new FrequencyCounter(1024, 1);
  private final List<Campaign> campaigns;
  private final List<Admission> admissions = new ArrayList<>();
  private final List<Auctions> auctions = new ArrayList<>();
  private final BidRequestDecoder decoder;

  /** Growing columns of gains and costs. */
  private static final class Auctions {
    double[] gain = new double[1024];
    double[] cost = new double[1024];
    int count;

    void add(double oneGain, double oneCost) {
      if (count == gain.length) {
        gain = Arrays.copyOf(gain, 2 * count);
        cost = Arrays.copyOf(cost, 2 * count);
      }
      gain[count] = oneGain;
      cost[count] = oneCost;
      count++;
    }
  }

  private Offered(EngineConfig engine, List<Campaign> campaigns) {
    this.campaigns = campaigns;
    this.decoder = new BidRequestDecoder(engine.account(), engine.bidding().defaultTmaxMillis());
    for (int i = 0; i < campaigns.size(); i++) {
      index.put(i, campaigns.get(i));
      admissions.add(new Admission(campaigns.get(i)));
      auctions.add(new Auctions());
    }
  }

  /**
   * The optimum of each campaign, by id.
   *
   * @param requests how many requests of the world were offered
   * @param startMillis when the first was
   * @param rate requests a second
   */
  static Map<String, Knapsack> optima(
      EngineConfig engine,
      List<Campaign> campaigns,
      World world,
      long requests,
      long startMillis,
      double rate) {
    Offered offered = new Offered(engine, campaigns);
    for (long i = 0; i < requests; i++) {
      Opportunity next = world.next();
      if (next == null) {
        break;
      }
      offered.add(next, startMillis + (long) (1_000 * i / rate));
    }
    Map<String, Knapsack> optima = new TreeMap<>();
    for (int i = 0; i < campaigns.size(); i++) {
      Campaign campaign = campaigns.get(i);
      Auctions own = offered.auctions.get(i);
      optima.put(campaign.id(), optimum(campaign, own));
    }
    return optima;
  }

  /**
   * The optimum under the constraints that the campaign keeps. For profit a return on spend is left
   * aside, which only raises the bound.
   */
  private static Knapsack optimum(Campaign campaign, Auctions own) {
    double[] gain = Arrays.copyOf(own.gain, own.count);
    double[] cost = Arrays.copyOf(own.cost, own.count);
    double budget = Money.units(campaign.budgetNanos());
    Strategy strategy = campaign.strategy();
    return strategy.keepsRos() && strategy.objective() == Objective.VALUE
        ? Knapsack.solve(gain, cost, strategy.targetRos(), budget)
        : Knapsack.solve(gain, cost, budget);
  }

  private void add(Opportunity opportunity, long timeMillis) {
    BidRequest request;
    try {
      request = decoder.decode(opportunity.request(), timeMillis);
    } catch (UnreadableRecord e) {
      return;
    }
    index.begin(request);
    for (Impression impression : request.impressions()) {
      Auction auction = opportunity.auction(impression.id());
      if (auction == null) {
        continue;
      }
      index.find(impression, candidates);
      for (int i = 0; i < candidates.size(); i++) {
        int slot = candidates.slot(i);
        if (admissions
                .get(slot)
                .check(request, impression, candidates.creative(i), NO_USER, uncapped, timeMillis)
            == null) {
          add(slot, impression, auction);
        }
      }
    }
  }

  private void add(int slot, Impression impression, Auction auction) {
    Campaign campaign = campaigns.get(slot);
    double rate =
        Double.isNaN(impression.clickRate()) ? campaign.clickRate() : impression.clickRate();
    PerClick perClick = campaign.perClick();
    // Who pays by the click bids at most what the click brings, and is charged that on average.
    double click = perClick == null ? 0 : Money.units(perClick.priceNanos()) * rate;
    double highest = Money.units(campaign.maxBidNanos());
    double price = Money.units(auction.priceNanos());
    if (price > (perClick == null ? highest : Math.min(highest, click))) {
      return;
    }
    price = perClick == null ? price : click;
    double value = campaign.valuePerClick() * rate;
    auctions
        .get(slot)
        .add(campaign.strategy().objective() == Objective.PROFIT ? value - price : value, price);
  }
}
