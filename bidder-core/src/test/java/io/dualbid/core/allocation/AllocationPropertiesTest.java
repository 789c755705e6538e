package io.dualbid.core.allocation;

import static io.dualbid.core.allocation.Options.NULL_ACTION;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.dualbid.core.dual.DualVariable;
import io.dualbid.core.dual.Entropy;
import io.dualbid.core.dual.Euclidean;
import io.dualbid.core.dual.MirrorMap;
import io.dualbid.core.dual.ShiftedEntropy;
import io.dualbid.core.dual.StepSize;
import io.dualbid.core.model.Money;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** What holds for every input, not only for those of a theorem. */
class AllocationPropertiesTest {
  private static final List<StepSize> STEPS =
      List.of(
          new StepSize.Constant(0.05),
          new StepSize.Constant(1e9),
          new StepSize.InverseRoot(2),
          new StepSize.Adaptive(0.5, 0));

  private static <T> T any(SplittableRandom random, List<T> list) {
    return list.get(random.nextInt(list.size()));
  }

  private static Gradient anyGradient(SplittableRandom random) {
    return any(random, List.of(Gradient.TENTATIVE, Gradient.REALISED));
  }

  private static ShadowPrices anyPrices(SplittableRandom random, int resources) {
    var duals =
        Instance.duals(
            resources,
            any(
                random,
                List.of(new Euclidean(7), new Entropy(1, 0.1, 7), new ShiftedEntropy(1, 1, 7))),
            any(random, STEPS),
            random.nextDouble());
    return random.nextBoolean() ? ShadowPrices.normalised(duals) : ShadowPrices.plain(duals);
  }

  private static double absurd(SplittableRandom random) {
    return any(
        random,
        List.of(0.0, -1.0, 1e300, -1e300, Double.MIN_VALUE, Double.NaN, Double.POSITIVE_INFINITY));
  }

  /** Absurd rewards and consumption, capacities and horizons that change in flight. */
  @Property(tries = 300)
  void neverExceedsACapacityAndKeepsEveryNumberWithinBounds(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int resources = 1 + random.nextInt(3);
    long[] capacity = new long[resources];
    for (int j = 0; j < resources; j++) {
      capacity[j] = random.nextLong(10 * Money.NANOS_PER_UNIT);
    }
    ShadowPrices prices = anyPrices(random, resources);
    Horizon horizon = random.nextBoolean() ? Horizon.of(40) : Horizon.unknown(1);
    OnlineAllocator allocator =
        new OnlineAllocator(new Capacity(capacity), horizon, prices, anyGradient(random));
    long[] used = new long[resources];
    Options options = new Options(resources);
    for (int t = 0; t < 60; t++) {
      int changed = random.nextInt(resources);
      if (random.nextInt(6) == 0) {
        capacity[changed] = random.nextInt(9) == 0 ? Long.MAX_VALUE : random.nextLong(1L << 34);
        allocator.setCapacity(changed, capacity[changed]);
      }
      if (random.nextInt(20) == 0) {
        allocator.setHorizon(random.nextInt(80));
      }
      if (random.nextInt(20) == 0) {
        allocator.idle(random.nextInt(20));
      }
      options.clear();
      for (int i = random.nextInt(5); i > 0; i--) {
        options.add(random.nextInt(5) == 0 ? absurd(random) : random.nextDouble());
        for (int j = 0; j < resources; j++) {
          long nanos = random.nextInt(9) == 0 ? Long.MAX_VALUE : random.nextLong(1L << 31);
          options.consume(j, random.nextInt(4) == 0 ? 0 : nanos);
        }
      }
      int taken = allocator.decide(options);
      for (int j = 0; j < resources; j++) {
        if (taken != NULL_ACTION && options.consumption(taken, j) > 0) {
          used[j] = Math.addExact(used[j], options.consumption(taken, j));
          assertThat(used[j]).isLessThanOrEqualTo(capacity[j]);
        }
        assertThat(allocator.left(j)).isEqualTo(Math.max(0, capacity[j] - used[j]));
        assertThat(prices.multiplier(j)).isBetween(0.0, 7.0);
        assertThat(prices.target(j)).isFinite().isNotNegative();
      }
      assertThat(allocator.reward()).isFinite().isNotNegative();
    }
    assertThat(prices.faults()).isZero();
  }

  /** A chosen option has μ·b ≤ f, so far above f_max/ρ a price can only fall. */
  @Property(tries = 300)
  void keepsPricesBelowTheDualBound(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Instance instance = Instance.random(random, 200, 2, 0.3 * random.nextDouble() + 0.001);
    double eta = Math.pow(10, 3 * random.nextDouble() - 2);
    double start = 3 * random.nextDouble();
    MirrorMap map = any(random, List.of(Euclidean.DEFAULT, Entropy.DEFAULT));
    ShadowPrices prices =
        ShadowPrices.plain(Instance.duals(2, map, new StepSize.Constant(eta), start));
    OnlineAllocator allocator = instance.allocator(prices, Gradient.TENTATIVE);
    for (Options request : instance.requests()) {
      allocator.decide(request);
      for (int j = 0; j < 2; j++) {
        double rho = instance.rho(j);
        double bound =
            map == Euclidean.DEFAULT
                ? 1 / rho + eta * (1 - rho)
                : 1 / rho * Math.exp(MirrorMap.CLIP);
        assertThat(prices.multiplier(j)).isLessThanOrEqualTo(Math.max(start, bound) * (1 + 1e-12));
      }
    }
  }

  /** Any prices bound the hindsight optimum, hence every run. */
  @Property(tries = 200)
  void certifiesMoreThanAnyPolicyCanEarn(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Instance instance = Instance.random(random, 7, 2, 0.3);
    DualBound bound = new DualBound(3 * random.nextDouble(), 3 * random.nextDouble());
    instance.requests().forEach(bound::observe);
    double most = instance.bruteForce();
    assertThat(bound.of(instance.capacity())).isGreaterThanOrEqualTo(most - 1e-12);
    OnlineAllocator allocator = instance.allocator(anyPrices(random, 2), anyGradient(random));
    instance.requests().forEach(allocator::decide);
    assertThat(allocator.reward()).isLessThanOrEqualTo(most + 1e-12);
  }

  /** Normalised gradients: another currency, the same decisions. */
  @Property(tries = 100)
  void decidesTheSameInAnotherCurrency(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Instance instance = Instance.random(random, 300, 2, 0.2);
    Instance other = instance.times(random.nextBoolean() ? 1_000 : 1_000_000);
    MirrorMap map = any(random, Instance.MAPS);
    StepSize step =
        any(random, List.of(new StepSize.Constant(0.05), new StepSize.Adaptive(0.5, 1)));
    Gradient gradient = anyGradient(random);
    OnlineAllocator here =
        instance.allocator(ShadowPrices.normalised(Instance.duals(2, map, step, 0.5)), gradient);
    OnlineAllocator there =
        other.allocator(ShadowPrices.normalised(Instance.duals(2, map, step, 0.5)), gradient);
    for (int t = 0; t < 300; t++) {
      assertThat(there.decide(other.requests().get(t)))
          .as("request %d", t)
          .isEqualTo(here.decide(instance.requests().get(t)));
      assertThat(there.prices().multiplier(1)).isCloseTo(here.prices().multiplier(1), within(1e-9));
    }
  }

  /** Under entropy even where only the rewards are money: prices carry the unit. */
  @Property(tries = 50)
  void decidesTheSameForSeatsPaidInAnotherCurrency(@ForAll long seed) {
    Instance instance = Instance.random(new SplittableRandom(seed), 300, 2, 0.2);
    StepSize step = new StepSize.Constant(0.05);
    OnlineAllocator here =
        instance.allocator(
            ShadowPrices.normalised(Instance.duals(2, Entropy.DEFAULT, step, 0.5)),
            Gradient.TENTATIVE);
    OnlineAllocator there =
        instance.allocator(
            ShadowPrices.normalised(Instance.duals(2, Entropy.DEFAULT, step, 500)),
            Gradient.TENTATIVE);
    Options paid = new Options(2);
    for (Options request : instance.requests()) {
      paid.clear();
      for (int i = 0; i < request.size(); i++) {
        paid.add(1_000 * request.reward(i));
        paid.consume(0, request.consumption(i, 0));
        paid.consume(1, request.consumption(i, 1));
      }
      assertThat(there.decide(paid)).isEqualTo(here.decide(request));
    }
  }

  /** Without normalising, the same step size serves one currency only: the property can fail. */
  @Property(tries = 5)
  void decidesOtherwiseInAnotherCurrencyWithPlainGradients(@ForAll long seed) {
    Instance instance = Instance.random(new SplittableRandom(seed), 300, 1, 0.2);
    Instance other = instance.times(1_000);
    StepSize step = new StepSize.Constant(0.05);
    int[] here = decisions(instance, Instance.duals(1, Euclidean.DEFAULT, step, 0.5));
    int[] there = decisions(other, Instance.duals(1, Euclidean.DEFAULT, step, 0.5));
    assertThat(there).isNotEqualTo(here);
  }

  private static int[] decisions(Instance instance, List<DualVariable> duals) {
    OnlineAllocator allocator = instance.allocator(ShadowPrices.plain(duals), Gradient.TENTATIVE);
    return instance.requests().stream().mapToInt(allocator::decide).toArray();
  }

  /** Idle slots at once or one by one, also where the guess of an unknown horizon doubles. */
  @Property(tries = 200)
  void catchesUpOnIdleSlotsAsIfTheyHadBeenDecided(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Instance instance = Instance.random(random, 60, 2, 0.2);
    MirrorMap map = any(random, Instance.MAPS);
    boolean known = random.nextBoolean();
    boolean normalised = random.nextBoolean();
    OnlineAllocator[] twins = new OnlineAllocator[2];
    for (int twin = 0; twin < 2; twin++) {
      var duals = Instance.duals(2, map, new StepSize.Constant(0.002), 2.0);
      twins[twin] =
          new OnlineAllocator(
              instance.capacity(),
              known ? Horizon.of(400) : Horizon.unknown(3),
              normalised ? ShadowPrices.normalised(duals) : ShadowPrices.plain(duals),
              Gradient.TENTATIVE);
    }
    Options nothing = new Options(2);
    for (Options request : instance.requests()) {
      int idle = random.nextInt(12);
      twins[0].idle(idle);
      for (int k = 0; k < idle; k++) {
        twins[1].decide(nothing);
      }
      assertThat(twins[0].decide(request)).isEqualTo(twins[1].decide(request));
      for (int j = 0; j < 2; j++) {
        assertThat(twins[0].prices().multiplier(j))
            .isCloseTo(twins[1].prices().multiplier(j), within(1e-12));
        assertThat(twins[0].prices().target(j)).isEqualTo(twins[1].prices().target(j));
      }
    }
  }

  @Property(tries = 50)
  void doesTheSameTwiceToTheLastBit(@ForAll long seed) {
    double[][] runs = new double[2][];
    for (int run = 0; run < 2; run++) {
      SplittableRandom random = new SplittableRandom(seed);
      Instance instance = Instance.random(random, 100, 2, 0.2);
      OnlineAllocator allocator = instance.allocator(anyPrices(random, 2), anyGradient(random));
      instance.requests().forEach(allocator::decide);
      ShadowPrices prices = allocator.prices();
      runs[run] = new double[] {prices.multiplier(0), prices.multiplier(1), allocator.reward()};
    }
    assertThat(Arrays.equals(runs[0], runs[1])).isTrue();
  }
}
