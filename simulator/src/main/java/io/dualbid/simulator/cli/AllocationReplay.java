package io.dualbid.simulator.cli;

import io.dualbid.simulator.allocation.AllocationBounds;
import io.dualbid.simulator.allocation.AllocationPlay;
import io.dualbid.simulator.allocation.AllocationPolicy;
import io.dualbid.simulator.allocation.AllocationResult;
import io.dualbid.simulator.allocation.AllocationRun;
import io.dualbid.simulator.log.AllocationTape;
import io.dualbid.simulator.log.SkippedRows;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** Policies of matching side by side on an allocation log, each under several seeds. */
final class AllocationReplay {
  private static final String DEFAULT_POLICIES =
      "greedy,stochastic-balance,perturbed-greedy,msvv,dmd";

  private final AllocationInput input;
  private final LuckOptions luck;
  private final long delayMillis;
  private final int threads;

  /**
   * A replay.
   *
   * @param delayMillis after how many arrivals outcomes are told
   * @param threads runs at a time, at least 1; changes no result
   */
  AllocationReplay(AllocationInput input, LuckOptions luck, long delayMillis, int threads) {
    this.input = input;
    this.luck = luck;
    this.delayMillis = delayMillis;
    this.threads = threads;
  }

  /** Reads policies; those that a log is played by where none are named. */
  static List<AllocationPolicy> policies(@Nullable String text) {
    try {
      return AllocationPolicy.list(text == null ? DEFAULT_POLICIES : text);
    } catch (IllegalArgumentException e) {
      throw new WrongInput("--policy: " + e.getMessage(), e);
    }
  }

  /**
   * Plays all of it.
   *
   * @param tracing whether to follow loads in the runs of the first seed
   */
  AllocationResult play(
      List<AllocationPolicy> policies, @Nullable SkippedRows skipped, boolean tracing)
      throws IOException {
    luck.feedback(luck.first(), delayMillis);
    try (AllocationTape tape = input.tape(skipped);
        WorkProgress progress = new WorkProgress("playing")) {
      AllocationBounds bounds = AllocationBounds.of(tape);
      PlayedAuctions played = new PlayedAuctions(progress);
      List<Double> offline = InOrder.run(offline(bounds), threads);
      List<Callable<AllocationPlay.Played>> tasks = new ArrayList<>();
      for (AllocationPolicy policy : policies) {
        for (int s = 0; s < luck.allocationSeeds(); s++) {
          long seed = luck.first() + s;
          boolean first = s == 0;
          double best = offline.get(s);
          played.expect(tape.arrivals());
          tasks.add(
              () ->
                  kept(
                      AllocationPlay.play(
                          tape,
                          policy,
                          seed,
                          luck.feedback(seed, delayMillis),
                          best,
                          tracing && first,
                          played),
                      first));
        }
      }
      List<AllocationPlay.Played> all = InOrder.run(tasks, threads);
      List<AllocationRun> runs = all.stream().map(AllocationPlay.Played::run).toList();
      List<AllocationPlay.Played> first =
          all.stream().filter(each -> each.run().seed() == luck.first()).toList();
      return new AllocationResult(
          tape.campaigns(),
          policies.stream().map(AllocationPolicy::label).toList(),
          runs,
          first,
          bounds.benchmarks(),
          luck.feedback(luck.first(), delayMillis),
          skipped == null ? 0 : skipped.count());
    }
  }

  private List<Callable<Double>> offline(AllocationBounds bounds) {
    List<Callable<Double>> tasks = new ArrayList<>();
    for (int s = 0; s < luck.allocationSeeds(); s++) {
      long seed = luck.first() + s;
      tasks.add(() -> bounds.offline(AllocationPlay.coins(seed)));
    }
    return tasks;
  }

  /** Without what would fill the memory over many seeds: the campaigns of all but the first. */
  private static AllocationPlay.Played kept(AllocationPlay.Played played, boolean whole) {
    return whole ? played : played.alone();
  }
}
