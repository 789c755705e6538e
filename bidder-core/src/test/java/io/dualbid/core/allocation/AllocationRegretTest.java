package io.dualbid.core.allocation;

import static org.assertj.core.api.Assertions.assertThat;

import io.dualbid.core.dual.Entropy;
import io.dualbid.core.dual.Euclidean;
import io.dualbid.core.dual.MirrorMap;
import io.dualbid.core.dual.StepSize;
import io.dualbid.core.model.Money;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * How close the allocator comes to hindsight, with {@link DualBound} at its own last prices as the
 * upper bound on hindsight. Seeds are fixed; the constants are about twice what was measured.
 */
class AllocationRegretTest {
  private static final int SEEDS = 5;

  private static ShadowPrices prices(MirrorMap map, int resources, int slots) {
    return ShadowPrices.normalised(
        Instance.duals(resources, map, new StepSize.Constant(1 / Math.sqrt((double) slots)), 1));
  }

  /** Independent requests: regret of the order √T, so regret/√T doesn't grow. */
  @ParameterizedTest
  @CsvSource({"1000", "10000", "100000"})
  void losesOnTheOrderOfTheRootOfTheHorizon(int slots) {
    for (MirrorMap map : new MirrorMap[] {Euclidean.DEFAULT, Entropy.DEFAULT}) {
      double regret = 0;
      for (int seed = 0; seed < SEEDS; seed++) {
        Instance instance = Instance.random(new SplittableRandom(seed), slots, 2, 0.15);
        OnlineAllocator allocator = instance.allocator(prices(map, 2, slots), Gradient.TENTATIVE);
        instance.requests().forEach(allocator::decide);
        DualBound bound =
            new DualBound(allocator.prices().multiplier(0), allocator.prices().multiplier(1));
        instance.requests().forEach(bound::observe);
        regret += bound.of(instance.capacity()) - allocator.reward();
      }
      assertThat(regret / SEEDS / Math.sqrt(slots)).as("%s", map).isBetween(0.0, 1.2);
    }
  }

  /**
   * Any requests: at least OPT/α less the order of √T. Half of the requests pay little, half much,
   * in either order; each asks for α times its share.
   */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void isNeverBaitedBelowItsRatio(boolean cheapFirst) {
    int slots = 10_000;
    double alpha = 4;
    long nanos = Money.floorNanos(1);
    long capacity = Money.floorNanos(slots / alpha);
    OnlineAllocator allocator =
        new OnlineAllocator(
            new Capacity(capacity),
            Horizon.of(slots),
            prices(Entropy.DEFAULT, 1, slots),
            Gradient.TENTATIVE);
    Options options = new Options(1);
    for (int t = 0; t < slots; t++) {
      options.clear();
      options.add((t < slots / 2) == cheapFirst ? 0.05 : 1.0);
      options.consume(0, nanos);
      allocator.decide(options);
    }
    double most = slots / alpha;
    assertThat(allocator.reward()).isBetween(most / alpha - Math.sqrt((double) slots), most);
  }
}
