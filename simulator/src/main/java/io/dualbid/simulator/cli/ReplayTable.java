package io.dualbid.simulator.cli;

import io.dualbid.simulator.report.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The runs of a replay as a table, for a terminal and for a page. */
final class ReplayTable {
  private final ReplayResult result;
  private final boolean campaigns;
  private final boolean budgets;

  ReplayTable(ReplayResult result) {
    this.result = result;
    List<LogReplay.Run> runs = runs();
    this.campaigns = runs.stream().map(LogReplay.Run::campaign).distinct().count() > 1;
    this.budgets = runs.stream().anyMatch(run -> run.fraction() != null);
  }

  private List<LogReplay.Run> runs() {
    return result.runs().stream().map(LogReplay.Recorded::run).toList();
  }

  /** The table for a terminal, ending with a line break: of several seeds the means. */
  String text() {
    List<List<String>> rows = new ArrayList<>();
    if (result.seeds() > 1) {
      rows.add(meansHeader());
      ReplayMean.of(result).forEach(mean -> rows.add(cells(mean)));
    } else {
      rows.add(header());
      runs().forEach(run -> rows.add(cells(run)));
    }
    int names = campaigns ? 2 : 1;
    int[] widths = new int[rows.get(0).size()];
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
        line.append(i == 0 ? "" : "  ").append(i < names ? "" : space).append(row.get(i));
        line.append(i < names ? space : "");
      }
      text.append(line.toString().stripTrailing()).append('\n');
    }
    return text.toString();
  }

  /** The runs of the first seed, for a page. */
  Table page(String caption) {
    Table table = new Table(caption, header());
    result.first().forEach(recorded -> table.row(cells(recorded.run())));
    return table;
  }

  /** The means over seeds, for a page. */
  Table means(String caption) {
    Table table = new Table(caption, meansHeader());
    ReplayMean.of(result).forEach(mean -> table.row(cells(mean)));
    return table;
  }

  private List<String> meansHeader() {
    List<String> header = names();
    header.add("budget");
    ReplayMean.NAMES.forEach(name -> header.add(name.replace("cost_per_click", "cost/click")));
    return header;
  }

  private List<String> cells(ReplayMean mean) {
    List<String> cells = names(mean.run());
    cells.add(number(mean.run().budget()));
    ReplayMean.NAMES.forEach(name -> cells.add(mean.text(name)));
    return cells;
  }

  private List<String> names() {
    List<String> header = new ArrayList<>(List.of("policy"));
    if (campaigns) {
      header.add("campaign");
    }
    if (budgets) {
      header.add("of all");
    }
    return header;
  }

  private List<String> names(LogReplay.Run run) {
    List<String> cells = new ArrayList<>(List.of(run.policy()));
    if (campaigns) {
      cells.add(run.campaign());
    }
    if (budgets) {
      String fraction = run.fraction();
      cells.add(fraction == null ? "" : fraction);
    }
    return cells;
  }

  private List<String> header() {
    List<String> header = names();
    header.addAll(
        List.of(
            "budget",
            "spend",
            "share",
            "wins",
            "clicks",
            "value",
            "ratio",
            "CPM",
            "cost/click",
            "RoS",
            "violation"));
    if (!result.reliable()) {
      header.addAll(List.of("untold wins", "untold spend"));
    }
    header.add("auctions/s");
    return header;
  }

  private List<String> cells(LogReplay.Run run) {
    List<String> cells = names(run);
    cells.add(number(run.budget()));
    cells.add(number(run.spend()));
    cells.add(format("%.1f%%", 100 * run.spend() / run.budget()));
    cells.add(Long.toString(run.wins()));
    cells.add(Long.toString(run.clicks()));
    cells.add(number(run.value()));
    cells.add(format("%.4f", run.ratio()));
    cells.add(number(result.cpm(run)));
    cells.add(number(ReplayResult.costPerClick(run)));
    cells.add(number(run.value() / run.spend()));
    cells.add(format("%.3f%%", 100 * Math.max(0, -run.slack()) / run.spend()));
    if (!result.reliable()) {
      cells.add(Long.toString(run.untoldWins()));
      cells.add(number(run.untoldSpend()));
    }
    cells.add(format("%.0f", run.auctionsPerSecond()));
    return cells;
  }

  private static String format(String pattern, double number) {
    return Double.isFinite(number) ? String.format(Locale.ROOT, pattern, number) : "-";
  }

  /** A number with four digits that count, without a power of ten where it can be helped. */
  static String number(double number) {
    double size = Math.abs(number);
    if (number == 0) {
      return "0";
    }
    return format(size >= 1_000 ? "%.0f" : size >= 1e-4 ? "%.4g" : "%.3e", number);
  }
}
