package io.dualbid.simulator.whatif;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What a policy, and the optimum in hindsight, make of a log at several budgets or targets.
 *
 * <p>The value of the optimum is concave in the budget: one more unit buys less and less. Its slope
 * is the shadow price, which the optimum's dual tells exactly at each point, so that the mean slope
 * from one point to the next lies between the shadow prices of both.
 *
 * @param question what changes from point to point
 * @param campaign whose curve it is
 * @param policy how it bids
 * @param base the budget of today, in account currency; the curve's budgets as a share of it are
 *     {@code budget / base}; 0 where no budget is asked about
 * @param points by rising budget or target
 */
public record Curve(
    Question question, String campaign, String policy, double base, List<Point> points) {
  /** What changes. */
  public enum Question {
    BUDGET("budget"),
    TARGET_ROS("target_ros");

    private final String label;

    Question(String label) {
      this.label = label;
    }

    /** Its name in documents. */
    public String label() {
      return label;
    }
  }

  public Curve {
    points = List.copyOf(points);
  }

  /**
   * One point.
   *
   * @param budget in account currency
   * @param targetRos least value for a unit of spend; 0 for none
   * @param played what the policy had
   * @param optimum what could have been had
   */
  public record Point(double budget, double targetRos, Played played, Optimum optimum) {
    /** Value over that of the optimum; 1 where that is 0. */
    public double ratio() {
      return optimum.value > 0 ? played.value / optimum.value : 1;
    }
  }

  /**
   * What a policy had.
   *
   * @param value expected value of its wins, in account currency
   * @param spend in account currency
   * @param slack value over target less spend; 0 where no return is kept
   * @param lastMultiplier of the budget, or of the return where that is asked about; in the end
   * @param meanMultiplier the same, mean over the auctions
   */
  public record Played(
      double value,
      double spend,
      long wins,
      long clicks,
      double slack,
      double lastMultiplier,
      double meanMultiplier) {
    /** Spend for each click; NaN without clicks. */
    public double costPerClick() {
      return clicks > 0 ? spend / clicks : Double.NaN;
    }

    /** Value for each unit of spend; NaN without spend. */
    public double ros() {
      return spend > 0 ? value / spend : Double.NaN;
    }
  }

  /**
   * What could have been had.
   *
   * @param value in account currency
   * @param spend in account currency
   * @param budgetPrice value of one more unit of budget, its shadow price; 0 where it doesn't bind
   * @param targetPrice value given up for one more unit of the target; 0 where it doesn't bind
   */
  public record Optimum(double value, double spend, double budgetPrice, double targetPrice) {}

  /** What changes, at a point. */
  public double asked(Point point) {
    return question == Question.BUDGET ? point.budget : point.targetRos;
  }

  /**
   * Mean slope of a figure from a point to the next; NaN at the last one.
   *
   * @param index of the point
   */
  public double slope(int index, ToDoubleFunction<Point> figure) {
    if (index + 1 >= points.size()) {
      return Double.NaN;
    }
    Point here = points.get(index);
    Point next = points.get(index + 1);
    return (figure.applyAsDouble(next) - figure.applyAsDouble(here)) / (asked(next) - asked(here));
  }
}
