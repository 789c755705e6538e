package io.dualbid.core.allocation;

import io.dualbid.core.dual.DualVariable;
import io.dualbid.core.dual.Entropy;
import io.dualbid.core.dual.Euclidean;
import io.dualbid.core.dual.MirrorMap;
import io.dualbid.core.dual.ShiftedEntropy;
import io.dualbid.core.dual.StepSize;
import io.dualbid.core.model.Money;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A random instance: rewards in [0, 1), consumption in [0, 1] units of each resource, some of it
 * free.
 */
final class Instance {
  static final List<MirrorMap> MAPS =
      List.of(Euclidean.DEFAULT, Entropy.DEFAULT, ShiftedEntropy.DEFAULT);

  private final long[] capacity;
  private final List<Options> requests;

  private Instance(long[] capacity, List<Options> requests) {
    this.capacity = capacity;
    this.requests = requests;
  }

  static Instance random(SplittableRandom random, int slots, int resources, double perSlot) {
    long[] capacity = new long[resources];
    for (int j = 0; j < resources; j++) {
      capacity[j] = Money.floorNanos(slots * perSlot * (0.2 + random.nextDouble()));
    }
    List<Options> requests = new ArrayList<>();
    for (int t = 0; t < slots; t++) {
      Options options = new Options(resources);
      for (int i = random.nextInt(4); i > 0; i--) {
        options.add(random.nextDouble());
        for (int j = 0; j < resources; j++) {
          double units = random.nextInt(4) == 0 ? 0 : random.nextDouble();
          options.consume(j, Money.floorNanos(units));
        }
      }
      requests.add(options);
    }
    return new Instance(capacity, requests);
  }

  /** The same with all money, rewards included, in another currency. */
  Instance times(long factor) {
    long[] more = new long[capacity.length];
    for (int j = 0; j < more.length; j++) {
      more[j] = Math.multiplyExact(capacity[j], factor);
    }
    List<Options> scaled = new ArrayList<>();
    for (Options request : requests) {
      Options options = new Options(capacity.length);
      for (int i = 0; i < request.size(); i++) {
        options.add(request.reward(i) * factor);
        for (int j = 0; j < capacity.length; j++) {
          options.consume(j, Math.multiplyExact(request.consumption(i, j), factor));
        }
      }
      scaled.add(options);
    }
    return new Instance(more, scaled);
  }

  Capacity capacity() {
    return new Capacity(capacity);
  }

  List<Options> requests() {
    return requests;
  }

  /** Target of a slot in units. */
  double rho(int resource) {
    return Money.units(capacity[resource]) / requests.size();
  }

  static List<DualVariable> duals(int resources, MirrorMap map, StepSize step, double start) {
    List<DualVariable> duals = new ArrayList<>();
    for (int j = 0; j < resources; j++) {
      duals.add(new DualVariable(map, step, start));
    }
    return duals;
  }

  OnlineAllocator allocator(ShadowPrices prices, Gradient gradient) {
    return new OnlineAllocator(capacity(), Horizon.of(requests.size()), prices, gradient);
  }

  /** The most that any sequence of decisions earns within the capacities, by trying them all. */
  double bruteForce() {
    return best(0, capacity.clone());
  }

  private double best(int t, long[] left) {
    if (t == requests.size()) {
      return 0;
    }
    double best = best(t + 1, left);
    Options options = requests.get(t);
    for (int i = 0; i < options.size(); i++) {
      long[] after = left.clone();
      boolean fits = true;
      for (int j = 0; j < after.length; j++) {
        after[j] -= options.consumption(i, j);
        fits &= after[j] >= 0;
      }
      if (fits) {
        best = Math.max(best, options.reward(i) + best(t + 1, after));
      }
    }
    return best;
  }
}
