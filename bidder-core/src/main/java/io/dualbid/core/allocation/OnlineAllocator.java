package io.dualbid.core.allocation;

import io.dualbid.core.model.Money;

/**
 * Allocates scarce resources to requests as they come, by dual mirror descent: max Σ f_t(x_t)
 * subject to Σ b_tj(x_t) ≤ B_j, where x_t is chosen for good before the next request is seen.
 *
 * <pre>
 *   y = argmax over options and the null action of  f - ⟨μ, b⟩
 *   x = y where it fits, else the null action           a large request doesn't end it for small ones
 *   g_j = (ρ_j - b_j(y)) / scale_j                      or b_j(x): {@link Gradient}
 *   μ_j = one mirror step by η·g_j                      {@link ShadowPrices}
 * </pre>
 *
 * <p>Ties go to the null action first, then to the earlier option. (Auctions are the opposite: an
 * equal bid wins.)
 *
 * <p>Promises: no capacity is exceeded, whatever the input. With f ≤ f_max, b ≤ b_max and η ~ 1/√T,
 * the regret against the hindsight optimum is O(√T) for independent requests, and against any
 * requests the reward is at least OPT/α - O(√T), with α the largest b_tj/ρ_j; no algorithm does
 * better in general. With the tentative, plain gradient each multiplier stays at or below {@code
 * max(μ_1, f_max/ρ + η·(b_max - ρ))} under the Euclidean map and {@code max(μ_1, f_max/ρ ·
 * exp(clip))} under entropy.
 *
 * <p>Departs from the paper in skipping what doesn't fit, where the proofs stop at the first
 * resource that runs low; what is earned after that is in addition.
 *
 * <p>O(options · resources) a request, no allocation; not thread safe. Consumption and capacities
 * are in nanos of each resource's unit, multipliers in reward per unit.
 *
 * @see "Balseiro, Lu, Mirrokni: The Best of Many Worlds: Dual Mirror Descent for Online Allocation
 *     Problems, Operations Research 71(1), 2023, Algorithm 1 and Theorems 1 to 3"
 */
public final class OnlineAllocator {
  private final Capacity capacity;
  private final Horizon horizon;
  private final ShadowPrices prices;
  private final Gradient gradient;
  private int choice = Options.NULL_ACTION;
  private int taken = Options.NULL_ACTION;
  private double reward;

  /**
   * An allocator at its start. It owns what it is given.
   *
   * @param capacity limits in nanos
   * @param prices one price for each resource
   */
  public OnlineAllocator(
      Capacity capacity, Horizon horizon, ShadowPrices prices, Gradient gradient) {
    if (capacity.resources() != prices.resources()) {
      throw new IllegalArgumentException(
          capacity.resources() + " resources, but " + prices.resources() + " prices");
    }
    this.capacity = capacity;
    this.horizon = horizon;
    this.prices = prices;
    this.gradient = gradient;
    planAll();
  }

  /**
   * Decides on one request, which is one slot also where it has no option.
   *
   * @return the option taken or {@link Options#NULL_ACTION}; always that after the last slot
   */
  public int decide(Options options) {
    if (options.resources() != capacity.resources()) {
      throw new IllegalArgumentException(
          "options over " + options.resources() + " of " + capacity.resources() + " resources");
    }
    choice = Options.NULL_ACTION;
    taken = Options.NULL_ACTION;
    if (horizon.isOver()) {
      return taken;
    }
    choice = options.best(prices.multipliers());
    if (choice != Options.NULL_ACTION && capacity.fits(options, choice)) {
      capacity.take(options, choice);
      taken = choice;
      reward = Math.min(Double.MAX_VALUE, reward + options.reward(taken));
    }
    step(options, gradient == Gradient.TENTATIVE ? choice : taken);
    return taken;
  }

  /** Lets slots pass in which there was no request; the same as deciding on empty options. */
  public void idle(long slots) {
    if (slots < 0) {
      throw new IllegalArgumentException("slots must be >= 0: " + slots);
    }
    long rest = slots;
    while (rest > 0 && !horizon.isOver()) {
      long now = Math.min(rest, horizon.untilChange());
      prices.idle(now);
      rest -= now;
      if (horizon.advance(now)) {
        planAll();
      }
    }
  }

  /** Tops up or cuts a resource in flight: its target is formed anew, its price is kept. */
  public void setCapacity(int resource, long nanos) {
    capacity.setLimit(resource, nanos);
    plan(resource);
  }

  /** Extends or cuts the horizon in flight: targets are formed anew, prices are kept. */
  public void setHorizon(long slots) {
    horizon.setLength(slots);
    planAll();
  }

  /** The best option of the last request, whether it fitted or not. */
  public int choice() {
    return choice;
  }

  /** The option taken of the last request. */
  public int taken() {
    return taken;
  }

  /** Sum of the rewards taken. */
  public double reward() {
    return reward;
  }

  /** What is left of a resource, in nanos. */
  public long left(int resource) {
    return capacity.left(resource);
  }

  /** The prices, for reading. */
  public ShadowPrices prices() {
    return prices;
  }

  private void step(Options options, int seen) {
    for (int j = 0; j < prices.resources(); j++) {
      prices.step(j, seen == Options.NULL_ACTION ? 0 : Money.units(options.consumption(seen, j)));
    }
    if (horizon.advance(1)) {
      planAll();
    }
  }

  private void planAll() {
    for (int j = 0; j < prices.resources(); j++) {
      plan(j);
    }
  }

  private void plan(int resource) {
    prices.plan(resource, Money.units(capacity.left(resource)), horizon);
  }
}
