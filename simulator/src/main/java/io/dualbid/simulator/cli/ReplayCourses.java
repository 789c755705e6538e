package io.dualbid.simulator.cli;

import io.dualbid.simulator.hindsight.OptimumPath;
import io.dualbid.simulator.replay.Course;
import io.dualbid.simulator.replay.PriceCounts;
import io.dualbid.simulator.report.Bars;
import io.dualbid.simulator.report.Plot;
import io.dualbid.simulator.report.Plot.Axis;
import io.dualbid.simulator.report.Report;
import io.dualbid.simulator.report.Series;
import io.dualbid.simulator.report.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** The courses of all policies with one budget, for one campaign, as a section of a page. */
final class ReplayCourses {
  private static final int POINTS = 250;
  private static final int TABLE_ROWS = 10;

  /** Multipliers that differ by more than this factor are seen on a logarithmic axis only. */
  private static final double WIDE = 30;

  private static final Axis AUCTIONS = new Axis("auctions", false);

  private final List<LogReplay.Recorded> runs;
  private final List<String> policies;
  private final double priceUnit;
  private final int number;

  /**
   * A section.
   *
   * @param runs one for each policy
   * @param policies all policies of the page, in whose order lines have their colours
   * @param priceUnit one unit of the log's prices, in account currency for one impression
   * @param number its number on the page
   */
  ReplayCourses(
      List<LogReplay.Recorded> runs, List<String> policies, double priceUnit, int number) {
    this.runs = runs;
    this.policies = policies;
    this.priceUnit = priceUnit;
    this.number = number;
  }

  void add(Report report) {
    spend(report);
    multipliers(
        report, "Multiplier over time", "multiplier", s -> s.multipliers().budget(), m -> m != 0);
    multipliers(
        report,
        "Multiplier of the return on spend over time",
        "ros-multiplier",
        s -> s.multipliers().ros(),
        m -> m != 0);
    multipliers(
        report,
        "Share of the auctions taken part in",
        "participation",
        s -> s.multipliers().participation(),
        m -> m != 1);
    value(report);
    prices(report);
  }

  private void spend(Report report) {
    Plot plot =
        plot(
            "spend",
            "Spend against plan",
            "What each policy has spent in the course of the log, and the plan.",
            new Axis("spend, in account currency", false));
    plot.reference(line("plan", samples(0), Course.Sample::planned));
    lines(plot, Course.Sample::spend);
    report
        .part("Spend against plan")
        .plot(plot, "The plan is that of " + runs.get(0).run().policy() + ".")
        .numbers(table("Spend at ten moments, in account currency", Course.Sample::spend));
  }

  private void multipliers(
      Report report,
      String title,
      String name,
      ToDoubleFunction<Course.Sample> figure,
      Predicate<Double> told) {
    List<Integer> shown =
        IntStream.range(0, runs.size())
            .filter(i -> samples(i).stream().map(figure::applyAsDouble).anyMatch(told))
            .boxed()
            .toList();
    if (shown.isEmpty()) {
      return;
    }
    double[] all =
        shown.stream()
            .flatMap(i -> samples(i).stream())
            .mapToDouble(figure)
            .filter(Double::isFinite)
            .sorted()
            .toArray();
    boolean wide = all.length > 0 && all[0] > 0 && all[all.length - 1] / all[0] > WIDE;
    Plot plot =
        plot(
            name,
            title,
            "One line for each policy that has one, in the course of the log.",
            new Axis(title.equals("Multiplier over time") ? "multiplier" : title, wide));
    for (int i : shown) {
      String policy = runs.get(i).run().policy();
      plot.line(line(policy, samples(i), figure), policies.indexOf(policy));
    }
    report
        .part(title)
        .plot(plot, "As last told to bidders.")
        .numbers(table(title + ", at ten moments", figure));
  }

  private void value(Report report) {
    Plot plot =
        plot(
            "value",
            "Value against hindsight",
            "Expected value of the wins of each policy in the course of the log, and what the"
                + " optimum in hindsight has by then.",
            new Axis("value, in account currency", false));
    OptimumPath best = Objects.requireNonNull(runs.get(0).best());
    List<Course.Sample> samples = samples(0);
    List<Series.Point> points = new ArrayList<>();
    for (int i : thinned(samples.size())) {
      points.add(new Series.Point(samples.get(i).auctions(), best.points().get(i).value(), 0));
    }
    plot.reference(new Series("hindsight", points, false));
    lines(plot, Course.Sample::value);
    report
        .part("Value against hindsight")
        .plot(plot, "Hindsight knows every auction beforehand, and may spend when it likes.")
        .numbers(table("Value at ten moments, in account currency", Course.Sample::value));
  }

  private void prices(Report report) {
    List<Plot> plots = new ArrayList<>();
    for (int i = 0; i < runs.size(); i++) {
      plots.add(prices(i));
    }
    report
        .part("Prices of wins, and bids")
        .plots(
            plots,
            "How many wins were paid each price, and how many bids were made at it; prices in the"
                + " unit of the log.")
        .numbers(priceTable());
  }

  private Plot prices(int run) {
    PriceCounts counts = course(run).prices();
    double width = counts.bins().from(1) / priceUnit;
    int bins = counts.bins().count();
    String policy = runs.get(run).run().policy();
    List<Series.Point> bids = new ArrayList<>();
    List<Double> wins = new ArrayList<>();
    for (int bin = 0; bin < bins; bin++) {
      bids.add(new Series.Point((bin + 0.5) * width, counts.bids(bin), 0));
      wins.add((double) counts.wins(bin));
    }
    return plot(
            "prices-" + run,
            policy,
            "Bars for the prices of wins, and a line for the bids.",
            new Axis("number", false),
            new Axis("price", false))
        .half()
        .bars(new Bars("wins, by price paid", 0, width, wins))
        .line(new Series("bids, by amount", bids, false), policies.indexOf(policy));
  }

  private Table priceTable() {
    List<String> header = new ArrayList<>(List.of("price from"));
    for (LogReplay.Recorded run : runs) {
      header.add(run.run().policy() + ": wins");
      header.add("bids");
    }
    Table table = new Table("Wins and bids by price", header);
    PriceCounts first = course(0).prices();
    for (int bin = 0; bin <= first.bins().count(); bin++) {
      List<String> row = new ArrayList<>();
      row.add(ReplayTable.number(first.bins().from(bin) / priceUnit));
      for (int run = 0; run < runs.size(); run++) {
        row.add(Long.toString(course(run).prices().wins(bin)));
        row.add(Long.toString(course(run).prices().bids(bin)));
      }
      table.row(row);
    }
    return table;
  }

  private Plot plot(String name, String title, String description, Axis y) {
    return plot(name, title, description + " Numbers are below.", y, AUCTIONS);
  }

  private Plot plot(String name, String title, String description, Axis y, Axis x) {
    return new Plot(name + "-" + number, title, description, x, y);
  }

  private void lines(Plot plot, ToDoubleFunction<Course.Sample> figure) {
    for (int i = 0; i < runs.size(); i++) {
      String policy = runs.get(i).run().policy();
      plot.line(line(policy, samples(i), figure), policies.indexOf(policy));
    }
  }

  private static Series line(
      String name, List<Course.Sample> samples, ToDoubleFunction<Course.Sample> figure) {
    List<Series.Point> points = new ArrayList<>();
    for (int i : thinned(samples.size())) {
      Course.Sample sample = samples.get(i);
      points.add(new Series.Point(sample.auctions(), figure.applyAsDouble(sample), 0));
    }
    return new Series(name, points, false);
  }

  /** Enough of them for the eye, the last among them. */
  private static int[] thinned(int count) {
    int step = Math.max(1, (count + POINTS - 1) / POINTS);
    return IntStream.range(0, count).filter(i -> (count - 1 - i) % step == 0).toArray();
  }

  private Table table(String caption, ToDoubleFunction<Course.Sample> figure) {
    List<String> header = new ArrayList<>(List.of("auctions"));
    runs.forEach(run -> header.add(run.run().policy()));
    Table table = new Table(caption, header);
    int count = samples(0).size();
    for (int k = 1; k <= TABLE_ROWS; k++) {
      int at = Math.max(1, k * count / TABLE_ROWS) - 1;
      List<String> row = new ArrayList<>();
      row.add(Long.toString(samples(0).get(at).auctions()));
      for (int run = 0; run < runs.size(); run++) {
        row.add(ReplayTable.number(figure.applyAsDouble(samples(run).get(at))));
      }
      table.row(row);
    }
    return table;
  }

  private List<Course.Sample> samples(int run) {
    return course(run).samples();
  }

  private Course course(int run) {
    return Objects.requireNonNull(runs.get(run).course(), "a run was not recorded");
  }
}
