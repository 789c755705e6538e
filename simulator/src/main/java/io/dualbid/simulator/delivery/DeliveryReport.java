package io.dualbid.simulator.delivery;

import io.dualbid.core.model.Campaign;
import io.dualbid.simulator.delivery.Delivery.Hour;
import io.dualbid.simulator.report.BarChart;
import io.dualbid.simulator.report.Plot;
import io.dualbid.simulator.report.Plot.Axis;
import io.dualbid.simulator.report.Report;
import io.dualbid.simulator.report.Series;
import io.dualbid.simulator.report.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** A delivery as a page that needs nothing else. */
public final class DeliveryReport {
  private final Delivery delivery;
  private final NoBids noBids;
  private final DeliveryFiles files;

  /** Of this delivery. */
  public DeliveryReport(Delivery delivery, NoBids noBids) {
    this.delivery = delivery;
    this.noBids = noBids;
    files = new DeliveryFiles(delivery, noBids);
  }

  /** The page. */
  public String html() {
    Report report = new Report("Delivery of " + delivery.id());
    report.text(
        "From "
            + files.time(delivery.window().fromMillis())
            + " to "
            + files.time(delivery.window().toMillis())
            + ", by the journal's own times. Money is in account currency.");
    report.table(summary());
    delivered(report);
    costs(report);
    returned(report);
    reached(report);
    declined(report);
    moreBudget(report);
    return report.html();
  }

  private Table summary() {
    Figures total = delivery.total();
    Campaign campaign = delivery.campaign();
    Table table = new Table("In short", List.of("figure", "amount"));
    if (campaign != null) {
      table.row(List.of("budget of the flight", number(campaign.budgetNanos() / 1e9)));
    }
    return table
        .row(List.of("planned in this time", number(delivery.planned())))
        .row(List.of("spent", number(total.spent())))
        .row(List.of("bids", Long.toString(total.bids())))
        .row(List.of("impressions", Long.toString(total.wins())))
        .row(List.of("clicks", Long.toString(total.clicks())))
        .row(List.of("conversions", Long.toString(total.conversions())))
        .row(List.of("cost of a thousand impressions", number(total.costPerThousand())))
        .row(List.of("cost of a click", number(total.costPerClick())))
        .row(List.of("return on spend, as expected", number(total.returned())))
        .row(
            List.of(
                "return on spend, as clicks and conversions came", number(total.returnedSoFar())))
        .row(List.of("target for it", number(delivery.target())));
  }

  private void delivered(Report report) {
    Table table =
        new Table("By hour", List.of("hour", "planned", "spent", "bids", "impressions", "clicks"));
    for (Hour hour : delivery.hours()) {
      Figures figures = hour.figures();
      table.row(
          List.of(
              files.time(hour.start()),
              number(hour.planned()),
              number(figures.spent()),
              Long.toString(figures.bids()),
              Long.toString(figures.wins()),
              Long.toString(figures.clicks())));
    }
    report.section("Delivery against plan");
    course(
        report,
        plot("delivery", "Spend by hour", "spend in the hour")
            .reference(line("plan", Hour::planned))
            .line(line("spent", hour -> hour.figures().spent())),
        "The plan is that of the definition in force at the end, seen from the start of the"
            + " flight and of each day.");
    report.numbers(table);
  }

  private void costs(Report report) {
    Table table =
        new Table("Costs by hour", List.of("hour", "of a thousand impressions", "of a click"));
    for (Hour hour : delivery.hours()) {
      table.row(
          List.of(
              files.time(hour.start()),
              number(hour.figures().costPerThousand()),
              number(hour.figures().costPerClick())));
    }
    report.section("Cost");
    course(
        report,
        plot("ecpm", "Cost of a thousand impressions", "cost of a thousand")
            .line(line("eCPM", hour -> hour.figures().costPerThousand())),
        "Spend of the hour over impressions of the hour.");
    if (delivery.total().clicks() > 0) {
      course(
          report,
          plot("cpc", "Cost of a click", "cost of a click")
              .line(line("CPC", hour -> hour.figures().costPerClick())),
          "Spend of the hour over clicks of the hour, which may be of earlier impressions.");
    }
    report.numbers(table);
  }

  private void returned(Report report) {
    Plot plot = plot("ros", "Return on spend", "value for a unit of spend");
    if (Double.isFinite(delivery.target())) {
      plot.reference(line("target", hour -> delivery.target()));
    }
    plot.line(line("as expected", hour -> hour.figures().returned()))
        .line(line("as it came", hour -> hour.figures().returnedSoFar()));
    Table table = new Table("Return by hour", List.of("hour", "as expected", "as it came"));
    for (Hour hour : delivery.hours()) {
      table.row(
          List.of(
              files.time(hour.start()),
              number(hour.figures().returned()),
              number(hour.figures().returnedSoFar())));
    }
    report.section("Return on spend");
    course(report, plot, "Clicks and conversions count in the hour in which they came.");
    report.numbers(table);
  }

  /** Draws a course where there is one: a single hour has none. */
  private void course(Report report, Plot plot, String note) {
    if (delivery.hours().size() > 1) {
      report.plot(plot, note);
    } else {
      report.text(note);
    }
  }

  private void reached(Report report) {
    report.section("Reach and frequency");
    long known = delivery.impressionsOfUsers();
    if (known == 0) {
      report.text(
          "Not known: bids tell their user only where a frequency cap needs it, and these tell"
              + " none.");
      return;
    }
    report.text(
        String.format(
            Locale.ROOT,
            "%d users saw %d impressions, %.2f each; of %d impressions the user is not known.",
            delivery.reach(),
            known,
            (double) known / delivery.reach(),
            delivery.total().wins() - known));
    Table table = new Table("Frequency", List.of("impressions", "users"));
    delivery
        .frequency()
        .forEach((wins, users) -> table.row(List.of(wins.toString(), users.toString())));
    report.table(table);
  }

  private void declined(Report report) {
    report.section("Requests without a bid");
    long count = noBids.count();
    if (count == 0) {
      report.text("None in this time.");
      return;
    }
    BarChart chart =
        new BarChart(
            "no-bids",
            "Why requests got no bid",
            "Why requests got no bid, as shares. The numbers are at the bars.",
            "share of them, in %");
    for (Map.Entry<String, Long> reason : noBids.byReason().entrySet()) {
      double share = 100.0 * reason.getValue() / count;
      chart.bar(
          reason.getKey(),
          share,
          String.format(Locale.ROOT, "%.1f %% (%d)", share, reason.getValue()),
          0);
    }
    report.plot(
        chart,
        "Of all requests that no campaign bid on: a request tells one reason, and not whose.");
  }

  private void moreBudget(Report report) {
    report.section("What more budget would have bought");
    MoreBudget more = delivery.moreBudget();
    if (more.points().isEmpty()) {
      report.text(
          "Left out: it takes spend, and lost auctions of impressions with the price that would"
              + " have won them, and the journal holds none.");
      return;
    }
    report.text(
        String.format(
            Locale.ROOT,
            "At most, by whoever knew every price: the best of the %d lost auctions whose price the"
                + " exchange told, of %d lost, keeping the target for the return on spend. Requests"
                + " that got no bid are left out.",
            more.priced(),
            more.losses()));
    Table table =
        new Table("More budget", List.of("more of what was spent", "amount", "spent", "value"));
    for (MoreBudget.Point point : more.points()) {
      table.row(
          List.of(
              String.format(Locale.ROOT, "+%.0f %%", 100 * point.factor()),
              number(point.money()),
              number(point.spent()),
              number(point.value())));
    }
    report.table(table);
  }

  private Plot plot(String name, String title, String upwards) {
    return new Plot(
        name,
        title,
        title + ". The numbers are in the tables of the page.",
        new Axis("hours since " + files.time(delivery.hours().get(0).start()), false),
        new Axis(upwards, false));
  }

  private Series line(String name, ToDoubleFunction<Hour> figure) {
    List<Series.Point> points = new ArrayList<>();
    for (int i = 0; i < delivery.hours().size(); i++) {
      double y = figure.applyAsDouble(delivery.hours().get(i));
      if (Double.isFinite(y)) {
        points.add(new Series.Point(i, y, 0));
      }
    }
    return new Series(name, points, true);
  }

  private static String number(double number) {
    return Double.isFinite(number) ? String.format(Locale.ROOT, "%.4f", number) : "-";
  }
}
