package io.dualbid.simulator.allocation;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dualbid.core.model.Money;
import io.dualbid.simulator.log.AllocationCampaigns;
import io.dualbid.simulator.matching.Feedback;
import io.dualbid.simulator.simulation.Interval;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/**
 * What came of a replay of an allocation log.
 *
 * @param campaigns the offline side
 * @param policies their names, in the order in which they were asked for
 * @param runs by policy and seed, in that order
 * @param first of each policy the run of its first seed, with its campaigns and course
 * @param benchmarks what could have been had, by name, of all coins alike
 * @param feedback when outcomes were told
 * @param skippedRows lines that could not be read
 */
public record AllocationResult(
    AllocationCampaigns campaigns,
    List<String> policies,
    List<AllocationRun> runs,
    List<AllocationPlay.Played> first,
    Map<String, Double> benchmarks,
    Feedback feedback,
    long skippedRows) {
  /** What whoever knew the coins could have had. */
  static final String OFFLINE = "offline-optimum";

  /** Campaigns beyond this many are in {@code campaigns.csv} alone. */
  static final int MOST_LISTED = 1_000;

  public AllocationResult {
    policies = List.copyOf(policies);
    runs = List.copyOf(runs);
    first = List.copyOf(first);
  }

  /** The runs of a policy, seed by seed. */
  List<AllocationRun> of(String policy) {
    return runs.stream().filter(run -> run.policy().equals(policy)).toList();
  }

  /** Number of seeds. */
  int seeds() {
    return runs.size() / policies.size();
  }

  /** All benchmarks that any run has. */
  Set<String> names() {
    Set<String> names = new LinkedHashSet<>(benchmarks.keySet());
    if (runs.stream().anyMatch(run -> Double.isFinite(run.offline()))) {
      names.add(OFFLINE);
    }
    return names;
  }

  private double benchmark(AllocationRun run, String name) {
    return name.equals(OFFLINE) ? run.offline() : benchmarks.getOrDefault(name, Double.NaN);
  }

  private double ratio(AllocationRun run, String name) {
    double best = benchmark(run, name);
    return best == 0 ? 1 : run.value() / best;
  }

  /** The mean of a number over a policy's runs, with its interval. */
  Interval mean(String policy, ToDoubleFunction<AllocationRun> number) {
    return Interval.of(of(policy).stream().mapToDouble(number).filter(Double::isFinite).toArray());
  }

  /** The mean share of a benchmark, with its interval. */
  Interval ratio(String policy, String name) {
    return mean(policy, run -> ratio(run, name));
  }

  /** What all campaigns with a capacity have together, in units. */
  double budget() {
    double sum = 0;
    for (long capacity : campaigns.capacities()) {
      sum += capacity < AllocationCampaigns.UNLIMITED ? Money.units(capacity) : 0;
    }
    return sum;
  }

  /** The result as a document; but for {@code auctions_per_second} the same for the same replay. */
  public ObjectNode json() {
    ObjectNode json = new ObjectMapper().createObjectNode();
    json.put("schema", 1);
    json.put("command", "replay");
    json.put("log", "allocation");
    json.put("first_seed", runs.get(0).seed());
    json.put("seeds", seeds());
    json.put("feedback_delay_arrivals", feedback.delay());
    json.put("feedback_loss", feedback.deliveries().loss());
    json.put("feedback_duplicates", feedback.deliveries().duplicates());
    ObjectNode all = json.putObject("benchmarks");
    benchmarks.forEach(all::put);
    ArrayNode list = json.putArray("runs");
    runs.forEach(run -> put(list.addObject(), run));
    ArrayNode means = json.putArray("means");
    for (String policy : policies) {
      put(means.addObject(), policy);
    }
    ArrayNode sides = json.putArray("campaigns");
    for (AllocationPlay.Played played : first) {
      put(sides, played);
    }
    json.put("skipped_rows", skippedRows);
    return json;
  }

  private void put(ObjectNode json, AllocationRun run) {
    double best = benchmarks.getOrDefault("matching-lp", Double.NaN);
    json.put("policy", run.policy());
    json.putNull("budget_fraction");
    json.put("seed", run.seed());
    json.put("horizon", run.arrivals());
    json.put("auctions", run.arrivals());
    json.put("bids", run.assigned());
    json.put("wins", run.assigned());
    json.put("clicks", run.successes());
    json.put("wasted", run.wasted());
    json.put("value", run.value());
    json.put("spend", run.consumed());
    json.put("budget", budget());
    put(json, "ros", run.value() / run.consumed());
    json.put("violation", 0);
    put(json, "hindsight_value", best);
    put(json, "ratio", ratio(run, "matching-lp"));
    put(json, "regret", best - run.value());
    ObjectNode ratios = json.putObject("ratios");
    names().forEach(name -> put(ratios, name, ratio(run, name)));
    if (Double.isFinite(run.offline())) {
      json.put("offline_optimum", run.offline());
    }
    json.put("untold_successes", run.untold());
    put(json, "auctions_per_second", run.arrivalsPerSecond());
  }

  private void put(ObjectNode json, String policy) {
    json.put("policy", policy);
    put(json, "value", mean(policy, AllocationRun::value));
    put(json, "spend", mean(policy, AllocationRun::consumed));
    put(json, "clicks", mean(policy, run -> (double) run.successes()));
    put(json, "wasted", mean(policy, run -> (double) run.wasted()));
    ArrayNode list = json.putArray("ratios");
    for (String name : names()) {
      ObjectNode node = list.addObject();
      node.put("benchmark", name);
      put(node, "ratio", ratio(policy, name));
      put(node, "least_ratio", least(policy, name));
    }
  }

  /** The least share of a benchmark under any seed. */
  double least(String policy, String name) {
    return of(policy).stream()
        .mapToDouble(run -> ratio(run, name))
        .filter(Double::isFinite)
        .min()
        .orElse(Double.NaN);
  }

  private void put(ArrayNode list, AllocationPlay.Played played) {
    long[] capacities = campaigns.capacities();
    for (int v = 0; v < Math.min(MOST_LISTED, campaigns.size()); v++) {
      ObjectNode node = list.addObject();
      node.put("policy", played.run().policy());
      node.put("campaign", campaigns.ids().get(v));
      if (capacities[v] < AllocationCampaigns.UNLIMITED) {
        node.put("capacity", Money.units(capacities[v]));
      } else {
        node.putNull("capacity");
      }
      node.put("consumed", Money.units(played.consumed()[v]));
      node.put("successes", played.successes()[v]);
      node.put("load", played.load()[v]);
    }
  }

  private static void put(ObjectNode json, String key, Interval interval) {
    put(json, key, interval.mean());
    put(json, key + "_half_width", interval.halfWidth());
  }

  private static void put(ObjectNode json, String key, double number) {
    if (Double.isFinite(number)) {
      json.put(key, number);
    } else {
      json.putNull(key);
    }
  }
}
