package io.dualbid.simulator.marketplace;

import io.dualbid.core.configuration.EngineConfig.Allocation;
import io.dualbid.core.model.Campaign;
import io.dualbid.simulator.exchange.Delays;
import io.dualbid.simulator.play.Scenario;
import io.dualbid.simulator.world.GeneratedWorld;
import io.dualbid.simulator.world.Landscape;
import io.dualbid.simulator.world.World;
import java.util.List;

/**
 * What a scenario of a marketplace says.
 *
 * @param title what it is about
 * @param market campaigns and the market around
 * @param durationMillis how long requests come
 * @param rate requests a second
 * @param allocation the policy of the demo
 * @param policies what to compare without the stream
 * @param seeds worlds of that comparison
 * @param seed of everything random
 */
public record MarketplaceScenario(
    String title,
    Market market,
    long durationMillis,
    double rate,
    Allocation.Kind allocation,
    List<MarketplacePolicy> policies,
    int seeds,
    long seed) {

  /**
   * Campaigns and the market around.
   *
   * @param campaigns number of campaigns
   * @param lowestPrice lowest price of a click, in account currency
   * @param highestPrice highest price of a click
   * @param demand budgets together as a multiple of what all clicks would bring at mean prices
   * @param budgetSpread the largest budget in clicks as a multiple of the smallest
   * @param windowMillis the attribution window
   * @param clickDelayMillis the longest time from a win to its click
   * @param clickRate median probability of a click
   * @param clickSpread standard deviation of its logarithm
   * @param marketCpm median competing bid, CPM
   */
  public record Market(
      int campaigns,
      double lowestPrice,
      double highestPrice,
      double demand,
      double budgetSpread,
      long windowMillis,
      long clickDelayMillis,
      double clickRate,
      double clickSpread,
      double marketCpm) {
    private static final double PRICE_SPREAD = 0.8;

    public Market {
      if (highestPrice < lowestPrice) {
        throw new IllegalArgumentException(
            "highest-price must be at least lowest-price: " + highestPrice + ", " + lowestPrice);
      }
      if (clickDelayMillis > windowMillis) {
        throw new IllegalArgumentException(
            "click-delay must be within the attribution window: "
                + clickDelayMillis
                + "ms, "
                + windowMillis
                + "ms");
      }
    }

    /** Mean probability of a click, before the cap that the landscape sets. */
    public double meanClickRate() {
      return clickRate * Math.exp(clickSpread * clickSpread / 2);
    }

    Landscape landscape() {
      return new Landscape(marketCpm, PRICE_SPREAD, clickRate, clickSpread, 0.2);
    }
  }

  public MarketplaceScenario {
    policies = List.copyOf(policies);
  }

  /** Number of requests. */
  public long requests() {
    return Math.max(1, Math.round(rate * durationMillis / 1_000.0));
  }

  /** The same for as long and at such a rate; budgets follow. */
  public MarketplaceScenario over(long newDurationMillis, double newRate) {
    return new MarketplaceScenario(
        title, market, newDurationMillis, newRate, allocation, policies, seeds, seed);
  }

  /** The same from another seed. */
  public MarketplaceScenario seeded(long newSeed) {
    return new MarketplaceScenario(
        title, market, durationMillis, rate, allocation, policies, seeds, newSeed);
  }

  /** The same compared by others, over so many worlds. */
  public MarketplaceScenario comparing(List<MarketplacePolicy> newPolicies, int newSeeds) {
    return new MarketplaceScenario(
        title, market, durationMillis, rate, allocation, newPolicies, newSeeds, seed);
  }

  /** The world of requests. */
  public World world() {
    return new GeneratedWorld(market.landscape(), seed, requests());
  }

  /** The campaigns, for a flight. */
  public List<Campaign> campaigns(long startMillis, long endMillis) {
    return MarketplaceCampaigns.of(market, requests(), seed, startMillis, endMillis);
  }

  /** When notices and clicks come. */
  public Delays delays() {
    Delays s = Delays.SHORT;
    return new Delays(
        s.noticeMinMillis(),
        s.noticeMaxMillis(),
        Math.min(s.clickMinMillis(), market.clickDelayMillis()),
        market.clickDelayMillis(),
        s.conversionMinMillis(),
        s.conversionMaxMillis());
  }

  /** The same to be played through the stream. */
  public Scenario play() {
    return new Scenario(title, this::world, this::campaigns, requests(), rate, delays(), seed);
  }
}
