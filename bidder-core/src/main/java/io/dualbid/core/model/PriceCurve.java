package io.dualbid.core.model;

import java.util.List;

/**
 * A price landscape on its way from pacing to bidders: the probability that the highest competing
 * bid is at most each price.
 *
 * @param prices rising, in account currency
 * @param probabilities rising, as many, each above 0 and at most 1
 */
public record PriceCurve(List<Double> prices, List<Double> probabilities) {
  public PriceCurve {
    prices = List.copyOf(prices);
    probabilities = List.copyOf(probabilities);
    if (prices.size() != probabilities.size()) {
      throw new IllegalArgumentException(
          "as many prices as probabilities: " + prices.size() + ", " + probabilities.size());
    }
  }
}
