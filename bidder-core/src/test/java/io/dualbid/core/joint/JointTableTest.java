package io.dualbid.core.joint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.dualbid.core.rlb.Objective;
import io.dualbid.core.rlb.PriceDistribution;
import io.dualbid.core.rlb.ValueTable;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class JointTableTest {
  /** A random market of which the atoms are known, too. */
  private static final class Market {
    final JointDistribution joint;
    final int[] prices;
    final double[] rates;
    final double[] weights;

    Market(SplittableRandom random) {
      int atoms = 1 + random.nextInt(12);
      int highest = 1 + random.nextInt(15);
      joint = new JointDistribution(highest);
      prices = new int[atoms];
      rates = new double[atoms];
      weights = new double[atoms];
      double total = 0;
      for (int i = 0; i < atoms; i++) {
        // Now and then an auction that is too dear for the highest bid.
        prices[i] = random.nextInt(highest + 3);
        // A power of two each, so that no two rates share a group and are blurred.
        rates[i] = Math.pow(2, -1 - random.nextInt(10));
        weights[i] = 0.1 + random.nextDouble();
        total += weights[i];
        joint.add(prices[i], rates[i], weights[i]);
      }
      for (int i = 0; i < atoms; i++) {
        weights[i] /= total;
      }
    }
  }

  @Test
  void solvesTwoAuctionsByHand() {
    // A good request at a price of 2, or a poor one at 1, each half the time.
    JointDistribution market = new JointDistribution(2);
    market.add(2, 0.5, 1);
    market.add(1, 0.25, 1);
    JointTable table = JointTable.solve(market, 3, 4, 1);
    assertThat(table.value(1, 0)).isZero();
    assertThat(table.value(1, 1)).isCloseTo(0.125, within(1e-15));
    assertThat(table.value(1, 2)).isCloseTo(0.375, within(1e-15));
    // With 2 and two auctions: a good one is taken (0.5 against 0.375 kept), a poor one too, which
    // leaves 1 (0.25 + 0.125).
    assertThat(table.value(2, 2)).isCloseTo(0.5 * 0.5 + 0.5 * 0.375, within(1e-15));
    assertThat(table.value(2, 4)).isCloseTo(0.75, within(1e-15));
    assertThat(table.value(2, 1.5)).isCloseTo((0.125 * 1.5 + 0.4375) / 2, within(1e-15));
  }

  /** With one rate it is RLB, which knows no other; prices of 0 are taken by it too, from b = 1. */
  @Property(tries = 100)
  void isRlbWhereAllRequestsAreAlike(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    long[] counts = new long[2 + random.nextInt(12)];
    JointDistribution market = new JointDistribution(counts.length - 1);
    for (int price = 1; price < counts.length; price++) {
      counts[price] = 1L + random.nextInt(50);
      market.add(price, 0.125, (double) counts[price]);
    }
    int auctions = 2 + random.nextInt(20);
    int budget = 1 + random.nextInt(80);
    JointTable joint = JointTable.solve(market, auctions, budget, 1);
    ValueTable rlb =
        ValueTable.solve(
            PriceDistribution.of(counts, 0),
            Objective.clicks(0.125),
            auctions,
            budget,
            counts.length - 1);
    for (int n = 0; n < auctions; n++) {
      for (int b = 0; b <= budget; b++) {
        assertThat(joint.value(n, b)).isCloseTo(rlb.value(n, b), within(1e-8));
      }
    }
  }

  /** The expected clicks of bidding {@code rate / threshold}, played through on the model. */
  private static double[][] ofThreshold(Market market, int auctions, int budget, double threshold) {
    double[][] values = new double[auctions][budget + 1];
    for (int n = 1; n < auctions; n++) {
      for (int b = 0; b <= budget; b++) {
        double sum = 0;
        for (int i = 0; i < market.prices.length; i++) {
          int price = market.prices[i];
          boolean won =
              price <= market.joint.highestPrice()
                  && price <= b
                  && market.rates[i] >= threshold * price;
          sum +=
              market.weights[i]
                  * (won ? market.rates[i] + values[n - 1][b - price] : values[n - 1][b]);
        }
        values[n][b] = sum;
      }
    }
    return values;
  }

  @Property(tries = 200)
  void isNeverBelowAnyFixedThresholdOnTheModel(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Market market = new Market(random);
    int auctions = 2 + random.nextInt(15);
    int budget = random.nextInt(60);
    JointTable table = JointTable.solve(market.joint, auctions, budget, 1);
    for (int i = 0; i < 5; i++) {
      double[][] fixed =
          ofThreshold(market, auctions, budget, Math.pow(2, -8 + 10 * random.nextDouble()) / 10);
      for (int n = 0; n < auctions; n++) {
        for (int b = 0; b <= budget; b++) {
          assertThat(table.value(n, b)).isGreaterThanOrEqualTo(fixed[n][b] - 1e-9);
        }
      }
    }
  }

  /** Its own bids, played through on the model, earn just what it says. */
  @Property(tries = 100)
  void isWhatItsBidsEarnOnTheModel(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Market market = new Market(random);
    int auctions = 2 + random.nextInt(12);
    int budget = random.nextInt(40);
    JointTable table = JointTable.solve(market.joint, auctions, budget, 1);
    JointBid bids = new JointBid(table);
    double[][] values = new double[auctions][budget + 1];
    for (int n = 1; n < auctions; n++) {
      for (int b = 0; b <= budget; b++) {
        for (int i = 0; i < market.prices.length; i++) {
          int price = market.prices[i];
          boolean won = bids.bid(n, b, market.rates[i]) >= price;
          values[n][b] +=
              market.weights[i]
                  * (won ? market.rates[i] + values[n - 1][b - price] : values[n - 1][b]);
        }
        assertThat(values[n][b]).isCloseTo(table.value(n, b), within(1e-9));
      }
    }
  }

  @Property(tries = 100)
  void neverFallsWithMoneyOrTime(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Market market = new Market(random);
    double step = 1 + 3 * random.nextDouble();
    JointTable table = JointTable.solve(market.joint, 10, 50, step);
    for (int n = 1; n < 10; n++) {
      for (double b = 0.5; b <= 50; b += 0.5) {
        assertThat(table.value(n, b)).isGreaterThanOrEqualTo(table.value(n, b - 0.5) - 1e-9);
        assertThat(table.value(n, b)).isGreaterThanOrEqualTo(table.value(n - 1, b) - 1e-9);
      }
    }
  }

  @Property(tries = 200)
  void bidsMoreForABetterRequestAndNeverMoreThanIsLeft(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Market market = new Market(random);
    JointBid bids =
        new JointBid(JointTable.solve(market.joint, 10, 50, 1 + 3 * random.nextDouble()));
    for (int i = 0; i < 100; i++) {
      int n = 1 + random.nextInt(30);
      int b = random.nextInt(80);
      double low = random.nextDouble();
      double high = low + (1 - low) * random.nextDouble();
      assertThat(bids.bid(n, b, low)).isLessThanOrEqualTo(bids.bid(n, b, high));
      assertThat(bids.bid(n, b, high)).isBetween(0, Math.min(b, market.joint.highestPrice()));
    }
  }

  @Test
  void losesLittleToACoarserStep() {
    SplittableRandom random = new SplittableRandom(5);
    JointDistribution market = new JointDistribution(60);
    for (int i = 0; i < 2_000; i++) {
      market.add(random.nextInt(60), 0.01 * random.nextDouble(), 1);
    }
    double fine = JointTable.solve(market, 201, 1_000, 1).value(200, 1_000);
    double coarse = JointTable.solve(market, 201, 1_000, 4).value(200, 1_000);
    assertThat(coarse).isCloseTo(fine, within(0.01 * fine));
  }
}
