package io.dualbid.core.rlb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class ValueTableTest {
  @Test
  void solvesTwoAuctionsByHand() {
    // Prices 1 and 2, each half the time; a win is worth 0.4.
    PriceDistribution market = PriceDistribution.of(new long[] {0, 1, 1}, 0);
    ValueTable table = ValueTable.solve(market, Objective.clicks(0.4), 3, 4, 2);
    assertThat(table.value(0, 4)).isZero();
    assertThat(table.value(1, 0)).isZero();
    assertThat(table.value(1, 1)).isCloseTo(0.2, within(1e-15));
    assertThat(table.value(1, 2)).isCloseTo(0.4, within(1e-15));
    // With 2 and two auctions: buy at 1 and keep 1 (0.4 + 0.2), or at 2, as good as waiting (0.4).
    assertThat(table.value(2, 2)).isCloseTo(0.5 * 0.6 + 0.5 * 0.4, within(1e-15));
    assertThat(table.value(2, 4)).isCloseTo(0.8, within(1e-15));
  }

  /** Bellman's equation with a search over all bids, which knows nothing of a(b) or plateaus. */
  private static double[][] bellman(Markets world) {
    Objective objective = world.objective();
    double[][] values = new double[world.auctions()][world.budget() + 1];
    for (int n = 1; n < world.auctions(); n++) {
      for (int b = 1; b <= world.budget(); b++) {
        double best = Double.NEGATIVE_INFINITY;
        double won = 0;
        double chance = 0;
        for (int bid = 0; bid <= Math.min(b, world.maxBid()); bid++) {
          double m = world.market().at(bid);
          chance += m;
          won +=
              m
                  * (objective.meanGain()
                      - objective.costWeight() * bid
                      + objective.discount() * values[n - 1][b - bid]);
          best = Math.max(best, won + (1 - chance) * objective.discount() * values[n - 1][b]);
        }
        values[n][b] = best;
      }
    }
    return values;
  }

  @Property(tries = 300)
  void equalsASearchOverAllBids(@ForAll long seed) {
    Markets world = Markets.random(new SplittableRandom(seed));
    ValueTable table = world.values();
    double[][] values = bellman(world);
    for (int n = 0; n < world.auctions(); n++) {
      for (int b = 0; b <= world.budget(); b++) {
        assertThat(table.value(n, b)).isCloseTo(values[n][b], within(1e-8));
      }
    }
  }

  @Property(tries = 300)
  void isWorthMoreWithMoreMoneyAndMoreAuctions(@ForAll long seed) {
    Markets world = Markets.random(new SplittableRandom(seed));
    ValueTable table = world.values();
    for (int n = 1; n < world.auctions(); n++) {
      for (int b = 0; b <= world.budget(); b++) {
        assertThat(table.value(n, b)).isGreaterThanOrEqualTo(table.value(n - 1, b) - 1e-9);
        if (b > 0) {
          assertThat(table.value(n, b)).isGreaterThanOrEqualTo(table.value(n, b - 1) - 1e-9);
        }
      }
    }
  }

  @Property(tries = 200)
  void bidsTheSameWithAndWithoutTheEarlyStop(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Markets world = Markets.random(random);
    ValueTable stopped = world.values();
    ValueTable full =
        ValueTable.solve(
            world.market(), world.objective(), world.auctions(), world.budget(), world.maxBid(), 0);
    assertThat(full.cells())
        .isEqualTo(1 + (world.auctions() - 1L) * (world.budget() + 1L))
        .isGreaterThanOrEqualTo(stopped.cells());
    StateBid one = new StateBid(stopped);
    StateBid other = new StateBid(full);
    for (int i = 0; i < 200; i++) {
      int n = 1 + random.nextInt(world.auctions());
      int b = random.nextInt(world.budget() + 1);
      double theta = random.nextDouble();
      assertThat(one.bid(n, b, theta)).isEqualTo(other.bid(n, b, theta));
    }
  }

  @Test
  void endsRowsWhereMoneyIsWorthNothingMore() {
    PriceDistribution market = PriceDistribution.of(new long[] {1, 2, 1}, 1);
    ValueTable table = ValueTable.solve(market, Objective.clicks(0.1), 10, 1_000, 2);
    // n auctions can't spend more than 2n.
    assertThat(table.cells()).isLessThan(10 * 25);
    assertThat(table.value(9, 1_000)).isCloseTo(0.9, within(1e-9));
  }

  @Test
  void solvesALargeTableAsASearchOverAllBids() {
    SplittableRandom random = new SplittableRandom(7);
    long[] counts = new long[61];
    for (int price = 0; price <= 60; price++) {
      counts[price] = random.nextInt(100);
    }
    Markets world =
        new Markets(PriceDistribution.of(counts, 1), Objective.clicks(0.01), 90, 1_500, 60);
    ValueTable table = world.values();
    double[][] values = bellman(world);
    for (int n = 0; n < 90; n++) {
      for (int b = 0; b <= 1_500; b++) {
        assertThat(table.value(n, b)).isCloseTo(values[n][b], within(1e-9));
      }
    }
  }

  @Test
  void smoothsTheHistogram() {
    PriceDistribution market = PriceDistribution.of(new long[] {1, 3, 4, 2, 1, 1}, 1);
    assertThat(market.at(0)).isEqualTo(2 / 18.0);
    assertThat(market.at(2)).isEqualTo(5 / 18.0);
    assertThat(market.at(6)).isZero();
    assertThat(market.prices()).isEqualTo(6);
    assertThatThrownBy(() -> PriceDistribution.of(new long[] {0, 0}, 0))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
