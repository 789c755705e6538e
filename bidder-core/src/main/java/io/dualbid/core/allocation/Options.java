package io.dualbid.core.allocation;

import io.dualbid.core.model.Money;
import java.util.Arrays;

/**
 * The actions that one request allows beside the null action, which is always there, earns nothing
 * and consumes nothing.
 *
 * <p>Owned and reused by the caller: clear, add, decide. Rewards are in the caller's unit,
 * consumption in nanos (1e-9) of each resource's unit. Arrays grow and never shrink, so a request
 * no larger than an earlier one allocates nothing. Not thread safe.
 */
public final class Options {
  /** Index of the null action. */
  public static final int NULL_ACTION = -1;

  private final int resources;
  private double[] reward = new double[4];
  private long[] consumption;
  private int size;
  private long faults;

  /** No options over so many resources, at least 1. */
  public Options(int resources) {
    if (resources < 1) {
      throw new IllegalArgumentException("resources must be >= 1: " + resources);
    }
    this.resources = resources;
    this.consumption = new long[reward.length * resources];
  }

  /** Forgets all options; for the next request. */
  public void clear() {
    size = 0;
  }

  /**
   * Appends an option that consumes nothing so far.
   *
   * @param optionReward its reward; one that is not finite is a fault and is never chosen
   * @return its index
   */
  public int add(double optionReward) {
    if (size == reward.length) {
      reward = Arrays.copyOf(reward, 2 * size);
      consumption = Arrays.copyOf(consumption, 2 * size * resources);
    }
    if (!Double.isFinite(optionReward)) {
      faults++;
    }
    reward[size] = optionReward;
    Arrays.fill(consumption, size * resources, (size + 1) * resources, 0);
    return size++;
  }

  /**
   * Lets the option added last consume more of a resource.
   *
   * @param nanos at least 0
   * @throws ArithmeticException if the sum does not fit in a long
   */
  public void consume(int resource, long nanos) {
    if (nanos < 0) {
      throw new IllegalArgumentException("consumption must be >= 0: " + nanos);
    }
    if (size == 0 || resource < 0 || resource >= resources) {
      throw new IndexOutOfBoundsException("option " + (size - 1) + ", resource " + resource);
    }
    int at = (size - 1) * resources + resource;
    consumption[at] = Math.addExact(consumption[at], nanos);
  }

  /** Number of options, the null action not counted. */
  public int size() {
    return size;
  }

  /** Number of resources. */
  public int resources() {
    return resources;
  }

  /** Number of rewards ever added that were not finite. */
  public long faults() {
    return faults;
  }

  /** Reward of an option. */
  public double reward(int option) {
    return reward[option];
  }

  /** What an option consumes of a resource, in nanos. */
  public long consumption(int option, int resource) {
    return consumption[option * resources + resource];
  }

  /** What an option consumes, at these prices: ⟨μ, b⟩, summed in the order of the resources. */
  double cost(int option, double[] multiplier) {
    double cost = 0;
    for (int j = 0; j < resources; j++) {
      cost += multiplier[j] * Money.units(consumption[option * resources + j]);
    }
    return cost;
  }

  /** Reward less cost: f - ⟨μ, b⟩; negative infinity where the reward is a fault. */
  double score(int option, double[] multiplier) {
    double earned = reward[option];
    return Double.isFinite(earned) ? earned - cost(option, multiplier) : Double.NEGATIVE_INFINITY;
  }

  /**
   * The option of the highest score. The null action comes first, with a score of 0, then the
   * options in their order; a later one must be strictly better.
   */
  int best(double[] multiplier) {
    int best = NULL_ACTION;
    double highest = 0;
    for (int i = 0; i < size; i++) {
      double score = score(i, multiplier);
      if (score > highest) {
        best = i;
        highest = score;
      }
    }
    return best;
  }
}
