package io.dualbid.simulator.simulation;

import io.dualbid.simulator.scenario.Policy;
import io.dualbid.simulator.scenario.Scenario;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.LongConsumer;

/**
 * Plays a scenario: every policy on every stream. Streams are independent, so they are played on
 * several threads; the results come in the order of horizons, seeds and policies whatever the
 * threads did, and apart from the times taken they follow from the scenario alone.
 *
 * <p>Memory: some 200 bytes for each auction of the streams being played.
 */
public final class Simulation {
  private Simulation() {}

  /**
   * Plays all of it.
   *
   * @param threads how many streams at a time, at least 1
   * @param progress is told how many auctions were played since it was last told, from any thread
   * @throws InterruptedException if interrupted while waiting
   */
  public static SimulationResult play(Scenario scenario, int threads, LongConsumer progress)
      throws InterruptedException {
    int longest = scenario.horizons().stream().max(Comparator.naturalOrder()).orElseThrow();
    List<Contest> contests = new ArrayList<>();
    List<Integer> sizes = new ArrayList<>();
    for (int horizon : scenario.horizons()) {
      for (int s = 0; s < scenario.seeds(); s++) {
        boolean tracing = s == 0 && horizon == longest;
        contests.add(new Contest(scenario, horizon, scenario.firstSeed() + s, tracing));
        sizes.add(horizon);
      }
    }
    List<Contest.Result> results = played(contests, sizes, threads, scenario, progress);
    List<Run> runs = new ArrayList<>();
    List<Trace> traces = new ArrayList<>();
    for (Contest.Result result : results) {
      runs.addAll(result.runs());
      traces.addAll(result.traces());
    }
    return new SimulationResult(scenario, runs, traces);
  }

  private static List<Contest.Result> played(
      List<Contest> contests,
      List<Integer> sizes,
      int threads,
      Scenario scenario,
      LongConsumer progress)
      throws InterruptedException {
    List<Policy> policies = scenario.policies();
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      // The long ones first: a thread that is left alone with one at the end would keep all
      // waiting.
      List<Integer> order = new ArrayList<>();
      for (int i = 0; i < contests.size(); i++) {
        order.add(i);
      }
      order.sort(Comparator.comparing(sizes::get, Comparator.reverseOrder()));
      List<Future<Contest.Result>> futures = new ArrayList<>();
      for (int i : order) {
        Callable<Contest.Result> task =
            () -> {
              Contest.Result result = contests.get(i).play();
              progress.accept((long) sizes.get(i) * policies.size());
              return result;
            };
        futures.add(pool.submit(task));
      }
      Contest.Result[] results = new Contest.Result[contests.size()];
      for (int k = 0; k < results.length; k++) {
        results[order.get(k)] = result(futures.get(k));
      }
      return List.of(results);
    } finally {
      pool.shutdownNow();
    }
  }

  private static Contest.Result result(Future<Contest.Result> future) throws InterruptedException {
    try {
      return future.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("a stream could not be played", e.getCause());
    }
  }
}
