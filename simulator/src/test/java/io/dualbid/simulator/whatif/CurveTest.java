package io.dualbid.simulator.whatif;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.dualbid.simulator.hindsight.AuctionPasses;
import io.dualbid.simulator.hindsight.KnapsackOptimum;
import io.dualbid.simulator.whatif.Curve.Question;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class CurveTest {
  private static Curve hindsight(long seed, int auctions, int points) {
    SplittableRandom random = new SplittableRandom(seed);
    double[] value = random.doubles(auctions).toArray();
    double[] price = random.doubles(auctions).map(p -> p + 0.01).toArray();
    AuctionPasses log = AuctionPasses.of(value, price);
    List<Curve.Point> curve = new ArrayList<>();
    for (double budget : Grid.of(0.05 * auctions, 0.6 * auctions, points, 0.1 * auctions)) {
      KnapsackOptimum best = KnapsackOptimum.of(log, 0, budget);
      curve.add(
          new Curve.Point(
              budget,
              0,
              new Curve.Played(0, 0, 0, 0, 0, 0, 0),
              new Curve.Optimum(best.value(), best.spend(), best.shadowPrice(), 0)));
    }
    return new Curve(Question.BUDGET, "a", "dmd", 0.1 * auctions, curve);
  }

  /** More budget is worth something, but less and less, and the shadow price says how much. */
  @Property(tries = 200)
  void risesAndIsConcaveWithTheShadowPriceAsItsSlope(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 400) int auctions,
      @ForAll @IntRange(min = 2, max = 20) int count) {
    Curve curve = hindsight(seed, auctions, count);
    double before = Double.POSITIVE_INFINITY;
    for (int i = 0; i + 1 < curve.points().size(); i++) {
      double slope = curve.slope(i, point -> point.optimum().value());
      double rounding = 1e-9 * (1 + Math.abs(slope));
      assertThat(slope).isBetween(-rounding, before + rounding);
      assertThat(slope)
          .isBetween(
              curve.points().get(i + 1).optimum().budgetPrice() - rounding,
              curve.points().get(i).optimum().budgetPrice() + rounding);
      before = slope;
    }
    assertThat(curve.slope(curve.points().size() - 1, point -> point.optimum().value())).isNaN();
  }

  @Property(tries = 200)
  void gridsRiseByEqualFactorsAndHaveTheOneThatMustBe(
      @ForAll @DoubleRange(min = 0.01, max = 10) double from,
      @ForAll @DoubleRange(min = 1.01, max = 100) double factor,
      @ForAll @IntRange(min = 2, max = 30) int count,
      @ForAll @DoubleRange(min = 0, max = 1) double at) {
    double to = from * factor;
    double always = Math.min(to, from + at * (to - from));
    double[] grid = Grid.of(from, to, count, always);
    assertThat(grid.length).isBetween(count, count + 1);
    assertThat(grid[0]).isCloseTo(from, within(1e-8 * from));
    assertThat(grid[grid.length - 1]).isCloseTo(to, within(1e-8 * to));
    assertThat(grid).contains(always).isSorted().doesNotHaveDuplicates();
    double[] without = Grid.of(from, to, count, 2 * to);
    assertThat(without).hasSize(count);
    for (int i = 1; i < count; i++) {
      assertThat(without[i] / without[i - 1])
          .isCloseTo(Math.pow(factor, 1.0 / (count - 1)), within(1e-9 * factor));
    }
  }

  @Test
  void refusesARangeThatFalls() {
    assertThatThrownBy(() -> Grid.of(2, 1, 3, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("2.0..1.0");
  }

  @Test
  void drawsEveryPlotOfBothQuestions() {
    Curve budgets = hindsight(3, 200, 5);
    CurveReport report = new CurveReport(budgets);
    assertThat(report.plots()).hasSize(3);
    assertThat(report.html()).contains("Marginal value", "shadow price in hindsight");
    assertThat(new CurveFiles(budgets).csv().lines()).hasSize(1 + budgets.points().size());
    Curve targets = new Curve(Question.TARGET_ROS, "a", "ros", 0, targets());
    assertThat(new CurveReport(targets).plots()).hasSize(4);
    assertThat(new CurveFiles(targets).json().at("/points/0/target_price").asDouble()).isEqualTo(5);
    assertThat(new CurveFiles(targets).json().path("base_budget").isNull()).isTrue();
  }

  private static List<Curve.Point> targets() {
    List<Curve.Point> points = new ArrayList<>();
    for (double target : new double[] {1, 2}) {
      points.add(
          new Curve.Point(
              100,
              target,
              new Curve.Played(9 / target, 5, 3, 1, 1, 0.5, 0.4),
              new Curve.Optimum(10 / target, 6, 0, 5 / target)));
    }
    return points;
  }
}
