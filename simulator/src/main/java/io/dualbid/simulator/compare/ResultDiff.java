package io.dualbid.simulator.compare;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What differs between two results: of every run (or campaign) that both have, the numbers that
 * moved; and the runs that only one has. Runs belong together by what was asked for: policy,
 * campaign, budget fraction, seed and horizon. Times and rates are not compared, since they are the
 * machine's.
 */
public final class ResultDiff {
  private static final List<String> IDENTITY =
      List.of("policy", "campaign", "id", "budget_fraction", "seed", "horizon");

  /** The machine's, not the result's. */
  private static final Set<String> TIMES =
      Set.of("auctions_per_second", "requests_per_second", "seconds");

  private final List<Change> changes = new ArrayList<>();
  private final List<String> onlyOld = new ArrayList<>();
  private final List<String> onlyNew = new ArrayList<>();
  private int same;

  /**
   * A number that moved.
   *
   * @param run which run
   * @param figure its name in the result
   * @param before in the old result; NaN where it is not there
   * @param after in the new one; NaN likewise
   */
  public record Change(String run, String figure, double before, double after) {
    /** By how much of what it was; infinite where it was 0. */
    public double relative() {
      return (after - before) / Math.abs(before);
    }
  }

  private ResultDiff() {}

  /**
   * Compares.
   *
   * @param before a result as {@code summary.json} has it
   * @param after another
   * @throws IllegalArgumentException if one has neither runs nor campaigns
   */
  public static ResultDiff of(JsonNode before, JsonNode after) {
    ResultDiff diff = new ResultDiff();
    Map<String, JsonNode> old = runs(before, "old");
    Map<String, JsonNode> now = runs(after, "new");
    for (Map.Entry<String, JsonNode> run : old.entrySet()) {
      JsonNode other = now.get(run.getKey());
      if (other == null) {
        diff.onlyOld.add(run.getKey());
      } else {
        diff.compare(run.getKey(), run.getValue(), other);
      }
    }
    for (String run : now.keySet()) {
      if (!old.containsKey(run)) {
        diff.onlyNew.add(run);
      }
    }
    return diff;
  }

  /** Runs by what was asked for; repeated ones are numbered. */
  private static Map<String, JsonNode> runs(JsonNode result, String which) {
    JsonNode list = result.has("runs") ? result.path("runs") : result.path("campaigns");
    if (!list.isArray()) {
      throw new IllegalArgumentException(
          "found neither 'runs' nor 'campaigns' in the "
              + which
              + " result; accepted: a summary.json of replay, simulate, demo or exchange");
    }
    Map<String, JsonNode> runs = new LinkedHashMap<>();
    for (JsonNode run : list) {
      List<String> parts = new ArrayList<>();
      for (String key : IDENTITY) {
        JsonNode part = run.path(key);
        if (!part.isMissingNode() && !part.isNull()) {
          parts.add(
              key.equals("seed") || key.equals("horizon")
                  ? key + " " + part.asText()
                  : part.asText());
        }
      }
      String name = String.join(", ", parts);
      String unique = name;
      for (int again = 2; runs.putIfAbsent(unique, run) != null; again++) {
        unique = name + " #" + again;
      }
    }
    return runs;
  }

  private void compare(String run, JsonNode before, JsonNode after) {
    Set<String> figures = new LinkedHashSet<>();
    before.fieldNames().forEachRemaining(figures::add);
    after.fieldNames().forEachRemaining(figures::add);
    figures.removeAll(TIMES);
    figures.removeAll(new TreeSet<>(IDENTITY));
    int moved = changes.size();
    for (String figure : figures) {
      double old = number(before.path(figure));
      double now = number(after.path(figure));
      if (Double.compare(old, now) != 0) {
        changes.add(new Change(run, figure, old, now));
      }
    }
    same += moved == changes.size() ? 1 : 0;
  }

  private static double number(JsonNode node) {
    return node.isNumber() ? node.asDouble() : Double.NaN;
  }

  /** Numbers that moved, run by run. */
  public List<Change> changes() {
    return List.copyOf(changes);
  }

  /** Runs that only the old result has. */
  public List<String> onlyOld() {
    return List.copyOf(onlyOld);
  }

  /** Runs that only the new result has. */
  public List<String> onlyNew() {
    return List.copyOf(onlyNew);
  }

  /** Number of runs of which nothing moved. */
  public int same() {
    return same;
  }

  /** Whether nothing differs. */
  public boolean isSame() {
    return changes.isEmpty() && onlyOld.isEmpty() && onlyNew.isEmpty();
  }
}
