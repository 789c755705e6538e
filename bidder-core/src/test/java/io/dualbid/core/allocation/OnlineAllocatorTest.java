package io.dualbid.core.allocation;

import static io.dualbid.core.allocation.Options.NULL_ACTION;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.sun.management.ThreadMXBean;
import io.dualbid.core.dual.Euclidean;
import io.dualbid.core.dual.StepSize;
import io.dualbid.core.model.Money;
import java.lang.management.ManagementFactory;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class OnlineAllocatorTest {
  private static final long UNIT = Money.NANOS_PER_UNIT;

  private static OnlineAllocator allocator(
      Horizon horizon, Gradient gradient, double eta, double start, long... capacity) {
    return new OnlineAllocator(
        new Capacity(capacity),
        horizon,
        ShadowPrices.plain(
            Instance.duals(capacity.length, Euclidean.DEFAULT, new StepSize.Constant(eta), start)),
        gradient);
  }

  private static Options options(double[] rewards, long... consumption) {
    Options options = new Options(consumption.length / rewards.length);
    int at = 0;
    for (double reward : rewards) {
      options.add(reward);
      for (int j = 0; j < options.resources(); j++) {
        options.consume(j, consumption[at++]);
      }
    }
    return options;
  }

  @Test
  void takesTheBestOptionNetOfThePricesOfWhatItConsumes() {
    OnlineAllocator allocator =
        allocator(Horizon.of(10), Gradient.TENTATIVE, 0.1, 0.5, 5 * UNIT, 5 * UNIT);
    // 0.9 - 0.5·(1 + 1) < 0.6 - 0.5·(0.5 + 0)
    Options options = options(new double[] {0.9, 0.6}, UNIT, UNIT, UNIT / 2, 0);
    assertThat(allocator.decide(options)).isEqualTo(1);
    assertThat(allocator.left(0)).isEqualTo(5 * UNIT - UNIT / 2);
    assertThat(allocator.left(1)).isEqualTo(5 * UNIT);
    assertThat(allocator.reward()).isEqualTo(0.6);
    // ρ = 0.5: what was used as planned rests, what was not used gets cheaper.
    assertThat(allocator.prices().multiplier(0)).isEqualTo(0.5);
    assertThat(allocator.prices().multiplier(1)).isEqualTo(0.45, within(1e-15));
  }

  @Test
  void givesTiesToTheNullActionThenToTheEarlierOption() {
    OnlineAllocator allocator = allocator(Horizon.of(10), Gradient.TENTATIVE, 0.1, 1, 9 * UNIT);
    assertThat(allocator.decide(options(new double[] {1}, UNIT))).isEqualTo(NULL_ACTION);
    assertThat(allocator.decide(options(new double[] {2, 2}, 0, 0))).isZero();
    assertThat(allocator.decide(options(new double[] {1, 2, 2}, 0, 0, 0))).isEqualTo(1);
  }

  @Test
  void skipsWhatDoesNotFitAndGoesOnWithWhatDoes() {
    OnlineAllocator allocator = allocator(Horizon.of(4), Gradient.TENTATIVE, 1, 0, UNIT);
    assertThat(allocator.decide(options(new double[] {5}, 2 * UNIT))).isEqualTo(NULL_ACTION);
    assertThat(allocator.choice()).isZero();
    assertThat(allocator.left(0)).isEqualTo(UNIT);
    assertThat(allocator.decide(options(new double[] {5}, UNIT))).isZero();
    assertThat(allocator.left(0)).isZero();
  }

  @Test
  void learnsFromASkipByTheTentativeGradientOnly() {
    Options large = options(new double[] {5}, 2 * UNIT);
    OnlineAllocator tentative = allocator(Horizon.of(4), Gradient.TENTATIVE, 1, 1, UNIT);
    tentative.decide(large);
    assertThat(tentative.prices().multiplier(0)).isEqualTo(1 - (0.25 - 2));
    OnlineAllocator realised = allocator(Horizon.of(4), Gradient.REALISED, 1, 1, UNIT);
    realised.decide(large);
    assertThat(realised.prices().multiplier(0)).isEqualTo(1 - 0.25);
  }

  @Test
  void givesNothingAfterTheLastSlotUntilTheHorizonIsExtended() {
    OnlineAllocator allocator = allocator(Horizon.of(2), Gradient.TENTATIVE, 0.1, 0, 9 * UNIT);
    Options one = options(new double[] {1}, UNIT);
    assertThat(allocator.decide(one)).isZero();
    assertThat(allocator.decide(one)).isZero();
    double last = allocator.prices().multiplier(0);
    assertThat(allocator.decide(one)).isEqualTo(NULL_ACTION);
    assertThat(allocator.prices().multiplier(0)).isEqualTo(last);
    allocator.setHorizon(9);
    assertThat(allocator.prices().target(0)).isEqualTo(1);
    assertThat(allocator.prices().multiplier(0)).isEqualTo(last);
    assertThat(allocator.decide(one)).isZero();
    allocator.setHorizon(1);
    assertThat(allocator.decide(one)).isEqualTo(NULL_ACTION);
  }

  @Test
  void formsTheTargetAnewWhenCapacityChangesAndTakesNothingBack() {
    OnlineAllocator allocator = allocator(Horizon.of(10), Gradient.TENTATIVE, 0.1, 0, 9 * UNIT);
    Options one = options(new double[] {1}, UNIT);
    allocator.decide(one);
    allocator.decide(one);
    double price = allocator.prices().multiplier(0);
    allocator.setCapacity(0, 18 * UNIT);
    assertThat(allocator.prices().target(0)).isEqualTo(2);
    allocator.setCapacity(0, UNIT);
    assertThat(allocator.left(0)).isZero();
    assertThat(allocator.prices().target(0)).isZero();
    assertThat(allocator.prices().multiplier(0)).isEqualTo(price);
    assertThat(allocator.decide(one)).isEqualTo(NULL_ACTION);
    assertThat(allocator.decide(options(new double[] {1}, 0))).isZero();
  }

  @Test
  void doesNotStepNormalisedPricesOfAResourceWithoutATarget() {
    ShadowPrices prices =
        ShadowPrices.normalised(
            Instance.duals(1, Euclidean.DEFAULT, new StepSize.Constant(1), 0.3));
    OnlineAllocator allocator =
        new OnlineAllocator(new Capacity(0), Horizon.of(5), prices, Gradient.TENTATIVE);
    allocator.decide(options(new double[] {1}, UNIT));
    allocator.idle(2);
    assertThat(prices.multiplier(0)).isEqualTo(0.3);
    assertThat(prices.faults()).isZero();
  }

  @Test
  void neverRunsOutByPlanWhereTheHorizonIsUnknown() {
    ShadowPrices prices =
        ShadowPrices.normalised(
            Instance.duals(1, Euclidean.DEFAULT, new StepSize.Adaptive(0.5, 1), 1));
    OnlineAllocator allocator =
        new OnlineAllocator(
            new Capacity(100 * UNIT), Horizon.unknown(100), prices, Gradient.TENTATIVE);
    SplittableRandom random = new SplittableRandom(1);
    for (int t = 0; t < 100_000; t++) {
      allocator.decide(options(new double[] {random.nextDouble()}, UNIT / 10));
    }
    assertThat(allocator.left(0)).isBetween(UNIT / 20, 10 * UNIT);
  }

  @Test
  void refusesOptionsOverOtherResources() {
    OnlineAllocator allocator = allocator(Horizon.of(2), Gradient.TENTATIVE, 0.1, 0, UNIT);
    assertThatThrownBy(() -> allocator.decide(new Options(2)))
        .hasMessage("options over 2 of 1 resources");
    assertThatThrownBy(() -> options(new double[] {1}, -1)).hasMessageContaining(">= 0: -1");
    Options full = options(new double[] {1}, Long.MAX_VALUE);
    assertThatThrownBy(() -> full.consume(0, 1)).isInstanceOf(ArithmeticException.class);
  }

  @Test
  void allocatesNoMemoryOnTheWayOfADecision() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    SplittableRandom random = new SplittableRandom(3);
    Instance instance = Instance.random(random, 50_000, 3, 0.2);
    OnlineAllocator allocator =
        instance.allocator(
            ShadowPrices.normalised(
                Instance.duals(3, Euclidean.DEFAULT, new StepSize.Adaptive(0.5, 1), 1)),
            Gradient.TENTATIVE);
    Options reused = new Options(3);
    for (int t = 0; t < 40_000; t++) {
      allocator.decide(instance.requests().get(t));
    }
    long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
    for (int t = 40_000; t < 50_000; t++) {
      reused.clear();
      reused.add(0.5);
      reused.consume(t % 3, t);
      allocator.decide(reused);
      allocator.decide(instance.requests().get(t));
    }
    long after = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
    assertThat(after - before).isLessThan(10_000);
  }
}
