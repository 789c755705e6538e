package io.dualbid.simulator.allocation;

import io.dualbid.core.matching.Arrival;
import io.dualbid.core.model.Money;
import io.dualbid.simulator.hindsight.AllocationOptimum;
import io.dualbid.simulator.hindsight.AllocationProblem;
import io.dualbid.simulator.hindsight.DualDescent;
import io.dualbid.simulator.log.AllocationCampaigns;
import io.dualbid.simulator.log.AllocationTape;
import io.dualbid.simulator.matching.Coins;
import io.dualbid.simulator.matching.ConfigurationLp;
import io.dualbid.simulator.matching.MatchingBounds;
import io.dualbid.simulator.matching.MatchingInstance;
import io.dualbid.simulator.matching.OnlineOptimum;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What could have been had of an allocation log. Up to {@value #MOST_IN_MEMORY} options it is taken
 * into memory, and every benchmark that its size allows is reckoned. Of a larger one only the
 * matching LP is bounded: by prices that are nearly right for an even sample of the arrivals, in
 * one pass over all of them, since any prices give a bound.
 */
public final class AllocationBounds {
  /** Options up to which a log is taken into memory. */
  public static final int MOST_IN_MEMORY = 400_000;

  /** An optimum that takes longer than this many steps is left out. */
  private static final double MOST_STEPS = 3e8;

  private static final double NANOS = Money.NANOS_PER_UNIT;

  private final @Nullable MatchingInstance instance;
  private final Map<String, Double> benchmarks = new LinkedHashMap<>();

  private AllocationBounds(@Nullable MatchingInstance instance) {
    this.instance = instance;
  }

  /** Of a log. */
  public static AllocationBounds of(AllocationTape tape) {
    return of(tape, MOST_IN_MEMORY);
  }

  static AllocationBounds of(AllocationTape tape, int mostInMemory) {
    if (tape.options() > mostInMemory) {
      AllocationBounds bounds = new AllocationBounds(null);
      bounds.benchmarks.put("matching-lp", sampled(tape, mostInMemory));
      return bounds;
    }
    MatchingInstance instance = instance(tape);
    AllocationBounds bounds = new AllocationBounds(instance);
    bounds.benchmarks.put("matching-lp", MatchingBounds.matchingLp(instance).bound());
    if (ConfigurationLp.fits(instance)) {
      bounds.benchmarks.put("configuration-lp", ConfigurationLp.solve(instance));
    }
    if (OnlineOptimum.steps(instance) <= MOST_STEPS) {
      bounds.benchmarks.put("online-optimum", OnlineOptimum.solve(instance));
    }
    return bounds;
  }

  private static MatchingInstance instance(AllocationTape tape) {
    AllocationCampaigns campaigns = tape.campaigns();
    MatchingInstance.Builder builder =
        new MatchingInstance.Builder(campaigns.weights(), campaigns.capacities());
    AllocationTape.Cursor cursor = tape.read();
    for (Arrival arrival = new Arrival(); cursor.next(arrival); ) {
      builder.arrival();
      for (int e = 0; e < arrival.size(); e++) {
        builder.edge(
            arrival.vertex(e), arrival.probability(e), arrival.amount(e), arrival.reward(e));
      }
    }
    return builder.build();
  }

  /** The dual bound at prices of every so many arrivals, whose capacities are as much smaller. */
  private static double sampled(AllocationTape tape, int mostInMemory) {
    int stride = (int) (tape.options() / mostInMemory + 1);
    long[] capacity = tape.campaigns().capacities();
    double[] demand = tape.campaigns().demand();
    AllocationProblem.Builder builder = new AllocationProblem.Builder();
    for (int v = 0; v < capacity.length; v++) {
      double room = Math.min((double) capacity[v], Math.max(1, demand[v]));
      builder.row(Integer.toString(v), room / NANOS / stride);
    }
    AllocationTape.Cursor cursor = tape.read();
    Arrival arrival = new Arrival();
    for (int t = 0; cursor.next(arrival); t++) {
      if (t % stride != 0) {
        continue;
      }
      builder.arrival();
      for (int e = 0; e < arrival.size(); e++) {
        builder.option(arrival.reward(e) * arrival.probability(e));
        builder.takes(arrival.vertex(e), arrival.expectedAmount(e) / NANOS);
      }
    }
    AllocationOptimum optimum = DualDescent.solve(builder.build());
    return bound(tape, optimum.prices());
  }

  /** What prices for a unit of each campaign prove of the whole log. */
  private static double bound(AllocationTape tape, double[] prices) {
    long[] capacity = tape.campaigns().capacities();
    double[] demand = tape.campaigns().demand();
    double bound = 0;
    for (int v = 0; v < prices.length; v++) {
      bound += Math.min((double) capacity[v], demand[v]) / NANOS * prices[v];
    }
    AllocationTape.Cursor cursor = tape.read();
    for (Arrival arrival = new Arrival(); cursor.next(arrival); ) {
      double best = 0;
      for (int e = 0; e < arrival.size(); e++) {
        double score =
            arrival.reward(e) * arrival.probability(e)
                - prices[arrival.vertex(e)] * (arrival.expectedAmount(e) / NANOS);
        best = Math.max(best, score);
      }
      bound += best;
    }
    return bound;
  }

  /** The benchmarks that depend on no coin, by name. */
  public Map<String, Double> benchmarks() {
    return benchmarks;
  }

  /**
   * What whoever knew the coins could have had at most, arrivals in parts; NaN for a log that is
   * not in memory.
   */
  public double offline(Coins coins) {
    return instance == null ? Double.NaN : MatchingBounds.offline(instance, coins).bound();
  }
}
