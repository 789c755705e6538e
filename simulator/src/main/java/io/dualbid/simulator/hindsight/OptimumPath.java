package io.dualbid.simulator.hindsight;

import java.util.ArrayList;
import java.util.List;

/**
 * How an optimum in hindsight comes about in the course of time: what it has taken by each of some
 * moments. Auctions above its ratio are taken whole, and of those on it the first, until its spend
 * is used up, as the knapsack does. Two passes of O(n), in constant memory.
 *
 * @param points in the order of time
 */
public record OptimumPath(List<Point> points) {
  /**
   * A moment.
   *
   * @param value what was gained so far
   * @param spend what it cost
   */
  public record Point(double value, double spend) {}

  public OptimumPath {
    points = List.copyOf(points);
  }

  /**
   * Follows an optimum.
   *
   * @param auctions the gains and costs of which it is the optimum
   * @param target the least value per unit of spend that it keeps; 0 for none
   * @param moments after how many auctions to look, rising
   */
  public static OptimumPath of(
      AuctionPasses auctions, double target, KnapsackOptimum optimum, long[] moments) {
    double ratio = optimum.marginalRatio();
    double above = 0;
    AuctionPasses.Pass first = auctions.pass();
    while (first.next()) {
      if (ratio(first, target) > ratio) {
        above += first.price();
      }
    }
    double tied = Math.max(0, optimum.spend() - above);
    double value = 0;
    double spend = 0;
    long row = 0;
    List<Point> points = new ArrayList<>();
    AuctionPasses.Pass pass = auctions.pass();
    for (long moment : moments) {
      while (row < moment && pass.next()) {
        row++;
        double own = ratio(pass, target);
        if (own > ratio || own == Double.POSITIVE_INFINITY) {
          value += pass.value();
          spend += pass.price();
        } else if (own == ratio && own > 0 && tied > 0) {
          double cost = Math.min(tied, pass.price());
          value += pass.value() * (cost / pass.price());
          spend += cost;
          tied -= cost;
        }
      }
      points.add(new Point(value, spend));
    }
    return new OptimumPath(points);
  }

  /** Worth per cost as the knapsack has it; -1 where there is nothing to gain. */
  private static double ratio(AuctionPasses.Pass pass, double target) {
    double worth = target > 0 ? pass.value() / target : pass.value();
    if (!(worth > 0)) {
      return -1;
    }
    return pass.price() > 0 ? worth / pass.price() : Double.POSITIVE_INFINITY;
  }
}
