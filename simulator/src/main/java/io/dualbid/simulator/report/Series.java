package io.dualbid.simulator.report;

import java.util.List;

/**
 * A line of a plot.
 *
 * @param name how it is told apart
 * @param points in the order in which they are joined
 * @param marked whether points are marked; if not, there is the line alone
 */
public record Series(String name, List<Point> points, boolean marked) {
  /**
   * A point.
   *
   * @param x where
   * @param y how high
   * @param halfWidth half the width of its interval; 0 or NaN for none
   */
  public record Point(double x, double y, double halfWidth) {}

  public Series {
    points = List.copyOf(points);
  }
}
