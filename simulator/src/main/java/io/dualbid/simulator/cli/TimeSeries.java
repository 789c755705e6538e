package io.dualbid.simulator.cli;

import de.siegmar.fastcsv.writer.CsvWriter;
import io.dualbid.simulator.hindsight.OptimumPath;
import io.dualbid.simulator.replay.Course;
import java.io.IOException;
import java.io.Writer;
import java.util.List;

/** The courses of a replay as rows: the same bytes for the same replay. */
final class TimeSeries {
  private TimeSeries() {}

  /** Writes a header and a row for each moment of each run. */
  static void write(List<LogReplay.Recorded> runs, Writer to) throws IOException {
    try (CsvWriter csv = CsvWriter.builder().build(to)) {
      csv.writeRecord(
          "policy",
          "campaign",
          "budget_fraction",
          "budget",
          "auctions",
          "planned_spend",
          "spend",
          "value",
          "hindsight_value",
          "hindsight_spend",
          "multiplier",
          "ros_multiplier",
          "participation",
          "ros",
          "slack",
          "wins",
          "clicks");
      for (LogReplay.Recorded run : runs) {
        write(run, csv);
      }
    }
  }

  private static void write(LogReplay.Recorded recorded, CsvWriter csv) {
    Course course = recorded.course();
    OptimumPath best = recorded.best();
    if (course == null || best == null) {
      // Rules that bid by the auctions left have no multipliers, episodes no one plan.
      return;
    }
    LogReplay.Run run = recorded.run();
    String fraction = run.fraction();
    for (int i = 0; i < course.samples().size(); i++) {
      Course.Sample sample = course.samples().get(i);
      OptimumPath.Point hindsight = best.points().get(i);
      csv.writeRecord(
          run.policy(),
          run.campaign(),
          fraction == null ? "" : fraction,
          number(run.budget()),
          Long.toString(sample.auctions()),
          number(sample.planned()),
          number(sample.spend()),
          number(sample.value()),
          number(hindsight.value()),
          number(hindsight.spend()),
          number(sample.multipliers().budget()),
          number(sample.multipliers().ros()),
          number(sample.multipliers().participation()),
          number(sample.ros()),
          number(sample.slack()),
          Long.toString(sample.wins()),
          Long.toString(sample.clicks()));
    }
  }

  /** All digits; nothing for what is not defined yet. */
  private static String number(double number) {
    return Double.isFinite(number) ? Double.toString(number) : "";
  }
}
