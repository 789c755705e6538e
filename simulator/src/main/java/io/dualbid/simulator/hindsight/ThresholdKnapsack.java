package io.dualbid.simulator.hindsight;

import io.dualbid.simulator.hindsight.Knapsack.Binding;
import java.util.Arrays;

/**
 * The optimum of a {@link Knapsack} in constant memory, without sorting. All that it needs to know
 * is the ratio of gain to cost at which it ends. The bits of ratios from 0 up rise with them, so
 * the ratio is found digit by digit from the top, 21 bits in each pass over the auctions: costs are
 * summed up by digit, and the digit is the one within which the money, or the slack of the return,
 * is used up. After three passes the ratio is known to the last bit; a fourth takes what lies above
 * it, and of what lies on it the first auctions until the constraint binds, as the knapsack does.
 * So the ratio is exact, and value and spend are but for the order of the sums.
 *
 * <p>No digit holds ratios both above and below 1, where the slack turns from rising to falling, so
 * what a digit uses up in all it uses up at most.
 *
 * <p>Memory: 32 MB. Four passes of O(n).
 */
final class ThresholdKnapsack {
  private static final int DIGIT_BITS = 21;
  private static final int DIGITS = 3;
  private static final int BUCKETS = 1 << DIGIT_BITS;

  private final AuctionPasses auctions;
  private final double target;
  private final double[] costs = new double[BUCKETS];
  private final double[] losses = new double[BUCKETS];

  /** What is left when all auctions above the digits known so far are taken. */
  private double left;

  private double slack;

  /** The digits known so far, and how many bits they are. */
  private long prefix;

  private ThresholdKnapsack(AuctionPasses auctions, double target, double budget) {
    if (!(budget >= 0) || !(target >= 0) || Double.isInfinite(target)) {
      throw new IllegalArgumentException(
          "budget and target must be >= 0: " + budget + ", " + target);
    }
    this.auctions = auctions;
    this.target = target;
    this.left = budget;
    this.slack = target > 0 ? 0 : Double.POSITIVE_INFINITY;
  }

  /**
   * Solves an instance.
   *
   * @param target least value per unit of spend; 0 for none
   * @param budget at least 0; infinity for none
   */
  static KnapsackOptimum solve(AuctionPasses auctions, double target, double budget) {
    return new ThresholdKnapsack(auctions, target, budget).solve(budget);
  }

  private KnapsackOptimum solve(double budget) {
    for (int digit = 0; digit < DIGITS; digit++) {
      int shift = (DIGITS - 1 - digit) * DIGIT_BITS;
      sum(shift);
      int bucket = binding(digit > 0);
      if (bucket < 0) {
        return takeAbove(-1, budget);
      }
      prefix = prefix << DIGIT_BITS | bucket;
    }
    return takeAbove(prefix, budget);
  }

  private double worth(double value) {
    return target > 0 ? value / target : value;
  }

  /** The bits of the ratio of worth to cost, or -1 where there is nothing to gain. */
  private static long key(double worth, double cost) {
    if (!(worth > 0)) {
      return -1;
    }
    return Double.doubleToRawLongBits(cost > 0 ? worth / cost : Double.POSITIVE_INFINITY);
  }

  private void sum(int shift) {
    Arrays.fill(costs, 0);
    Arrays.fill(losses, 0);
    AuctionPasses.Pass pass = auctions.pass();
    while (pass.next()) {
      double cost = pass.price();
      double worth = worth(pass.value());
      long key = key(worth, cost);
      if (key >= 0 && key >>> shift >>> DIGIT_BITS == prefix) {
        int bucket = (int) (key >>> shift) & (BUCKETS - 1);
        costs[bucket] += cost;
        losses[bucket] += cost - worth;
      }
    }
  }

  /**
   * The greatest digit within which a constraint binds, or -1; what lies above it is taken.
   *
   * @param certain whether one must: sums in another order may differ by their rounding
   */
  private int binding(boolean certain) {
    int lowest = -1;
    for (int bucket = BUCKETS - 1; bucket >= 0; bucket--) {
      if (costs[bucket] == 0 && losses[bucket] == 0) {
        continue;
      }
      if (costs[bucket] > left || losses[bucket] > slack) {
        return bucket;
      }
      lowest = bucket;
      left -= costs[bucket];
      slack -= losses[bucket];
    }
    if (certain && lowest >= 0) {
      left += costs[lowest];
      slack += losses[lowest];
    }
    return certain ? lowest : -1;
  }

  /** Takes what lies above a threshold, and of what lies on it as much as can be had. */
  private KnapsackOptimum takeAbove(long threshold, double budget) {
    double value = 0;
    double spend = 0;
    double tied = 0;
    Binding binding = Binding.NONE;
    AuctionPasses.Pass pass = auctions.pass();
    while (pass.next()) {
      double cost = pass.price();
      double worth = worth(pass.value());
      long key = key(worth, cost);
      if (key > threshold) {
        value += pass.value();
        spend += cost;
      } else if (key == threshold && key >= 0) {
        tied += cost;
        if (binding == Binding.NONE) {
          double affordable = cost > left ? left / cost : 1;
          double loss = cost - worth;
          double returning = loss > slack ? Math.max(0, slack) / loss : 1;
          double share = Math.min(affordable, returning);
          value += share * pass.value();
          spend += share * cost;
          left -= cost;
          slack -= loss;
          if (share < 1) {
            binding = affordable <= returning ? Binding.BUDGET : Binding.ROS;
          }
        }
      }
    }
    if (binding == Binding.NONE && threshold >= 0) {
      // What binds by the sums of one order just fits by those of another.
      binding = slack < left ? Binding.ROS : Binding.BUDGET;
    }
    spend = binding == Binding.BUDGET ? budget : Math.min(spend, budget);
    boolean none = binding == Binding.NONE;
    return new KnapsackOptimum(
        value,
        spend,
        binding,
        none ? 0 : Double.longBitsToDouble(threshold),
        none || spend == 0 ? 0 : tied / spend);
  }
}
