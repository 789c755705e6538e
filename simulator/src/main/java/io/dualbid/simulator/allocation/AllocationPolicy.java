package io.dualbid.simulator.allocation;

import io.dualbid.core.matching.KeyedPolicy;
import io.dualbid.core.matching.Ranks;
import io.dualbid.core.model.Hash;
import io.dualbid.simulator.log.AllocationCampaigns;
import io.dualbid.simulator.matching.MatchingPolicies;
import java.util.ArrayList;
import java.util.List;

/**
 * A policy of matching as it is chosen by text: a name of {@link MatchingPolicies#NAMES}, and after
 * a colon what differs, such as {@code stochastic-balance:discount=msvv} or {@code dmd:step=0.5}.
 * The stream's names {@code dual} and {@code highest-bid} stand for {@code dmd} and {@code greedy}.
 *
 * @param label as it was written
 * @param name one of {@link MatchingPolicies#NAMES}
 * @param step factor of the step of dual mirror descent, above 0
 */
public record AllocationPolicy(String label, String name, double step) {
  private static final long RANKS = 0x52414e4b;
  private static final String ACCEPTED =
      String.join(", ", MatchingPolicies.NAMES)
          + ", dual, highest-bid; stochastic-balance:discount=exp|msvv|balance, dmd:step=FACTOR";

  /**
   * Reads policies separated by commas.
   *
   * @throws IllegalArgumentException if one is none
   */
  public static List<AllocationPolicy> list(String text) {
    List<AllocationPolicy> policies = new ArrayList<>();
    for (String each : text.split(",", -1)) {
      AllocationPolicy policy = of(each.strip());
      if (policies.stream().anyMatch(other -> other.label.equals(policy.label))) {
        throw new IllegalArgumentException(
            "found the policy '" + policy.label + "' twice; accepted: each once");
      }
      policies.add(policy);
    }
    return policies;
  }

  private static AllocationPolicy of(String text) {
    String[] parts = text.split(":", 2);
    String name =
        switch (parts[0]) {
          case "dual" -> "dmd";
          case "highest-bid" -> "greedy";
          default -> parts[0];
        };
    double step = 1;
    if (parts.length > 1) {
      String[] parameter = parts[1].split("=", 2);
      String value = parameter.length > 1 ? parameter[1] : "";
      if (name.equals("stochastic-balance") && parameter[0].equals("discount")) {
        name = name + "/" + value;
      } else if (name.equals("dmd") && parameter[0].equals("step")) {
        step = factor(text, value);
      } else {
        throw wrong(text);
      }
    }
    if (!MatchingPolicies.NAMES.contains(name)) {
      throw wrong(text);
    }
    return new AllocationPolicy(text, name, step);
  }

  private static double factor(String text, String value) {
    try {
      double factor = Double.parseDouble(value);
      if (factor > 0 && factor <= Double.MAX_VALUE) {
        return factor;
      }
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(wrong(text).getMessage(), e);
    }
    throw wrong(text);
  }

  private static IllegalArgumentException wrong(String text) {
    return new IllegalArgumentException("found the policy '" + text + "'; accepted: " + ACCEPTED);
  }

  /**
   * A fresh policy object for one run. Ranks are a function of (seed, campaign id).
   *
   * <p>The step of dual mirror descent, for a campaign with room for n successes of mean reward w
   * and mean consumption b, moves its price by {@code (w/b)/√n} at each: from 0 to what a unit
   * brings in √n of them, and less than that about it later.
   */
  KeyedPolicy fresh(AllocationCampaigns campaigns, int arrivals, long seed) {
    long[] capacity = campaigns.capacities();
    double[] weights = campaigns.weights();
    double[] demand = campaigns.demand();
    double[] amounts = campaigns.meanAmounts();
    double[] steps = new double[capacity.length];
    for (int v = 0; v < steps.length; v++) {
      double room = Math.max(1, Math.min((double) capacity[v], demand[v]));
      steps[v] =
          Math.max(
              Double.MIN_NORMAL, step * weights[v] / Math.sqrt(room * Math.max(1, amounts[v])));
    }
    return MatchingPolicies.named(
        name, Ranks.of(Hash.mix(seed ^ RANKS), campaigns.ids()), capacity, arrivals, steps);
  }
}
