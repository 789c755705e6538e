package io.dualbid.simulator.marketplace;

import io.dualbid.core.model.Campaign;
import io.dualbid.core.model.Campaign.Status;
import io.dualbid.core.model.Creative;
import io.dualbid.core.model.Flight;
import io.dualbid.core.model.Hash;
import io.dualbid.core.model.Money;
import io.dualbid.core.model.PerClick;
import io.dualbid.core.model.Plan;
import io.dualbid.core.model.Strategy;
import io.dualbid.core.model.Targeting;
import io.dualbid.simulator.marketplace.MarketplaceScenario.Market;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Campaigns that pay by the click. Each is a function of (seed, number): some want every request,
 * some a country, some users of one of the frequent segments, so that many meet on the same ones.
 */
final class MarketplaceCampaigns {
  private static final List<String> COUNTRIES = List.of("USA", "DEU", "GBR", "FRA", "CAN");
  private static final int SEGMENTS = 16;

  private MarketplaceCampaigns() {}

  static List<Campaign> of(
      Market market, long requests, long seed, long startMillis, long endMillis) {
    double clicksOfOne = market.demand() * requests * market.meanClickRate() / market.campaigns();
    List<Campaign> campaigns = new ArrayList<>();
    for (int i = 0; i < market.campaigns(); i++) {
      long draw = Hash.mix(seed + (i + 1) * Hash.GOLDEN_GAMMA);
      campaigns.add(campaign(market, clicksOfOne, i, draw, startMillis, endMillis));
    }
    return campaigns;
  }

  private static double uniform(long draw, long purpose) {
    return Hash.unit(Hash.mix(draw + purpose));
  }

  private static Campaign campaign(
      Market market, double clicks, int number, long draw, long startMillis, long endMillis) {
    double ratio = market.highestPrice() / market.lowestPrice();
    double price = market.lowestPrice() * Math.pow(ratio, uniform(draw, 1));
    double spread = market.budgetSpread();
    // Even in the logarithm around a geometric mean whose arithmetic mean is the demand.
    double logSpread = Math.log(spread);
    double mean = spread == 1 ? 1 : (spread - 1) / Math.sqrt(spread) / logSpread;
    double budget = price * clicks * Math.pow(spread, uniform(draw, 2) - 0.5) / mean;
    long priceNanos = Math.max(1, Money.floorNanos(price));
    return new Campaign(
        String.format(Locale.ROOT, "cpc-%03d", number + 1),
        "advertiser-" + number + ".example",
        List.of(),
        Status.ACTIVE,
        Money.floorNanos(budget),
        null,
        new Flight(startMillis, endMillis, ZoneOffset.UTC),
        Plan.EVEN,
        Strategy.value(1),
        price,
        market.clickRate(),
        priceNanos,
        List.of(
            Creative.banner("300x250", 300, 250),
            Creative.banner("728x90", 728, 90),
            Creative.banner("320x50", 320, 50),
            Creative.banner("160x600", 160, 600),
            Creative.banner("970x250", 970, 250)),
        targeting(number, draw),
        new PerClick(priceNanos, market.windowMillis()));
  }

  private static Targeting targeting(int number, long draw) {
    Set<String> countries =
        number % 4 == 1
            ? Set.of(COUNTRIES.get((int) (uniform(draw, 3) * COUNTRIES.size())))
            : Set.of();
    Set<String> segments =
        number % 4 == 2 || number % 4 == 3
            ? Set.copyOf(
                List.of(
                    Integer.toString((int) (uniform(draw, 4) * SEGMENTS)),
                    Integer.toString(SEGMENTS + (int) (uniform(draw, 5) * SEGMENTS))))
            : Set.of();
    return new Targeting(
        countries, Set.of(), Set.of(), Set.of(), Set.of(), segments, Set.of(), Set.of(), List.of(),
        null);
  }
}
