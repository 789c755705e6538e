package io.dualbid.simulator.matching;

import io.dualbid.core.matching.BayesianCopies;
import io.dualbid.core.matching.BayesianInstance;
import io.dualbid.core.matching.BayesianMatching;
import io.dualbid.core.matching.PricedMatching;
import io.dualbid.core.matching.SeededChance;
import io.dualbid.core.model.Hash;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** All policies of a Bayesian scenario on one instance, on the same draws, with its benchmarks. */
final class BayesianContest {
  /** An optimum that takes longer than this many steps is left out. */
  private static final double MOST_STEPS = 3e8;

  /** Futures on which a price is estimated. */
  private static final int PRICE_SAMPLES = 100;

  private final MatchingScenario scenario;
  private final int size;
  private final long seed;

  BayesianContest(MatchingScenario scenario, int size, long seed) {
    this.scenario = scenario;
    this.size = size;
    this.seed = seed;
  }

  List<MatchingRun> play() {
    MatchingScenario.World world = scenario.world();
    int rounds = (int) Math.max(1, Math.rint(world.arrivalsPerVertex() * size));
    BayesianInstance instance =
        scenario.family() == MatchingScenario.Family.BAYESIAN_LATE
            ? BayesianFamilies.rareLate(size, rounds, world.types(), world.degree(), seed)
            : BayesianFamilies.changing(size, rounds, world.types(), world.degree(), seed);
    int[] capacity = new int[size];
    Arrays.fill(capacity, world.capacity());
    BayesianCopies copies = new BayesianCopies(instance, capacity);
    BayesianLp online = BayesianLp.online(instance, capacity);
    Map<String, Double> benchmarks = new LinkedHashMap<>();
    if (BayesianOptimum.fits(copies.instance())
        && Math.scalb((double) copies.instance().edges(), copies.instance().nodes())
            <= MOST_STEPS) {
      benchmarks.put("online-optimum", BayesianOptimum.online(copies.instance()));
    }
    benchmarks.put("online-lp", online.value());
    benchmarks.put("offline-lp", BayesianLp.offline(instance, capacity).value());
    double[] x = copies.split(online.x());
    List<MatchingRun> runs = new ArrayList<>();
    for (String policy : scenario.policies()) {
      runs.add(
          new MatchingRun(
              policy,
              size,
              seed,
              rounds,
              value(policy, copies.instance(), x),
              Double.NaN,
              benchmarks));
    }
    return runs;
  }

  private double value(String policy, BayesianInstance instance, double[] x) {
    int draws = scenario.world().draws();
    double sum = 0;
    if (policy.equals("priced")) {
      PricedMatching prices = new PricedMatching(instance, x, seed, PRICE_SAMPLES);
      for (int k = 0; k < draws; k++) {
        sum += priced(instance, prices, run(k));
      }
    } else if (policy.equals("pivotal/re-solved")) {
      ResolvedMatching resolved = new ResolvedMatching(instance, x, scenario.world().periods());
      for (int k = 0; k < draws; k++) {
        sum += resolved.sample(run(k));
      }
    } else {
      BayesianMatching matching = new BayesianMatching(instance, x, policy.equals("pivotal"));
      for (int k = 0; k < draws; k++) {
        sum += BayesianValue.sample(instance, matching, run(k));
      }
    }
    return sum / draws;
  }

  private long run(int draw) {
    return Hash.mix(seed + Hash.mix(draw + 1L));
  }

  private static double priced(BayesianInstance instance, PricedMatching prices, long run) {
    boolean[] left = new boolean[instance.nodes()];
    Arrays.fill(left, true);
    double[] menu = new double[left.length];
    SeededChance chance = new SeededChance(run, 0);
    double sum = 0;
    for (int t = 0; t < instance.rounds(); t++) {
      chance.restart(run, t);
      int type = instance.draw(t, chance.uniform());
      prices.prices(t, left, menu);
      int node = prices.choice(type, menu);
      if (node != BayesianMatching.NONE) {
        left[node] = false;
        sum += instance.weight(instance.edge(type, node));
      }
    }
    return sum;
  }
}
