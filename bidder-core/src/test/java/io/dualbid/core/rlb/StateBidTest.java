package io.dualbid.core.rlb;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class StateBidTest {
  @Property(tries = 200)
  void bidsMoreForABetterRequestAndNeverMoreThanIsLeft(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Markets world = Markets.random(random);
    StateBid bids = new StateBid(world.values());
    for (int i = 0; i < 100; i++) {
      int n = 1 + random.nextInt(world.auctions());
      int b = random.nextInt(world.budget() + 1);
      double low = random.nextDouble();
      double high = low + (1 - low) * random.nextDouble();
      assertThat(bids.bid(n, b, low)).isLessThanOrEqualTo(bids.bid(n, b, high));
      assertThat(bids.bid(n, b, high)).isBetween(0, Math.min(b, world.maxBid()));
    }
  }

  @Property(tries = 200)
  void findsTheSameBidByWalkAndBySearch(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Markets world = Markets.random(random);
    ValueTable values = world.values();
    StateBid bids = new StateBid(values);
    int compared = 0;
    for (int i = 0; i < 100; i++) {
      int n = 1 + random.nextInt(world.auctions());
      int b = random.nextInt(world.budget() + 1);
      double theta = random.nextDouble();
      if (isClear(values, n, b, theta)) {
        assertThat(bids.search(n, b, theta)).isEqualTo(bids.bid(n, b, theta));
        compared++;
      }
    }
    assertThat(compared).isPositive();
  }

  /** Whether no price leaves a worth so close to 0 that rounding would decide. */
  private static boolean isClear(ValueTable values, int n, int b, double theta) {
    Objective objective = values.objective();
    for (int d = 1; d <= Math.min(b, values.maxBid()); d++) {
      double worth =
          objective.clickWeight() * theta
              + objective.discount() * (values.value(n - 1, b - d) - values.value(n - 1, b))
              - objective.costWeight() * d;
      if (Math.abs(worth) < 1e-9) {
        return false;
      }
    }
    return true;
  }

  @Property(tries = 100)
  void bidsByStateAloneAsForAnAverageRequest(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Markets world = Markets.random(random);
    StateBid bids = new StateBid(world.values());
    int n = 1 + random.nextInt(world.auctions());
    int b = random.nextInt(world.budget() + 1);
    assertThat(bids.stateOnly(n, b)).isEqualTo(bids.bid(n, b, world.objective().meanClickRate()));
  }

  @Property(tries = 100)
  void staysWithinTheBudgetOfAnEpisode(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Markets world = Markets.random(random);
    StateBid bids = new StateBid(world.values());
    int left = world.budget();
    for (int n = world.auctions(); n >= 1; n--) {
      int price = random.nextInt(world.market().prices());
      if (bids.bid(n, left, random.nextDouble()) >= price) {
        left -= price;
      }
      assertThat(left).isNotNegative();
    }
  }
}
