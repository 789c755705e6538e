package io.dualbid.simulator.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dualbid.simulator.cli.SoloHindsight.Rules;
import io.dualbid.simulator.cli.SoloHindsight.Run;
import io.dualbid.simulator.hindsight.FixedMultipliers.Outcome;
import java.util.List;
import java.util.Locale;

/** What is told of one campaign's optima. */
final class SoloReport {
  private final Rules rules;
  private final long rows;
  private final List<Run> runs;
  private final long skippedRows;

  SoloReport(Rules rules, long rows, List<Run> runs, long skippedRows) {
    this.skippedRows = skippedRows;
    this.rules = rules;
    this.rows = rows;
    this.runs = List.copyOf(runs);
  }

  /** All of it; what is of one run stands at the top for the first one too. */
  ObjectNode json() {
    ObjectNode json = new ObjectMapper().createObjectNode();
    json.put("schema", 1);
    json.put("command", "hindsight");
    json.put("rows", rows);
    json.put("skipped_rows", skippedRows);
    json.put("constraint", rules.target() == 0 ? "budget" : rules.budgeted() ? "both" : "ros");
    if (rules.target() > 0) {
      json.put("target_ros", rules.target());
    }
    json.put("value_per_click", rules.valuePerClick());
    json.put("objective", rules.profit() ? "profit" : "value");
    json.put("auction", rules.firstPrice() ? "first-price" : "second-price");
    json.put("max_bid", rules.maxBid());
    if (rules.episode() > 0) {
      json.put("protocol", "rlb");
      json.put("episode", rules.episode());
    }
    put(json, runs.get(0));
    ArrayNode list = json.putArray("runs");
    for (Run run : runs) {
      put(list.addObject(), run);
    }
    return json;
  }

  private void put(ObjectNode json, Run run) {
    if (run.fraction() != null) {
      json.put("budget_fraction", run.fraction());
    }
    json.put("value", run.value());
    json.put("spend", run.spend());
    put(json, "budget", run.budget());
    if (rules.episode() > 0) {
      json.put("episode_budget", run.episodeBudget());
    }
    ObjectNode duals = json.putObject("duals");
    if (rules.budgeted()) {
      duals.put("budget", run.budgetPrice());
    }
    if (rules.target() > 0) {
      duals.put("ros", run.returnPrice());
    }
    json.put("binding", run.binding());
    put(json, "multiplier", run.multiplier());
    put(json, "tie_share", run.tieShare());
    put(json.putObject("best_fixed_multiplier"), run.fixed(), run.value());
    Outcome priced = run.priced();
    if (priced != null) {
      put(json.putObject("dual_multiplier"), priced, run.value());
    }
  }

  private static void put(ObjectNode json, Outcome outcome, double optimum) {
    json.put("multiplier", outcome.multiplier());
    json.put("value", outcome.gain());
    json.put("spend", outcome.spend());
    json.put("wins", outcome.wins());
    json.put("ratio", ratio(outcome, optimum));
    json.put("meets_target", outcome.returning());
  }

  private static void put(ObjectNode json, String key, double number) {
    if (Double.isFinite(number)) {
      json.put(key, number);
    } else {
      json.putNull(key);
    }
  }

  private static double ratio(Outcome outcome, double optimum) {
    return optimum == 0 ? 1 : outcome.gain() / optimum;
  }

  /** A line for each budget. */
  String table() {
    StringBuilder table = new StringBuilder();
    String form = "%-10s %14s %14s %14s %8s %12s %12s %12s %9s %7s%n";
    table.append(
        String.format(
            Locale.ROOT,
            form,
            "fraction",
            "budget",
            "value",
            "spend",
            "binding",
            "mu",
            "lambda",
            "best fixed",
            "of best",
            "ties"));
    for (Run run : runs) {
      table.append(
          String.format(
              Locale.ROOT,
              form,
              run.fraction() == null ? "-" : run.fraction(),
              amount(run.budget()),
              amount(run.value()),
              amount(run.spend()),
              run.binding(),
              amount(run.budgetPrice()),
              amount(run.returnPrice()),
              amount(run.fixed().multiplier()),
              String.format(Locale.ROOT, "%.2f%%", 100 * ratio(run.fixed(), run.value())),
              Double.isNaN(run.tieShare())
                  ? "-"
                  : String.format(Locale.ROOT, "%.2f%%", 100 * run.tieShare())));
    }
    table.append(
        String.format(
            Locale.ROOT,
            "%d auctions%s; mu and lambda price budget and return on spend in value%s.%n",
            rows,
            rules.episode() > 0 ? " in episodes of " + rules.episode() : "",
            rules.target() > 0 ? " / target" : ""));
    return table.toString();
  }

  static String amount(double number) {
    if (!Double.isFinite(number)) {
      return "-";
    }
    double size = Math.abs(number);
    String form = size != 0 && (size < 0.01 || size >= 1e11) ? "%.4e" : "%.3f";
    return String.format(Locale.ROOT, form, number);
  }
}
