package io.dualbid.simulator.cli;

import io.dualbid.core.model.Money;
import io.dualbid.simulator.report.BarChart;
import io.dualbid.simulator.report.Figure;
import io.dualbid.simulator.report.Plot;
import io.dualbid.simulator.report.Plot.Axis;
import io.dualbid.simulator.report.Report;
import io.dualbid.simulator.report.Series;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A replay as a page: all runs first, then the course of each budget. */
final class ReplayReport {
  /** More would hide what matters; all of them are in the time series. */
  private static final int MOST_COURSES = 12;

  private final ReplayResult result;
  private final String title;
  private final String command;
  private final List<String> policies;
  private final Map<String, List<LogReplay.Recorded>> budgets = new LinkedHashMap<>();

  /** Of this result, which was recorded. */
  ReplayReport(ReplayResult result, String title, String command) {
    this.result = result;
    this.title = title;
    this.command = command;
    this.policies = result.runs().stream().map(r -> r.run().policy()).distinct().toList();
    for (LogReplay.Recorded run : result.first()) {
      budgets.computeIfAbsent(budget(run.run()), name -> new ArrayList<>()).add(run);
    }
  }

  private static String budget(LogReplay.Run run) {
    String fraction = run.fraction();
    return fraction == null ? "budget" : fraction;
  }

  /** The page. */
  String html() {
    Report report = new Report(title);
    report.text(introduction());
    report.command("To have it again:", command);
    ReplayTable table = new ReplayTable(result);
    if (result.seeds() > 1) {
      report
          .section("Means over seeds")
          .table(
              table.means("Means over " + result.seeds() + " seeds with 95 % confidence intervals"))
          .text("Intervals are of the mean over seeds, by Student's t. Below is the first seed.");
    }
    report.section("All runs").table(table.page("Policies, budget by budget"));
    report.text(
        "Ratio is value over the most that could have been had by whoever knew every auction"
            + " beforehand, under the same constraints. Cost per click counts the clicks of the log."
            + " CPM is in the unit of the log's prices."
            + (result.reliable()
                ? ""
                : " Untold are wins whose notice was lost: they are paid for, and no ledger knows."
                    + " Only by them can spend pass the budget."));
    report
        .section("Share of the optimum")
        .plot(
            ratios(),
            "By budget, from the smallest. The numbers are in the table above"
                + several(", of all campaigns together")
                + ".");
    report
        .section("Cost per click")
        .plot(
            costs(),
            "Spend over clicks of the log, in account currency"
                + several(", of all campaigns together")
                + ". Clicks are few: small differences are chance.");
    courses(report);
    return report.html();
  }

  private String several(String text) {
    return campaigns() > 1 ? text : "";
  }

  private long campaigns() {
    return result.runs().stream().map(r -> r.run().campaign()).distinct().count();
  }

  private String introduction() {
    LogReplay.Run first = result.runs().get(0).run();
    return String.format(
        Locale.ROOT,
        "%s on %,d auctions, %s, through the engine's own bidder and pacer.%s",
        counted(policies.size(), "policy", "policies"),
        first.auctions(),
        campaigns() > 1
            ? String.format(Locale.ROOT, "%d campaigns", campaigns())
            : counted(budgets.size(), "budget", "budgets"),
        result.reliable()
            ? ""
            : String.format(
                Locale.ROOT,
                " Of the auctions %.3g %% have their notices lost and %.3g %% have them twice.",
                100 * result.luck().deliveries().loss(),
                100 * result.luck().deliveries().duplicates()));
  }

  private static String counted(int count, String one, String more) {
    return count == 1 ? "One " + one : count + " " + more;
  }

  /** Budgets from the smallest. */
  private List<String> rising() {
    return budgets.entrySet().stream()
        .sorted(Comparator.comparingDouble(budget -> total(budget.getValue())))
        .map(Map.Entry::getKey)
        .toList();
  }

  private static double total(List<LogReplay.Recorded> runs) {
    return runs.stream().mapToDouble(recorded -> recorded.run().budget()).sum();
  }

  private List<LogReplay.Run> runs(String budget, String policy) {
    return budgets.getOrDefault(budget, List.of()).stream()
        .map(LogReplay.Recorded::run)
        .filter(run -> run.policy().equals(policy))
        .toList();
  }

  private double ratio(String budget, String policy) {
    List<LogReplay.Run> runs = runs(budget, policy);
    double best = runs.stream().mapToDouble(LogReplay.Run::best).sum();
    return best > 0 ? runs.stream().mapToDouble(LogReplay.Run::value).sum() / best : 1;
  }

  private Figure ratios() {
    String name = "ratio";
    String heading = "Share of the optimum by budget";
    List<String> names = rising();
    if (names.size() == 1) {
      BarChart chart =
          new BarChart(
              name, heading, "One bar for each policy, with its number.", "share of the optimum");
      for (int p = 0; p < policies.size(); p++) {
        double ratio = ratio(names.get(0), policies.get(p));
        chart.bar(policies.get(p), ratio, String.format(Locale.ROOT, "%.4f", ratio), p);
      }
      return chart;
    }
    Plot plot =
        new Plot(
            name,
            heading,
            "One line for each policy over the budgets, from the smallest. The numbers are in the"
                + " table above.",
            new Axis("budget, as a share of what winning everything costs", false, names),
            new Axis("share of the optimum", false));
    for (String policy : policies) {
      List<Series.Point> points = new ArrayList<>();
      for (int b = 0; b < names.size(); b++) {
        points.add(new Series.Point(b, ratio(names.get(b), policy), 0));
      }
      plot.line(new Series(policy, points, true));
    }
    return plot;
  }

  private BarChart costs() {
    BarChart chart =
        new BarChart(
            "cost-per-click",
            "Cost per click by policy",
            "One bar for each policy and budget, with its number.",
            "spend / clicks");
    List<String> names = rising();
    for (String budget : names) {
      for (int p = 0; p < policies.size(); p++) {
        List<LogReplay.Run> runs = runs(budget, policies.get(p));
        long clicks = runs.stream().mapToLong(LogReplay.Run::clicks).sum();
        double spend = runs.stream().mapToDouble(LogReplay.Run::spend).sum();
        double cost = clicks > 0 ? spend / clicks : Double.NaN;
        chart.bar(
            names.size() > 1 ? policies.get(p) + ", " + budget : policies.get(p),
            cost,
            clicks > 0
                ? String.format(Locale.ROOT, "%s (%,d clicks)", ReplayTable.number(cost), clicks)
                : "no clicks",
            p);
      }
    }
    return chart;
  }

  private void courses(Report report) {
    int shown = 0;
    for (Map.Entry<String, List<LogReplay.Recorded>> budget : budgets.entrySet()) {
      Map<String, List<LogReplay.Recorded>> byCampaign = new LinkedHashMap<>();
      for (LogReplay.Recorded run : budget.getValue()) {
        // Rules that bid by the auctions left, and episodes, leave no course.
        if (run.course() != null) {
          byCampaign.computeIfAbsent(run.run().campaign(), id -> new ArrayList<>()).add(run);
        }
      }
      for (List<LogReplay.Recorded> runs : byCampaign.values()) {
        if (shown++ == MOST_COURSES) {
          report.text("The courses of the other runs are in timeseries.csv.");
          return;
        }
        new ReplayCourses(runs, policies, Money.units(result.priceUnitNanos()), shown)
            .add(report.section(heading(runs.get(0).run())));
      }
    }
  }

  private String heading(LogReplay.Run run) {
    String fraction = run.fraction();
    return (fraction == null
            ? "Budget of " + ReplayTable.number(run.budget())
            : "Budget " + fraction + ", " + ReplayTable.number(run.budget()))
        + several(", campaign " + run.campaign());
  }
}
