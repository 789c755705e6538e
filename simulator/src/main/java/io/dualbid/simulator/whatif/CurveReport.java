package io.dualbid.simulator.whatif;

import io.dualbid.simulator.report.Plot;
import io.dualbid.simulator.report.Plot.Axis;
import io.dualbid.simulator.report.Report;
import io.dualbid.simulator.report.Series;
import io.dualbid.simulator.report.Table;
import io.dualbid.simulator.whatif.Curve.Point;
import io.dualbid.simulator.whatif.Curve.Question;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** A curve as a page. */
public final class CurveReport {
  private final Curve curve;
  private final boolean ofBudget;
  private final String asked;
  private final Axis across;

  /** Of this curve. */
  public CurveReport(Curve curve) {
    this.curve = curve;
    this.ofBudget = curve.question() == Question.BUDGET;
    this.asked = ofBudget ? "budget" : "target for the return on spend";
    this.across = new Axis(ofBudget ? "budget, in account currency" : asked, false);
  }

  /** The page. */
  public String html() {
    Report report = new Report("What if: " + curve.campaign() + " at another " + asked);
    report.text(
        "The log played by '"
            + curve.policy()
            + "' through the engine's own bidder and pacer at each "
            + asked
            + ", beside the most that could have been had by whoever knew every price beforehand.");
    report
        .section("Value")
        .plot(value(), "What is between the lines is what knowing every price would be worth.")
        .table(values());
    report.section("Marginal value").plot(marginal(), marginalCaption()).table(marginals());
    report.section("Cost per click").plot(costPerClick(), "Spend for each click of a win.");
    if (!ofBudget) {
      report.section("Spend").plot(spend(), "What is spent to earn the value above.");
    }
    return report.html();
  }

  /** The plots, each as a file of its own. */
  public List<Plot> plots() {
    List<Plot> plots = new ArrayList<>(List.of(value(), marginal(), costPerClick()));
    if (!ofBudget) {
      plots.add(spend());
    }
    return plots;
  }

  private Plot value() {
    return plot("value", "Value against the " + asked, "value, in account currency")
        .line(line("optimum in hindsight", point -> point.optimum().value()))
        .line(line(curve.policy(), point -> point.played().value()));
  }

  private Plot spend() {
    return plot("spend", "Spend against the " + asked, "spend, in account currency")
        .line(line("optimum in hindsight", point -> point.optimum().spend()))
        .line(line(curve.policy(), point -> point.played().spend()));
  }

  private Plot costPerClick() {
    return plot("cost-per-click", "Cost per click against the " + asked, "spend for each click")
        .line(line(curve.policy(), point -> point.played().costPerClick()));
  }

  private Plot marginal() {
    Plot plot =
        plot(
            "marginal",
            ofBudget ? "Value of one more unit of budget" : "Price of the target",
            ofBudget ? "value for a unit of budget" : "value for one less of the target");
    plot.line(
        line(
            "shadow price in hindsight",
            p -> ofBudget ? p.optimum().budgetPrice() : p.optimum().targetPrice()));
    if (ofBudget) {
      plot.line(line("mean multiplier of the policy", p -> p.played().meanMultiplier()));
    }
    List<Series.Point> slopes = new ArrayList<>();
    for (int i = 0; i + 1 < curve.points().size(); i++) {
      double middle =
          (curve.asked(curve.points().get(i)) + curve.asked(curve.points().get(i + 1))) / 2;
      double slope = curve.slope(i, p -> p.played().value());
      slopes.add(new Series.Point(middle, ofBudget ? slope : -slope, 0));
    }
    return plot.line(new Series("as played, from point to point", slopes, true));
  }

  private String marginalCaption() {
    return ofBudget
        ? "Where it is above what a unit of value is worth to you in money, more budget pays."
        : "How much value a stricter target costs.";
  }

  private Plot plot(String name, String title, String upwards) {
    return new Plot(
        name,
        title,
        title + ". The numbers are in the tables of the page.",
        across,
        new Axis(upwards, false));
  }

  private Series line(String name, ToDoubleFunction<Point> figure) {
    return new Series(
        name,
        curve.points().stream()
            .map(p -> new Series.Point(curve.asked(p), figure.applyAsDouble(p), 0))
            .toList(),
        true);
  }

  private Table values() {
    Table table =
        new Table(
            "Points of the curve",
            List.of(
                asked, "value", "optimum", "ratio", "spend", "wins", "clicks", "per click", "ros"));
    for (Point point : curve.points()) {
      Curve.Played played = point.played();
      table.row(
          List.of(
              CurveFiles.amount(curve.asked(point)),
              CurveFiles.amount(played.value()),
              CurveFiles.amount(point.optimum().value()),
              CurveFiles.amount(point.ratio()),
              CurveFiles.amount(played.spend()),
              Long.toString(played.wins()),
              Long.toString(played.clicks()),
              CurveFiles.amount(played.costPerClick()),
              CurveFiles.amount(played.ros())));
    }
    return table;
  }

  private Table marginals() {
    Table table =
        new Table(
            "Marginal value",
            List.of(
                asked,
                ofBudget ? "shadow price" : "price of the target",
                "mean multiplier",
                "last multiplier",
                "to the next, as played",
                "to the next, optimum"));
    for (int i = 0; i < curve.points().size(); i++) {
      Point point = curve.points().get(i);
      Curve.Optimum optimum = point.optimum();
      table.row(
          List.of(
              CurveFiles.amount(curve.asked(point)),
              CurveFiles.amount(ofBudget ? optimum.budgetPrice() : optimum.targetPrice()),
              CurveFiles.amount(point.played().meanMultiplier()),
              CurveFiles.amount(point.played().lastMultiplier()),
              CurveFiles.amount(curve.slope(i, p -> p.played().value())),
              CurveFiles.amount(curve.slope(i, p -> p.optimum().value()))));
    }
    return table;
  }
}
