package io.dualbid.simulator.simulation;

import io.dualbid.core.model.Campaign.Objective;
import io.dualbid.simulator.report.Plot;
import io.dualbid.simulator.report.Plot.Axis;
import io.dualbid.simulator.report.Report;
import io.dualbid.simulator.report.Series;
import io.dualbid.simulator.report.Table;
import io.dualbid.simulator.scenario.Policy;
import io.dualbid.simulator.scenario.Scenario;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/** A simulation as a page: regret, share of the optimum, spend and multipliers. */
public final class SimulationReport {
  private static final int TABLE_SAMPLES = 10;
  private static final Axis AUCTIONS = new Axis("auctions", false);
  private static final Axis LENGTH = new Axis("length of the stream T, in auctions", true);

  private final SimulationResult result;
  private final Scenario scenario;
  private final boolean returning;

  /** Of this result. */
  public SimulationReport(SimulationResult result) {
    this.result = result;
    this.scenario = result.scenario();
    this.returning = scenario.policies().stream().anyMatch(Policy::keepsRos);
  }

  /** The page. */
  public String html() {
    Report report = new Report(scenario.title());
    report.text(
        String.format(
            Locale.ROOT,
            "%d policies on %d streams of each length (seeds %d to %d), %d %s, maximising %s."
                + " Intervals are 95 %% confidence intervals of the mean over streams.",
            scenario.policies().size(),
            scenario.seeds(),
            scenario.firstSeed(),
            scenario.firstSeed() + scenario.seeds() - 1,
            scenario.advertisers().count(),
            scenario.advertisers().count() == 1 ? "campaign" : "campaigns",
            scenario.advertisers().objective() == Objective.PROFIT ? "value less price" : "value"));
    report.command("To reproduce it:", "dualbid simulate scenario.yaml");
    report
        .section("Regret")
        .plot(
            regret(),
            "Optimum with hindsight less what was had; both axes"
                + " are logarithmic, so the slope of a line is the power of T with which regret grows.");
    if (scenario.horizons().size() > 1) {
      report.table(slopes());
    }
    report.table(means());
    report
        .section("Share of the optimum")
        .plot(
            ratio(),
            "Of the optimum with hindsight under the"
                + " same constraints. A share above 1 means that a constraint was not kept.");
    if (!result.traces().isEmpty()) {
      String stream =
          String.format(
              Locale.ROOT, "Stream of seed %d, %d auctions.", scenario.firstSeed(), longest());
      report
          .section("Spend against plan")
          .plot(spend(), stream + " The plan is the first policy's.");
      report.table(samples("Spend in account currency", Trace.Sample::spent));
      report.section("Multipliers over time").plot(multipliers(), stream);
      report.table(samples("Multiplier", this::multiplier));
    }
    return report.html();
  }

  /** The plots, each as a file of its own. */
  public List<Plot> plots() {
    List<Plot> plots = new ArrayList<>(List.of(regret(), ratio()));
    if (!result.traces().isEmpty()) {
      plots.add(spend());
      plots.add(multipliers());
    }
    return plots;
  }

  private Plot regret() {
    return means(
        new Plot(
            "regret",
            "Regret against the length of the stream",
            "One line for each policy: mean regret over streams, with intervals. The numbers are in"
                + " the table below.",
            LENGTH,
            new Axis("mean regret", true)),
        Run::regret);
  }

  private Plot ratio() {
    return means(
        new Plot(
            "ratio",
            "Share of the optimum against the length of the stream",
            "One line for each policy: mean share of the optimum over streams, with intervals. The"
                + " numbers are in the table above.",
            LENGTH,
            new Axis("share of the optimum", false)),
        Run::ratio);
  }

  private Plot means(Plot plot, ToDoubleFunction<Run> figure) {
    for (Policy policy : scenario.policies()) {
      List<Series.Point> points = new ArrayList<>();
      for (int horizon : scenario.horizons()) {
        Interval interval = result.over(policy, horizon, figure);
        points.add(new Series.Point(horizon, interval.mean(), interval.halfWidth()));
      }
      plot.line(new Series(policy.name(), points, true));
    }
    return plot;
  }

  private Plot spend() {
    Plot plot =
        new Plot(
            "spend",
            "Spend against plan",
            "What each policy has spent in the course of one stream, and the plan. Numbers at ten"
                + " moments are in the table below.",
            AUCTIONS,
            new Axis("spend, in account currency", false));
    plot.reference(course("plan", result.traces().get(0), Trace.Sample::planned));
    result.traces().forEach(t -> plot.line(course(t.policy(), t, Trace.Sample::spent)));
    return plot;
  }

  private Plot multipliers() {
    Plot plot =
        new Plot(
            "multipliers",
            "Multipliers over time",
            "The multiplier of each policy in the course of one stream. Numbers at ten moments are"
                + " in the table below.",
            AUCTIONS,
            new Axis(
                returning ? "multiplier of the return on spend, else of the budget" : "multiplier",
                false));
    result.traces().forEach(t -> plot.line(course(t.policy(), t, this::multiplier)));
    return plot;
  }

  private double multiplier(Trace.Sample sample) {
    return returning && sample.rosMultiplier() > 0
        ? sample.rosMultiplier()
        : sample.budgetMultiplier();
  }

  private static Series course(String name, Trace trace, ToDoubleFunction<Trace.Sample> figure) {
    return new Series(
        name,
        trace.samples().stream()
            .map(s -> new Series.Point(s.auctions(), figure.applyAsDouble(s), 0))
            .toList(),
        false);
  }

  private Table slopes() {
    Table table =
        new Table(
            "Slope of log mean regret against log T; 0.5 is the square root of theory",
            List.of("policy", "slope", "± (95 %, jackknife over seeds)"));
    for (Policy policy : scenario.policies()) {
      Slope slope = result.slope(policy);
      table.row(List.of(policy.name(), three(slope.slope()), three(slope.halfWidth())));
    }
    return table;
  }

  private Table means() {
    List<String> header =
        new ArrayList<>(
            List.of("policy", "T", "regret", "±", "regret / √T", "share", "±", "spend / budget"));
    if (returning) {
      header.addAll(List.of("violation", "lowest slack", "ros"));
    }
    Table table = new Table("Means over streams", header);
    for (Policy policy : scenario.policies()) {
      for (int horizon : scenario.horizons()) {
        Function<ToDoubleFunction<Run>, Interval> over = f -> result.over(policy, horizon, f);
        Interval regret = over.apply(Run::regret);
        Interval ratio = over.apply(Run::ratio);
        List<String> row = new ArrayList<>();
        row.add(policy.name());
        row.add(Integer.toString(horizon));
        row.add(three(regret.mean()));
        row.add(three(regret.halfWidth()));
        row.add(three(regret.mean() / Math.sqrt(horizon)));
        row.add(four(ratio.mean()));
        row.add(four(ratio.halfWidth()));
        row.add(four(over.apply(run -> run.spend() / run.budget()).mean()));
        if (returning) {
          row.add(three(over.apply(Run::violation).mean()));
          row.add(three(over.apply(Run::lowestSlack).mean()));
          row.add(three(over.apply(Run::ros).mean()));
        }
        table.row(row);
      }
    }
    return table;
  }

  private Table samples(String caption, ToDoubleFunction<Trace.Sample> figure) {
    List<String> header = new ArrayList<>(List.of("auctions"));
    result.traces().forEach(trace -> header.add(trace.policy()));
    Table table = new Table(caption, header);
    int count = result.traces().get(0).samples().size();
    for (int k = 1; k <= TABLE_SAMPLES; k++) {
      int at = Math.max(1, k * count / TABLE_SAMPLES) - 1;
      List<String> row = new ArrayList<>();
      row.add(Integer.toString(result.traces().get(0).samples().get(at).auctions()));
      for (Trace trace : result.traces()) {
        row.add(four(figure.applyAsDouble(trace.samples().get(at))));
      }
      table.row(row);
    }
    return table;
  }

  private int longest() {
    return scenario.horizons().stream().mapToInt(Integer::intValue).max().orElseThrow();
  }

  private static String three(double number) {
    return Double.isFinite(number) ? String.format(Locale.ROOT, "%.3f", number) : "-";
  }

  private static String four(double number) {
    return Double.isFinite(number) ? String.format(Locale.ROOT, "%.4f", number) : "-";
  }
}
