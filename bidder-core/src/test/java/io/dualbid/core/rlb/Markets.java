package io.dualbid.core.rlb;

import java.util.SplittableRandom;

/** Random small worlds for the tables. */
record Markets(
    PriceDistribution market, Objective objective, int auctions, int budget, int maxBid) {
  static Markets random(SplittableRandom random) {
    long[] counts = new long[2 + random.nextInt(12)];
    for (int price = 0; price < counts.length; price++) {
      counts[price] = random.nextInt(3) == 0 ? 0 : random.nextInt(50);
    }
    boolean profit = random.nextInt(3) == 0;
    Objective objective =
        new Objective(
            0.05 + random.nextDouble() * 0.5,
            profit ? 5 + 20 * random.nextDouble() : 1,
            profit ? 0.2 + random.nextDouble() : 0,
            random.nextInt(3) == 0 ? 0.9 + 0.1 * random.nextDouble() : 1);
    return new Markets(
        PriceDistribution.of(counts, 1),
        objective,
        2 + random.nextInt(20),
        1 + random.nextInt(80),
        1 + random.nextInt(15));
  }

  ValueTable values() {
    return ValueTable.solve(market, objective, auctions, budget, maxBid);
  }

  MarginalTable marginals() {
    return MarginalTable.solve(market, objective, auctions, budget, maxBid);
  }
}
