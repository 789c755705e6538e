package io.dualbid.simulator.cli;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * The multiplier before any feedback of a campaign that plays a log: the value of a unit of spend
 * at which an average impression bids the price that spends the budget, by the price histogram of
 * training. Without training, as if every auction were won at its mean price.
 */
final class LogStart {
  private LogStart() {}

  /**
   * Clicks for a unit of spend.
   *
   * @param info training statistics, or null
   * @param clickRate mean click rate that the log predicts
   * @param budgetPerAuction in account currency
   * @param priceUnit what one unit of the histogram's prices costs for one impression
   */
  static double multiplier(
      @Nullable JsonNode info, double clickRate, double budgetPerAuction, double priceUnit) {
    if (info == null) {
      return clickRate / Math.max(1e-9, budgetPerAuction);
    }
    double trained = info.path("clk_train").asDouble() / info.path("imp_train").asDouble();
    JsonNode histogram = info.path("price_histogram_train");
    double target = budgetPerAuction / priceUnit * info.path("imp_train").asDouble();
    double spend = 0;
    int price = 0;
    while (price < histogram.size() - 1 && spend < target) {
      price++;
      spend += (double) price * histogram.path(price).asLong();
    }
    return trained / (Math.max(1, price) * priceUnit);
  }
}
