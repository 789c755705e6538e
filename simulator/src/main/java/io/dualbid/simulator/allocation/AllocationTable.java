package io.dualbid.simulator.allocation;

import io.dualbid.simulator.report.Table;
import io.dualbid.simulator.simulation.Interval;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A replay of an allocation log as tables, for a terminal and for a page. */
public final class AllocationTable {
  private final AllocationResult result;

  /** Of this result. */
  public AllocationTable(AllocationResult result) {
    this.result = result;
  }

  /** Values first, then shares of each benchmark; ends with a line break. */
  public String text() {
    return text(valueHeader(), values()) + "\n" + text(shareHeader(), shares());
  }

  private static String text(List<String> header, List<List<String>> cells) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(header);
    rows.addAll(cells);
    int[] widths = new int[header.size()];
    for (List<String> row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    StringBuilder text = new StringBuilder();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < widths.length; i++) {
        String space = " ".repeat(widths[i] - row.get(i).length());
        line.append(i == 0 ? row.get(i) + space : "  " + space + row.get(i));
      }
      text.append(line.toString().stripTrailing()).append('\n');
    }
    return text.toString();
  }

  /** What each policy brought, for a page. */
  Table valuesOfPage() {
    Table table = new Table("Policies, means over " + result.seeds() + " seeds", valueHeader());
    values().forEach(table::row);
    return table;
  }

  /** Shares of each benchmark, for a page. */
  Table sharesOfPage() {
    Table table = new Table("Value as a share of each benchmark", shareHeader());
    shares().forEach(table::row);
    return table;
  }

  private List<String> valueHeader() {
    List<String> header =
        new ArrayList<>(
            List.of("policy", "value", "±", "spend", "share", "assigned", "successes", "wasted"));
    if (result.feedback().deliveries().loss() > 0) {
      header.add("untold");
    }
    header.add("arrivals/s");
    return header;
  }

  private List<List<String>> values() {
    List<List<String>> rows = new ArrayList<>();
    double budget = result.budget();
    for (String policy : result.policies()) {
      Interval value = result.mean(policy, AllocationRun::value);
      double spend = result.mean(policy, AllocationRun::consumed).mean();
      List<String> row =
          new ArrayList<>(
              List.of(
                  policy,
                  number(value.mean()),
                  number(value.halfWidth()),
                  number(spend),
                  budget > 0 ? format("%.1f%%", 100 * spend / budget) : "-",
                  whole(result.mean(policy, run -> (double) run.assigned())),
                  whole(result.mean(policy, run -> (double) run.successes())),
                  whole(result.mean(policy, run -> (double) run.wasted()))));
      if (result.feedback().deliveries().loss() > 0) {
        row.add(whole(result.mean(policy, run -> (double) run.untold())));
      }
      row.add(whole(result.mean(policy, AllocationRun::arrivalsPerSecond)));
      rows.add(row);
    }
    return rows;
  }

  private static List<String> shareHeader() {
    return List.of("policy", "benchmark", "of it", "ratio", "±", "least");
  }

  private List<List<String>> shares() {
    List<List<String>> rows = new ArrayList<>();
    for (String policy : result.policies()) {
      for (String name : result.names()) {
        Interval ratio = result.ratio(policy, name);
        rows.add(
            List.of(
                policy,
                name,
                number(
                    name.equals(AllocationResult.OFFLINE)
                        ? result.mean(policy, AllocationRun::offline).mean()
                        : result.benchmarks().getOrDefault(name, Double.NaN)),
                format("%.4f", ratio.mean()),
                format("%.4f", ratio.halfWidth()),
                format("%.4f", result.least(policy, name))));
      }
    }
    return rows;
  }

  private static String whole(Interval interval) {
    return format("%.0f", interval.mean());
  }

  private static String format(String pattern, double number) {
    return Double.isFinite(number) ? String.format(Locale.ROOT, pattern, number) : "-";
  }

  /** A number with four digits that count. */
  static String number(double number) {
    double size = Math.abs(number);
    return number == 0
        ? "0"
        : format(size >= 1_000 ? "%.0f" : size >= 1e-4 ? "%.4g" : "%.3e", number);
  }
}
