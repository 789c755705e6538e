package io.dualbid.core.allocation;

/**
 * Splits each request over resources in proportion to how well they fit, within their capacities:
 * online allocation whose reward has an entropy term, so that no resource takes all.
 *
 * <pre>
 *   s_j = r_j - μ_j·c_j,  x = {@link Softmax} of s
 *   taken_j = min(x_j, left_j / c_j)
 *   g_j = (ρ_j - x_j·c_j) / scale_j          tentative; with taken_j for the realised gradient
 * </pre>
 *
 * <p>Amounts are fractions of requests, thus doubles and no money: a capacity is never exceeded but
 * for the last bits. To serve one campaign a request, {@link #draw} one by the shares taken, and
 * charge it to a ledger of its own. The guarantees are those of {@link OnlineAllocator}.
 *
 * <p>O(resources) a request, no allocation; not thread safe.
 *
 * @see "Balseiro, Lu, Mirrokni: The Best of Many Worlds, Operations Research 71(1), 2023,
 *     proportional matching with high entropy"
 */
public final class ProportionalMatching {
  private static final double FARTHEST = 1e300;

  private final double[] limit;
  private final double[] used;
  private final Horizon horizon;
  private final ShadowPrices prices;
  private final Gradient gradient;
  private final Softmax softmax;
  private final double[] score;
  private final double[] share;
  private final double[] taken;
  private double reward;

  /**
   * A matching before its first request. It owns what it is given.
   *
   * @param capacity of each resource, in units, finite and at least 0
   */
  public ProportionalMatching(
      double[] capacity, Horizon horizon, ShadowPrices prices, Gradient gradient, Softmax softmax) {
    if (capacity.length != prices.resources()) {
      throw new IllegalArgumentException(
          capacity.length + " resources, but " + prices.resources() + " prices");
    }
    for (double each : capacity) {
      requireAmount("a capacity", each);
    }
    this.limit = capacity.clone();
    this.used = new double[capacity.length];
    this.horizon = horizon;
    this.prices = prices;
    this.gradient = gradient;
    this.softmax = softmax;
    this.score = new double[capacity.length];
    this.share = new double[capacity.length];
    this.taken = new double[capacity.length];
    planAll();
  }

  /**
   * Splits one request. After the last slot all shares are 0.
   *
   * @param rewards of the whole request on each resource; what isn't a number gets nothing
   * @param costs units of each resource that the whole request consumes, finite and at least 0
   */
  public void match(double[] rewards, double[] costs) {
    if (rewards.length != limit.length || costs.length != limit.length) {
      throw new IllegalArgumentException(
          "need " + limit.length + " rewards and costs: " + rewards.length + ", " + costs.length);
    }
    for (double cost : costs) {
      requireAmount("a cost", cost);
    }
    for (int j = 0; j < limit.length; j++) {
      share[j] = 0;
      taken[j] = 0;
      score[j] = rewards[j] - prices.multiplier(j) * costs[j];
    }
    if (horizon.isOver()) {
      return;
    }
    softmax.split(score, share);
    for (int j = 0; j < limit.length; j++) {
      take(j, rewards[j], costs[j]);
      prices.step(j, (gradient == Gradient.TENTATIVE ? share[j] : taken[j]) * costs[j]);
    }
    if (horizon.advance(1)) {
      planAll();
    }
  }

  private void take(int j, double itsReward, double cost) {
    double left = left(j);
    taken[j] = share[j] * cost <= left ? share[j] : left / cost;
    used[j] += Math.min(left, taken[j] * cost);
    if (taken[j] > 0) {
      double bounded = Math.max(-FARTHEST, Math.min(FARTHEST, itsReward));
      reward = Math.min(Double.MAX_VALUE, reward + taken[j] * bounded);
    }
  }

  /**
   * One resource by the shares taken of the last request.
   *
   * @param u a uniform draw in [0, 1)
   * @return the resource or {@link Options#NULL_ACTION}
   */
  public int draw(double u) {
    double sum = 0;
    for (int j = 0; j < taken.length; j++) {
      sum += taken[j];
      if (u < sum) {
        return j;
      }
    }
    return Options.NULL_ACTION;
  }

  /** The share of the last request that was meant for a resource. */
  public double share(int resource) {
    return share[resource];
  }

  /** The share of the last request that a resource took. */
  public double taken(int resource) {
    return taken[resource];
  }

  /** What is left of a resource, in units. */
  public double left(int resource) {
    return Math.max(0, limit[resource] - used[resource]);
  }

  /** Tops up or cuts a resource in flight: its target is formed anew, its price is kept. */
  public void setCapacity(int resource, double units) {
    requireAmount("a capacity", units);
    limit[resource] = units;
    prices.plan(resource, left(resource), horizon);
  }

  /** Extends or cuts the horizon in flight: targets are formed anew, prices are kept. */
  public void setHorizon(long slots) {
    horizon.setLength(slots);
    planAll();
  }

  /** Sum of the rewards of the shares taken, without the entropy term. */
  public double reward() {
    return reward;
  }

  /** The prices, for reading. */
  public ShadowPrices prices() {
    return prices;
  }

  private void planAll() {
    for (int j = 0; j < limit.length; j++) {
      prices.plan(j, left(j), horizon);
    }
  }

  private static void requireAmount(String what, double amount) {
    if (!(amount >= 0) || Double.isInfinite(amount)) {
      throw new IllegalArgumentException(what + " must be finite and >= 0: " + amount);
    }
  }
}
