package io.dualbid.simulator.chaos;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

/** Many simulated runs, each with a seed of its own, and what came of them all. */
public final class Chaos {
  private Chaos() {}

  /** Is told how many of all seeds are done. */
  public interface Progress {
    void at(long done, long all);
  }

  /**
   * Plays the runs of the seeds from {@code first} to {@code last}, both included, on all
   * processors. What comes of a run depends on its seed alone; a run that fails is shrunk.
   *
   * @throws IllegalStateException if a run ends by an error of its own
   */
  public static ChaosSummary of(long first, long last, Progress progress)
      throws InterruptedException {
    int threads = Runtime.getRuntime().availableProcessors();
    ExecutorService workers = Executors.newFixedThreadPool(threads);
    try {
      AtomicLong done = new AtomicLong();
      List<Callable<ChaosResult>> runs = new ArrayList<>();
      for (long seed = first; seed <= last; seed++) {
        long own = seed;
        runs.add(
            () -> {
              ChaosResult result = played(own);
              synchronized (progress) {
                progress.at(done.incrementAndGet(), last - first + 1);
              }
              return result;
            });
      }
      List<ChaosResult> results = new ArrayList<>();
      for (Future<ChaosResult> run : workers.invokeAll(runs)) {
        results.add(run.get());
      }
      return summary(results);
    } catch (ExecutionException e) {
      Throwable cause = e.getCause();
      throw new IllegalStateException(cause == null ? null : cause.getMessage(), e);
    } finally {
      workers.shutdownNow();
    }
  }

  private static ChaosResult played(long seed) {
    try {
      return shrunk(ChaosRun.of(seed, new Protocol()));
    } catch (RuntimeException e) {
      throw new IllegalStateException("seed " + seed + " ended by an error: " + e, e);
    }
  }

  private static ChaosResult shrunk(ChaosResult result) {
    return result.isOk() ? result : Shrinker.shrink(result, new Protocol());
  }

  private static ChaosSummary summary(List<ChaosResult> results) {
    ChaosSummary.Counts counts = new ChaosSummary.Counts();
    TreeMap<String, Long> faults = new TreeMap<>();
    List<Long> recoveries = new ArrayList<>();
    List<ChaosSummary.Failure> failures = new ArrayList<>();
    for (ChaosResult result : results) {
      counts.add(result);
      result.faults().forEach(fault -> faults.merge(fault.kind().label(), 1L, Long::sum));
      recoveries.addAll(result.recoveryMillis());
      if (!result.isOk()) {
        failures.add(
            new ChaosSummary.Failure(
                result.seed(),
                result.faults().stream().map(Fault::toString).toList(),
                result.breaches()));
      }
    }
    recoveries.sort(Comparator.naturalOrder());
    return new ChaosSummary(results.size(), counts, faults, recoveries, failures);
  }
}
