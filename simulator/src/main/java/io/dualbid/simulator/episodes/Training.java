package io.dualbid.simulator.episodes;

import com.fasterxml.jackson.databind.JsonNode;
import io.dualbid.core.bidding.TrainingTotals;
import io.dualbid.core.rlb.PriceDistribution;

/** What the training days of a campaign tell: totals, and a histogram of market prices. */
public final class Training {
  private final String campaign;
  private final TrainingTotals totals;
  private final long[] prices;

  private Training(String campaign, TrainingTotals totals, long[] prices) {
    this.campaign = campaign;
    this.totals = totals;
    this.prices = prices;
  }

  /**
   * Reads the statistics of one campaign.
   *
   * @throws IllegalArgumentException naming the field that is missing or wrong
   */
  public static Training of(String campaign, JsonNode info) {
    JsonNode histogram = info.path("price_histogram_train");
    long[] prices = new long[histogram.size()];
    boolean counted = histogram.isArray() && prices.length > 0;
    for (int price = 0; price < prices.length; price++) {
      prices[price] = histogram.path(price).asLong(-1);
      counted &= prices[price] >= 0;
    }
    if (!counted) {
      throw new IllegalArgumentException(
          "price_histogram_train: found no counts of campaign '"
              + campaign
              + "'; accepted: a list of auctions at each price from 0");
    }
    long clicks = info.path("clk_train").asLong();
    if (clicks <= 0) {
      throw new IllegalArgumentException(
          "clk_train: found " + clicks + " of campaign '" + campaign + "'; accepted: 1 or more");
    }
    return new Training(
        campaign,
        new TrainingTotals(
            info.path("imp_train").asLong(), clicks, info.path("cost_train").asLong()),
        prices);
  }

  /** Id of the campaign. */
  String campaign() {
    return campaign;
  }

  /** Impressions, clicks and cost. */
  TrainingTotals totals() {
    return totals;
  }

  /** Auctions at each market price from 0; at least one price; a copy. */
  long[] prices() {
    return prices.clone();
  }

  /** The distribution of prices, with one auction more at each, as in the published code. */
  PriceDistribution market() {
    return PriceDistribution.of(prices, 1);
  }

  /** The least price up to which buying everything spends {@code perAuction} an auction. */
  int priceThatSpends(double perAuction) {
    double target = perAuction * totals.impressions();
    double spend = 0;
    int price = 0;
    while (price < prices.length - 1 && spend < target) {
      price++;
      spend += (double) price * prices[price];
    }
    return price;
  }
}
