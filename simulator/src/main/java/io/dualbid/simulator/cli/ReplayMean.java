package io.dualbid.simulator.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dualbid.simulator.simulation.Interval;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * The runs of one policy with one budget for one campaign under all seeds: means with their 95 %
 * confidence intervals.
 *
 * @param runs one for each seed, at least one
 */
record ReplayMean(List<LogReplay.Run> runs) {
  /** What a mean is told of. */
  static final List<String> NAMES =
      List.of("value", "ratio", "spend", "wins", "clicks", "cost_per_click");

  /** The means of a result, in the order of its runs. */
  static List<ReplayMean> of(ReplayResult result) {
    List<List<LogReplay.Run>> groups = new ArrayList<>();
    for (LogReplay.Recorded recorded : result.runs()) {
      LogReplay.Run run = recorded.run();
      groups.stream()
          .filter(group -> isAlike(group.get(0), run))
          .findFirst()
          .ifPresentOrElse(
              group -> group.add(run), () -> groups.add(new ArrayList<>(List.of(run))));
    }
    return groups.stream().map(group -> new ReplayMean(List.copyOf(group))).toList();
  }

  private static boolean isAlike(LogReplay.Run one, LogReplay.Run other) {
    String fraction = one.fraction();
    return one.policy().equals(other.policy())
        && one.campaign().equals(other.campaign())
        && one.budget() == other.budget()
        && (fraction == null ? other.fraction() == null : fraction.equals(other.fraction()));
  }

  /** What all of them have in common: policy, campaign and budget. */
  LogReplay.Run run() {
    return runs.get(0);
  }

  /** The mean of one of {@link #NAMES}. */
  Interval interval(String name) {
    ToDoubleFunction<LogReplay.Run> number =
        switch (name) {
          case "value" -> LogReplay.Run::value;
          case "ratio" -> LogReplay.Run::ratio;
          case "spend" -> LogReplay.Run::spend;
          case "wins" -> run -> run.wins();
          case "clicks" -> run -> run.clicks();
          case "cost_per_click" -> ReplayResult::costPerClick;
          default -> throw new IllegalArgumentException("no mean of this name: " + name);
        };
    return Interval.of(runs.stream().mapToDouble(number).filter(Double::isFinite).toArray());
  }

  /** As a document. */
  void put(ObjectNode json) {
    json.put("policy", run().policy());
    json.put("campaign", run().campaign());
    String fraction = run().fraction();
    if (fraction == null) {
      json.putNull("budget_fraction");
    } else {
      json.put("budget_fraction", fraction);
    }
    json.put("budget", run().budget());
    for (String name : NAMES) {
      Interval interval = interval(name);
      put(json, name, interval.mean());
      put(json, name + "_half_width", interval.halfWidth());
    }
  }

  private static void put(ObjectNode json, String key, double number) {
    if (Double.isFinite(number)) {
      json.put(key, number);
    } else {
      json.putNull(key);
    }
  }

  /** A mean with its interval, for reading. */
  String text(String name) {
    Interval interval = interval(name);
    boolean share = name.equals("ratio");
    String mean = number(interval.mean(), share);
    return Double.isFinite(interval.halfWidth())
        ? mean + " ± " + number(interval.halfWidth(), share)
        : mean;
  }

  private static String number(double number, boolean share) {
    if (!Double.isFinite(number)) {
      return "-";
    }
    return share ? String.format(Locale.ROOT, "%.4f", number) : ReplayTable.number(number);
  }
}
