package io.dualbid.simulator.allocation;

import io.dualbid.core.model.Money;
import io.dualbid.simulator.log.AllocationCampaigns;
import io.dualbid.simulator.matching.LoadPlot;
import io.dualbid.simulator.report.BarChart;
import io.dualbid.simulator.report.Plot;
import io.dualbid.simulator.report.Report;
import io.dualbid.simulator.report.Table;
import io.dualbid.simulator.simulation.Interval;
import java.util.List;
import java.util.Locale;

/** A replay of an allocation log as a page: shares first, then the load of campaigns over time. */
public final class AllocationReport {
  /** More campaigns than this are left to the files. */
  private static final int MOST_CAMPAIGNS = 50;

  private final AllocationResult result;

  /** Of this result. */
  public AllocationReport(AllocationResult result) {
    this.result = result;
  }

  /**
   * The page.
   *
   * @param command what has it again
   */
  public String html(String title, String command) {
    AllocationTable tables = new AllocationTable(result);
    Report report = new Report(title);
    report.text(introduction());
    report.command("To have it again:", command);
    report.section("Values").table(tables.valuesOfPage());
    report.text(
        "Wasted are arrivals with options of which none was left. Spend is what successes used of"
            + " campaigns with a capacity."
            + (result.feedback().deliveries().loss() > 0
                ? " Untold are successes of which nobody heard; they bring nothing."
                : ""));
    report.section("Shares").table(tables.sharesOfPage());
    report.text(
        "The matching LP takes fractions of arrivals, each consuming what is expected; the"
            + " configuration LP sets of arrivals; the online optimum is the best policy that knows"
            + " all arrivals and sees each coin after assigning (the stochastic benchmark); the"
            + " offline optimum knows the coins of the seed too.");
    report
        .section("Share of each benchmark")
        .plot(shares(), "Means over seeds. The numbers are in the table above.");
    for (AllocationPlay.Played played : result.first()) {
      if (played.trace() != null) {
        Plot plot = LoadPlot.of(played.trace(), result.campaigns().ids()::get);
        report
            .section(plot.title())
            .plot(
                plot,
                "Of the first seed. Load is expected consumption, of attempts that succeeded,"
                    + " failed or are under way; it may pass 1.")
            .numbers(campaigns(played));
      }
    }
    return report.html();
  }

  private String introduction() {
    return String.format(
        Locale.ROOT,
        "%d policies on %,d arrivals for %,d campaigns, under %d seeds of coins and ranks (%d to"
            + " %d). Outcomes are told %s%s. Intervals (±) are 95 %% confidence"
            + " intervals of the mean over seeds, by Student's t.",
        result.policies().size(),
        result.runs().get(0).arrivals(),
        result.campaigns().size(),
        result.seeds(),
        result.runs().get(0).seed(),
        result.runs().get(0).seed() + result.seeds() - 1,
        result.feedback().delay() == 0
            ? "at once"
            : String.format(Locale.ROOT, "%,d arrivals late", result.feedback().delay()),
        result.feedback().deliveries().loss() > 0
            ? String.format(
                Locale.ROOT, ", %.3g %% never", 100 * result.feedback().deliveries().loss())
            : "");
  }

  private BarChart shares() {
    BarChart chart =
        new BarChart(
            "ratio",
            "Share of each benchmark",
            "One bar for each policy and benchmark, with its number.",
            "value / benchmark");
    for (int p = 0; p < result.policies().size(); p++) {
      String policy = result.policies().get(p);
      for (String name : result.names()) {
        Interval ratio = result.ratio(policy, name);
        chart.bar(
            policy + ", " + name,
            ratio.mean(),
            Double.isFinite(ratio.halfWidth())
                ? String.format(Locale.ROOT, "%.4f ± %.4f", ratio.mean(), ratio.halfWidth())
                : String.format(Locale.ROOT, "%.4f", ratio.mean()),
            p);
      }
    }
    return chart;
  }

  private Table campaigns(AllocationPlay.Played played) {
    int count = Math.min(MOST_CAMPAIGNS, result.campaigns().size());
    Table table =
        new Table(
            "Campaigns under the first seed"
                + (count < result.campaigns().size() ? ", the first " + count : ""),
            List.of("campaign", "capacity", "consumed", "successes", "load"));
    long[] capacities = result.campaigns().capacities();
    for (int v = 0; v < count; v++) {
      boolean limited = capacities[v] < AllocationCampaigns.UNLIMITED;
      table.row(
          List.of(
              result.campaigns().ids().get(v),
              limited ? AllocationTable.number(Money.units(capacities[v])) : "-",
              AllocationTable.number(Money.units(played.consumed()[v])),
              Integer.toString(played.successes()[v]),
              limited ? String.format(Locale.ROOT, "%.3f", played.load()[v]) : "-"));
    }
    return table;
  }
}
