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
    double price = -Double.MIN_VALUE;
    double probability = 0;
    for (int i = 0; i < prices.size(); i++) {
      if (!(prices.get(i) > price && prices.get(i) <= Double.MAX_VALUE)) {
        throw new IllegalArgumentException(
            "prices must be finite, >= 0 and rise: prices[" + i + "]=" + prices.get(i));
      }
      if (!(probabilities.get(i) >= probability && probabilities.get(i) <= 1)) {
        throw new IllegalArgumentException(
            "probabilities must be in [0, 1] and never fall: probabilities["
                + i
                + "]="
                + probabilities.get(i));
      }
      price = prices.get(i);
      probability = probabilities.get(i);
    }
  }
}
