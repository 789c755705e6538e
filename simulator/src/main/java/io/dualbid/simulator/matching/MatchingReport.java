package io.dualbid.simulator.matching;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dualbid.simulator.report.Plot;
import io.dualbid.simulator.report.Plot.Axis;
import io.dualbid.simulator.report.Report;
import io.dualbid.simulator.report.Series;
import io.dualbid.simulator.report.Table;
import io.dualbid.simulator.simulation.Interval;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A comparison on matching instances as a document, as rows, as a table and as a page. */
public final class MatchingReport {
  private final MatchingSimulation result;
  private final MatchingScenario scenario;

  /** Of this result. */
  public MatchingReport(MatchingSimulation result) {
    this.result = result;
    this.scenario = result.scenario();
  }

  /** All of it. */
  public ObjectNode json() {
    ObjectNode json = new ObjectMapper().createObjectNode();
    json.put("schema", 1);
    json.put("command", "simulate");
    json.put("title", scenario.title());
    json.put("family", scenario.family().label());
    json.put("first_seed", scenario.firstSeed());
    json.put("seeds", scenario.seeds());
    json.put("skipped_rows", 0);
    ArrayNode runs = json.putArray("runs");
    for (MatchingRun run : result.runs()) {
      ObjectNode node = runs.addObject();
      node.put("policy", run.policy());
      node.put("seed", run.seed());
      node.put("vertices", run.size());
      node.put("horizon", run.arrivals());
      node.put("value", run.value());
      put(node, "wasted", run.wasted());
      ObjectNode benchmarks = node.putObject("benchmarks");
      run.benchmarks().forEach(benchmarks::put);
    }
    ArrayNode means = json.putArray("means");
    for (int size : scenario.sizes()) {
      for (String policy : scenario.policies()) {
        for (String benchmark : result.benchmarks()) {
          Interval ratio = result.ratio(policy, size, benchmark);
          ObjectNode node = means.addObject();
          node.put("policy", policy);
          node.put("vertices", size);
          node.put("benchmark", benchmark);
          put(node, "ratio", ratio.mean());
          put(node, "ratio_half_width", ratio.halfWidth());
          put(node, "least_ratio", result.leastRatio(policy, size, benchmark));
        }
      }
    }
    return json;
  }

  private static void put(ObjectNode json, String key, double number) {
    if (Double.isFinite(number)) {
      json.put(key, number);
    } else {
      json.putNull(key);
    }
  }

  /** A line for each run; the same bytes for the same scenario. */
  public String csv() {
    StringBuilder csv = new StringBuilder("policy,vertices,seed,horizon,value,wasted");
    result.benchmarks().forEach(benchmark -> csv.append(',').append(benchmark));
    csv.append('\n');
    for (MatchingRun run : result.runs()) {
      csv.append(run.policy())
          .append(
              String.format(
                  Locale.ROOT,
                  ",%d,%d,%d,%.9g,%s",
                  run.size(),
                  run.seed(),
                  run.arrivals(),
                  run.value(),
                  Double.isFinite(run.wasted()) ? String.format("%.0f", run.wasted()) : ""));
      for (String benchmark : result.benchmarks()) {
        Double value = run.benchmarks().get(benchmark);
        csv.append(',').append(value == null ? "" : String.format(Locale.ROOT, "%.9g", value));
      }
      csv.append('\n');
    }
    return csv.toString();
  }

  /** Mean shares with their intervals, for reading. */
  public String table() {
    StringBuilder table = new StringBuilder();
    table.append(
        String.format(
            Locale.ROOT,
            "%-28s %8s %-18s %18s %8s%n",
            "policy",
            "vertices",
            "benchmark",
            "ratio",
            "least"));
    for (List<String> row : rows()) {
      table.append(String.format(Locale.ROOT, "%-28s %8s %-18s %9s ± %6s %8s%n", row.toArray()));
    }
    return table.toString();
  }

  private List<List<String>> rows() {
    List<List<String>> rows = new ArrayList<>();
    for (String policy : scenario.policies()) {
      for (int size : scenario.sizes()) {
        for (String benchmark : result.benchmarks()) {
          Interval ratio = result.ratio(policy, size, benchmark);
          if (Double.isFinite(ratio.mean())) {
            rows.add(
                List.of(
                    policy,
                    Integer.toString(size),
                    benchmark,
                    four(ratio.mean()),
                    four(ratio.halfWidth()),
                    four(result.leastRatio(policy, size, benchmark))));
          }
        }
      }
    }
    return rows;
  }

  private static String four(double number) {
    return Double.isFinite(number) ? String.format(Locale.ROOT, "%.4f", number) : "-";
  }

  /** The page. */
  public String html() {
    Report report = new Report(scenario.title());
    report.text(
        String.format(
            Locale.ROOT,
            "%d policies on %d instances of each size (seeds %d to %d) of the family %s. Intervals"
                + " are 95 %% confidence intervals of the mean over instances.",
            scenario.policies().size(),
            scenario.seeds(),
            scenario.firstSeed(),
            scenario.firstSeed() + scenario.seeds() - 1,
            scenario.family().label()));
    report.command("To reproduce it:", "dualbid simulate scenario.yaml");
    Table table =
        new Table(
            "Value as a share of each benchmark",
            List.of("policy", "vertices", "benchmark", "ratio", "±", "least"));
    rows().forEach(table::row);
    report.section("Shares").table(table);
    for (Plot plot : plots()) {
      report
          .section(plot.title())
          .plot(plot, "Mean over instances, or the course of the first instance of the last size.");
    }
    return report.html();
  }

  /** The plots, each as a file of its own. */
  public List<Plot> plots() {
    List<Plot> plots = new ArrayList<>();
    if (scenario.sizes().size() > 1) {
      String benchmark = result.benchmarks().iterator().next();
      Plot plot =
          new Plot(
              "ratio",
              "Share of " + benchmark + " against size",
              "One line for each policy, with intervals. The numbers are in the table.",
              new Axis("offline vertices", true),
              new Axis("share of " + benchmark, false));
      for (String policy : scenario.policies()) {
        List<Series.Point> points = new ArrayList<>();
        for (int size : scenario.sizes()) {
          Interval ratio = result.ratio(policy, size, benchmark);
          points.add(new Series.Point(size, ratio.mean(), ratio.halfWidth()));
        }
        plot.line(new Series(policy, points, true));
      }
      plots.add(plot);
    }
    for (LoadTrace trace : result.traces()) {
      plots.add(LoadPlot.of(trace, vertex -> "vertex " + vertex));
    }
    return plots;
  }
}
