package io.dualbid.core.rlb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.dualbid.core.rlb.LongHorizonBid.Mapping;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LongHorizonBidTest {
  /** Prices 0 to 40, dear ones rarer. */
  private static final PriceDistribution MARKET = PriceDistribution.of(falling(41), 1);

  private static final double CLICK_RATE = 0.01;

  private static long[] falling(int prices) {
    long[] counts = new long[prices];
    for (int price = 0; price < prices; price++) {
      counts[price] = 2L * (prices - price);
    }
    return counts;
  }

  private static LongHorizonBid bids(int auctions, int budget, Mapping mapping) {
    return new LongHorizonBid(
        MarginalTable.solve(MARKET, Objective.clicks(CLICK_RATE), auctions, budget, 40), mapping);
  }

  @Property(tries = 300)
  void holdsTheDifferencesOfTheExactTable(@ForAll long seed) {
    Markets world = Markets.random(new SplittableRandom(seed));
    ValueTable values = world.values();
    MarginalTable marginals = world.marginals();
    for (int n = 0; n < world.auctions(); n++) {
      for (int b = 0; b < world.budget(); b++) {
        double difference = values.value(n, b + 1) - values.value(n, b);
        assertThat(marginals.marginal(n, b))
            .isNotNegative()
            .isCloseTo(difference, within(1e-9 + 1e-7 * Math.abs(difference)));
      }
    }
    assertThat(marginals.cells()).isLessThanOrEqualTo(values.cells());
  }

  @Property(tries = 200)
  void bidsAsTheExactPolicyWithAsManyAuctionsAsTheTable(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Markets world = Markets.random(random);
    StateBid exact = new StateBid(world.values());
    MarginalTable marginals = world.marginals();
    for (Mapping mapping : Mapping.values()) {
      LongHorizonBid bids = new LongHorizonBid(marginals, mapping);
      for (int i = 0; i < 100; i++) {
        int n = 1 + random.nextInt(world.auctions());
        int b = random.nextInt(world.budget() + 1);
        double theta = random.nextDouble();
        // Single precision may decide where a price is worth it by less than a millionth.
        assertThat(bids.bid(n, b, theta))
            .isBetween(
                exact.bid(n, b, theta * (1 - 1e-6) - 1e-9),
                exact.bid(n, b, theta * (1 + 1e-6) + 1e-9));
      }
    }
  }

  @Test
  void bidsExactlyWithMoreMoneyThanTheTableWhereARowIsLevel() {
    MarginalTable table = MarginalTable.solve(MARKET, Objective.clicks(CLICK_RATE), 10, 500, 40);
    assertThat(table.holdsForAnyBudget(5)).isTrue();
    assertThat(new LongHorizonBid(table, Mapping.STATE).bid(6, 1_000_000, 1e-6)).isEqualTo(40);
  }

  @Test
  void takesMoreMoneyThanTheTableHoldsForFewerAuctions() {
    LongHorizonBid bids = bids(100, 400, Mapping.STATE);
    // (100, 1000) is taken for (trunc(100 · 400 / 1000), 400).
    assertThat(bids.bid(100, 1_000, CLICK_RATE)).isEqualTo(bids.bid(40, 400, CLICK_RATE));
    // So is a state that comes to it: (1000, 10,000) is (100, 1000).
    assertThat(bids.bid(1_000, 10_000, CLICK_RATE)).isEqualTo(bids.bid(40, 400, CLICK_RATE));
  }

  @Test
  void interpolatesBetweenWholeBudgets() {
    MarginalTable table = MarginalTable.solve(MARKET, Objective.clicks(CLICK_RATE), 50, 200, 40);
    double low = table.marginal(49, 30);
    double high = table.marginal(49, 31);
    assertThat(table.interpolated(49, 30.25)).isCloseTo(0.75 * low + 0.25 * high, within(1e-15));
    assertThat(table.interpolated(49, 30)).isEqualTo(low);
    assertThat(table.interpolated(49, 1e30)).isEqualTo(table.marginal(49, 199));
  }

  @ParameterizedTest
  @EnumSource(Mapping.class)
  void playsTwentyTimesTheTableCloseToTheExactPolicy(Mapping mapping) {
    int rounds = 2_000;
    int budget = 5 * rounds;
    StateBid exact =
        new StateBid(ValueTable.solve(MARKET, Objective.clicks(CLICK_RATE), rounds, budget, 40));
    LongHorizonBid bids = bids(100, 1_000, mapping);
    SegmentedBid segments = new SegmentedBid(bids, 100);
    double best = worth(rounds, budget, (n, b, theta) -> exact.bid((int) n, (int) b, theta));
    assertThat(worth(rounds, budget, bids::bid)).isGreaterThan(0.98 * best);
    assertThat(worth(rounds, budget, segments::bid)).isBetween(0.85 * best, 0.99 * best);
  }

  private interface Bidder {
    int bid(long auctions, long left, double clickRate);
  }

  /** Sum of click rates won in one run; fails where it overspends. */
  private static double worth(int rounds, long budget, Bidder bidder) {
    SplittableRandom random = new SplittableRandom(11);
    double worth = 0;
    long left = budget;
    for (int n = rounds; n >= 1; n--) {
      double theta = 2 * CLICK_RATE * random.nextDouble();
      int price = price(random);
      int bid = bidder.bid(n, left, theta);
      assertThat((long) bid).isBetween(0L, left);
      if (bid >= price) {
        left -= price;
        worth += theta;
      }
    }
    return worth;
  }

  private static int price(SplittableRandom random) {
    double draw = random.nextDouble();
    int price = 0;
    for (double below = MARKET.at(0); below < draw && price < 40; below += MARKET.at(price)) {
      price++;
    }
    return price;
  }

  @Test
  void bidsForAMillionAuctionsByATableOfAThousand() {
    LongHorizonBid bids = bids(1_000, 10_000, Mapping.STATE);
    assertThat(worth(1_000_000, 5_000_000, bids::bid)).isGreaterThan(5_000);
  }

  @Property(tries = 100)
  void neverSpendsMoreThanItsBudget(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Markets world = Markets.random(random);
    MarginalTable marginals = world.marginals();
    int rounds = 1 + random.nextInt(200);
    long budget = random.nextInt(2_000);
    for (Mapping mapping : Mapping.values()) {
      LongHorizonBid bids = new LongHorizonBid(marginals, mapping);
      assertThat(worth(rounds, budget, bids::bid)).isNotNegative();
      SegmentedBid segments = new SegmentedBid(bids, 1 + random.nextInt(marginals.auctions()));
      assertThat(worth(rounds, budget, segments::bid)).isNotNegative();
    }
  }

  @Test
  void givesEachSegmentAnEqualPartOfWhatIsLeft() {
    LongHorizonBid bids = bids(10, 400, Mapping.STATE);
    SegmentedBid segments = new SegmentedBid(bids, 10);
    // 25 auctions: 5, 10, 10. A third of 90 is for the first; 30 of it are left of 4 after 0.
    assertThat(segments.bid(25, 90, CLICK_RATE)).isEqualTo(bids.bid(5, 30, CLICK_RATE));
    assertThat(segments.bid(24, 80, CLICK_RATE)).isEqualTo(bids.bid(4, 20, CLICK_RATE));
    assertThat(segments.bid(20, 80, CLICK_RATE)).isEqualTo(bids.bid(10, 40, CLICK_RATE));
    assertThat(segments.bid(10, 55, CLICK_RATE)).isEqualTo(bids.bid(10, 55, CLICK_RATE));
    assertThatThrownBy(() -> new SegmentedBid(bids, 11))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("11");
  }
}
