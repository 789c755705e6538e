package io.dualbid.simulator.allocation;

import io.dualbid.core.matching.Matcher;
import io.dualbid.core.matching.MatchingPolicy;
import io.dualbid.core.matching.MatchingView;
import io.dualbid.core.model.Hash;
import io.dualbid.core.model.Money;
import io.dualbid.simulator.log.AllocationCampaigns;
import io.dualbid.simulator.log.AllocationTape;
import io.dualbid.simulator.matching.Coins;
import io.dualbid.simulator.matching.Feedback;
import io.dualbid.simulator.matching.LoadTrace;
import io.dualbid.simulator.matching.MatchingPlay;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * One policy on an allocation log under one seed. Coins, ranks and lost outcomes are functions of
 * (seed, arrival) or (seed, campaign), so policies meet the same luck. Memory is that of the
 * campaigns and of the outcomes on their way.
 */
public final class AllocationPlay implements MatchingPlay.Observer {
  private final Feedback feedback;
  private final @Nullable LoadTrace trace;
  private final int[] successes;
  private long assigned;
  private long told;
  private long untold;

  private AllocationPlay(Feedback feedback, @Nullable LoadTrace trace, int campaigns) {
    this.feedback = feedback;
    this.trace = trace;
    this.successes = new int[campaigns];
  }

  /**
   * A run, with what came of each campaign.
   *
   * @param run all campaigns together
   * @param successes of each campaign, told ones
   * @param consumed of each, in nanos
   * @param load of each in the end
   * @param trace its course; null unless it was followed
   */
  @SuppressWarnings("ArrayRecordComponent")
  public record Played(
      AllocationRun run,
      int[] successes,
      long[] consumed,
      double[] load,
      @Nullable LoadTrace trace) {
    /** Without campaigns and course, which over many seeds would fill the memory. */
    public Played alone() {
      return new Played(run, new int[0], new long[0], new double[0], null);
    }
  }

  /** The coins of a seed. */
  public static Coins coins(long seed) {
    return Coins.of(Hash.mix(seed));
  }

  /**
   * Plays it.
   *
   * @param offline what whoever knew the coins of this seed could have had; NaN if that is unknown
   * @param tracing whether to follow loads
   * @param progress is told of so many more arrivals, now and then
   */
  public static Played play(
      AllocationTape tape,
      AllocationPolicy policy,
      long seed,
      Feedback feedback,
      double offline,
      boolean tracing,
      LongConsumer progress) {
    AllocationCampaigns campaigns = tape.campaigns();
    LoadTrace trace =
        tracing ? new LoadTrace(policy.label(), tape.arrivals(), campaigns.size()) : null;
    AllocationPlay play = new AllocationPlay(feedback, trace, campaigns.size());
    long begun = System.nanoTime();
    Matcher matcher =
        MatchingPlay.play(
            new TapeArrivals(tape, tape.arrivals(), progress),
            policy.fresh(campaigns, tape.arrivals(), seed),
            coins(seed),
            feedback,
            play);
    double seconds = (System.nanoTime() - begun) / 1e9;
    return play.played(tape, policy, seed, offline, matcher, seconds);
  }

  @Override
  public void decided(int arrival, int vertex, boolean success, Matcher matcher) {
    if (vertex != MatchingPolicy.NONE) {
      assigned++;
      if (success && feedback.isTold(arrival)) {
        told++;
        successes[vertex]++;
      } else if (success) {
        untold++;
      }
    }
    if (trace != null) {
      trace.decided(arrival, vertex, success, matcher);
    }
  }

  private Played played(
      AllocationTape tape,
      AllocationPolicy policy,
      long seed,
      double offline,
      Matcher matcher,
      double seconds) {
    MatchingView view = matcher.view();
    long[] consumed = new long[successes.length];
    double[] load = new double[successes.length];
    double all = 0;
    for (int v = 0; v < consumed.length; v++) {
      consumed[v] = view.consumed(v);
      load[v] = view.load(v);
      if (view.capacity(v) < AllocationCampaigns.UNLIMITED) {
        all += Money.units(consumed[v]);
      }
    }
    return new Played(
        new AllocationRun(
            policy.label(),
            seed,
            tape.arrivals(),
            assigned,
            told,
            matcher.wasted(),
            matcher.value(),
            all,
            untold,
            offline,
            seconds),
        successes,
        consumed,
        load,
        trace);
  }
}
