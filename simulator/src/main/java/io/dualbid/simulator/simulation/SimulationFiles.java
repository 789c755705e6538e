package io.dualbid.simulator.simulation;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dualbid.simulator.scenario.Policy;
import io.dualbid.simulator.scenario.Scenario;
import java.util.Locale;

/** A simulation as a document, as rows and as a table for a terminal. */
public final class SimulationFiles {
  private final SimulationResult result;
  private final Scenario scenario;

  /** Of this result. */
  public SimulationFiles(SimulationResult result) {
    this.result = result;
    this.scenario = result.scenario();
  }

  /** All of it. */
  public ObjectNode json() {
    ObjectNode json = new ObjectMapper().createObjectNode();
    json.put("schema", 1);
    json.put("command", "simulate");
    json.put("title", scenario.title());
    json.put("objective", scenario.advertisers().objective().name().toLowerCase(Locale.ROOT));
    json.put("campaigns", scenario.advertisers().count());
    json.put("target_ros", scenario.advertisers().targetRos());
    json.put("first_seed", scenario.firstSeed());
    json.put("seeds", scenario.seeds());
    json.put("skipped_rows", 0);
    ArrayNode runs = json.putArray("runs");
    result.runs().forEach(run -> put(runs.addObject(), run));
    ArrayNode means = json.putArray("means");
    for (int horizon : scenario.horizons()) {
      scenario.policies().forEach(policy -> putMeans(means.addObject(), policy, horizon));
    }
    ObjectNode slopes = json.putObject("slopes");
    ObjectNode widths = json.putObject("slope_half_widths");
    if (scenario.horizons().size() > 1) {
      for (Policy policy : scenario.policies()) {
        Slope slope = result.slope(policy);
        put(slopes, policy.name(), slope.slope());
        put(widths, policy.name(), slope.halfWidth());
      }
    }
    return json;
  }

  private void put(ObjectNode json, Run run) {
    json.put("policy", run.policy());
    put(json, "budget_fraction", scenario.advertisers().budgetPerAuction());
    json.put("seed", run.seed());
    json.put("horizon", run.horizon());
    json.put("auctions", run.horizon());
    json.put("bids", run.bids());
    json.put("wins", run.wins());
    json.put("clicks", 0);
    json.put("value", run.value());
    json.put("gain", run.gain());
    json.put("spend", run.spend());
    json.put("budget", run.budget());
    put(json, "ros", run.ros());
    put(json, "realised_ros", converts() ? run.realisedRos() : Double.NaN);
    json.put("slack", run.late().slack());
    json.put("realised_slack", run.late().realisedSlack());
    json.put("calibration", run.late().calibration());
    json.put("violation", run.violation());
    json.put("lowest_slack", run.lowestSlack());
    json.put("hindsight_value", run.hindsight());
    json.put("ratio", run.ratio());
    json.put("regret", run.regret());
    json.put("auctions_per_second", Math.round(run.auctionsPerSecond()));
  }

  private void putMeans(ObjectNode json, Policy policy, int horizon) {
    json.put("policy", policy.name());
    json.put("horizon", horizon);
    put(json, "regret", result.over(policy, horizon, Run::regret));
    put(json, "ratio", result.over(policy, horizon, Run::ratio));
    put(json, "spend_share", result.over(policy, horizon, run -> run.spend() / run.budget()));
    put(json, "violation", result.over(policy, horizon, Run::violation));
    if (policy.keepsRos()) {
      put(json, "ros", result.over(policy, horizon, Run::ros));
      if (converts()) {
        put(json, "realised_ros", result.over(policy, horizon, Run::realisedRos));
        put(json, "calibration", result.over(policy, horizon, run -> run.late().calibration()));
      }
    }
  }

  /** Whether the market tells what wins bring. */
  private boolean converts() {
    return scenario.market().conversions() != null;
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

  /** A line for each run; the same bytes for the same scenario. */
  public String csv() {
    StringBuilder csv = new StringBuilder();
    csv.append(
        "policy,seed,horizon,bids,wins,value,gain,spend,budget,ros,violation,lowest_slack,"
            + "hindsight_value,ratio,regret,realised_value,slack,realised_slack,calibration\n");
    for (Run run : result.runs()) {
      csv.append('"').append(run.policy()).append('"');
      csv.append(
          String.format(
              Locale.ROOT,
              ",%d,%d,%d,%d,%.9g,%.9g,%.9g,%.9g,%.9g,%.9g,%.9g,%.9g,%.9g,%.9g"
                  + ",%.9g,%.9g,%.9g,%.9g%n",
              run.seed(),
              run.horizon(),
              run.bids(),
              run.wins(),
              run.value(),
              run.gain(),
              run.spend(),
              run.budget(),
              run.ros(),
              run.violation(),
              run.lowestSlack(),
              run.hindsight(),
              run.ratio(),
              run.regret(),
              run.late().realisedValue(),
              run.late().slack(),
              run.late().realisedSlack(),
              run.late().calibration()));
    }
    return csv.toString();
  }

  /** Means over seeds, for reading. */
  public String table() {
    StringBuilder table = new StringBuilder();
    int width = scenario.policies().stream().mapToInt(p -> p.name().length()).max().orElse(6);
    String name = "%-" + Math.max(6, width) + "s";
    table.append(
        String.format(
            Locale.ROOT,
            name + " %9s %22s %10s %20s %7s %10s%n",
            "policy",
            "horizon",
            "regret",
            "/sqrt(T)",
            "ratio",
            "spend",
            "violation"));
    for (Policy policy : scenario.policies()) {
      for (int horizon : scenario.horizons()) {
        Interval regret = result.over(policy, horizon, Run::regret);
        Interval ratio = result.over(policy, horizon, Run::ratio);
        table.append(
            String.format(
                Locale.ROOT,
                name + " %9d %12.3f ± %7.3f %10.4f %10.4f ± %7.4f %6.1f%% %10.4f%n",
                policy.name(),
                horizon,
                regret.mean(),
                regret.halfWidth(),
                regret.mean() / Math.sqrt(horizon),
                ratio.mean(),
                ratio.halfWidth(),
                100 * result.over(policy, horizon, run -> run.spend() / run.budget()).mean(),
                result.over(policy, horizon, Run::violation).mean()));
      }
    }
    if (converts() && scenario.policies().stream().anyMatch(Policy::keepsRos)) {
      table.append(returns(name));
    }
    if (scenario.horizons().size() > 1) {
      table.append(
          String.format(Locale.ROOT, "%n" + name + " %20s%n", "policy", "slope of regret"));
      for (Policy policy : scenario.policies()) {
        Slope slope = result.slope(policy);
        table.append(
            String.format(
                Locale.ROOT,
                name + " %10.3f ± %7.3f%n",
                policy.name(),
                slope.slope(),
                slope.halfWidth()));
      }
    }
    return table.toString();
  }

  /** What was returned in truth, and how far predictions were corrected for it. */
  private String returns(String name) {
    StringBuilder table = new StringBuilder();
    table.append(
        String.format(
            Locale.ROOT,
            "%n" + name + " %9s %8s %18s %18s %18s %12s %12s%n",
            "policy",
            "horizon",
            "target",
            "ros",
            "realised",
            "calibration",
            "slack",
            "realised"));
    for (Policy policy : scenario.policies()) {
      if (!policy.keepsRos()) {
        continue;
      }
      for (int horizon : scenario.horizons()) {
        Interval ros = result.over(policy, horizon, Run::ros);
        Interval realised = result.over(policy, horizon, Run::realisedRos);
        Interval factor = result.over(policy, horizon, run -> run.late().calibration());
        table.append(
            String.format(
                Locale.ROOT,
                name + " %9d %8.3f %8.3f ± %7.3f %8.3f ± %7.3f %8.3f ± %7.3f %12.2f %12.2f%n",
                policy.name(),
                horizon,
                scenario.advertisers().targetRos(),
                ros.mean(),
                ros.halfWidth(),
                realised.mean(),
                realised.halfWidth(),
                factor.mean(),
                factor.halfWidth(),
                result.over(policy, horizon, run -> run.late().slack()).mean(),
                result.over(policy, horizon, run -> run.late().realisedSlack()).mean()));
      }
    }
    return table.toString();
  }
}
