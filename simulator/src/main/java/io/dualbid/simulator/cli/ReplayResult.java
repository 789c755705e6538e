package io.dualbid.simulator.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dualbid.core.model.Money;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What came of a replay: all runs, budget by budget, policy by policy.
 *
 * @param runs in the order in which they were asked for; those of several seeds one after another
 * @param priceUnitNanos what one unit of the log's prices costs for one impression
 * @param competition how campaigns of a file met; null without one
 * @param episode auctions after which budgets were set back; 0 for never
 * @param luck what chance decided, under the first seed
 * @param seeds under how many seeds
 * @param skippedRows rows that could not be read
 */
record ReplayResult(
    List<LogReplay.Recorded> runs,
    long priceUnitNanos,
    @Nullable String competition,
    int episode,
    LogLuck luck,
    int seeds,
    long skippedRows) {
  ReplayResult {
    runs = List.copyOf(runs);
  }

  /** The runs of the first seed, which alone have courses. */
  List<LogReplay.Recorded> first() {
    return runs.stream().filter(recorded -> recorded.seed() == luck.seed()).toList();
  }

  /** Whether every notice came once. */
  boolean reliable() {
    return luck.deliveries().loss() == 0 && luck.deliveries().duplicates() == 0;
  }

  /** Mean cost of a win as a CPM, in the unit of the log's prices; NaN without wins. */
  double cpm(LogReplay.Run run) {
    return run.wins() > 0 ? run.spend() / Money.units(priceUnitNanos) / run.wins() : Double.NaN;
  }

  /** Cost of a click, in account currency; NaN without clicks. */
  static double costPerClick(LogReplay.Run run) {
    return run.clicks() > 0 ? run.spend() / run.clicks() : Double.NaN;
  }

  /** The result as a document; but for {@code auctions_per_second} the same for the same replay. */
  ObjectNode json() {
    ObjectNode document = new ObjectMapper().createObjectNode();
    document.put("schema", 1);
    document.put("command", "replay");
    if (competition != null) {
      document.put("competition", competition);
    }
    if (episode > 0) {
      document.put("protocol", "rlb");
      document.put("episode", episode);
    }
    if (seeds > 1) {
      document.put("seeds", seeds);
    }
    ArrayNode list = document.putArray("runs");
    runs.forEach(recorded -> put(list.addObject(), recorded.run(), recorded.seed()));
    if (seeds > 1) {
      ArrayNode means = document.putArray("means");
      ReplayMean.of(this).forEach(mean -> mean.put(means.addObject()));
    }
    document.put("skipped_rows", skippedRows);
    return document;
  }

  private void put(ObjectNode json, LogReplay.Run run, long seed) {
    json.put("policy", run.policy());
    json.put("campaign", run.campaign());
    String fraction = run.fraction();
    if (fraction == null) {
      json.putNull("budget_fraction");
    } else {
      json.put("budget_fraction", fraction);
    }
    json.put("seed", seed);
    json.put("horizon", run.auctions());
    json.put("auctions", run.auctions());
    json.put("bids", run.bids());
    json.put("wins", run.wins());
    json.put("clicks", run.clicks());
    json.put("conversions", run.conversions());
    json.put("conversion_value", run.conversionValue());
    json.put("value", run.value());
    json.put("spend", run.spend());
    json.put("budget", run.budget());
    put(json, "cpm", cpm(run));
    put(json, "cost_per_click", costPerClick(run));
    put(json, "ros", run.value() / run.spend());
    json.put("violation", Math.max(0, -run.slack()));
    json.put("lowest_slack", run.lowestSlack());
    json.put("hindsight_value", run.best());
    put(json, "ratio", run.ratio());
    json.put("regret", run.best() - run.value());
    if (!reliable()) {
      json.put("untold_wins", run.untoldWins());
      json.put("untold_spend", run.untoldSpend());
    }
    json.put("auctions_per_second", run.auctionsPerSecond());
  }

  private static void put(ObjectNode json, String key, double value) {
    if (Double.isFinite(value)) {
      json.put(key, value);
    } else {
      json.putNull(key);
    }
  }
}
