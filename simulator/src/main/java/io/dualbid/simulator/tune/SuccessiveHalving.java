package io.dualbid.simulator.tune;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Finds the best of many candidates without playing all of them on the whole log. All are played on
 * the last few blocks, the best of them, one in {@code keep}, on {@code keep} times as many, and so
 * on, until the last few are played on every block. A block is played with a budget of its own, so
 * a candidate is judged by flights of the same length in each round; more blocks only make the
 * judgement surer. The last blocks come first, being most like those to come.
 *
 * <p>Ties go to the candidate that was named first, so that the same trials have the same winner.
 *
 * @see "Jamieson, Talwalkar: Non-stochastic Best Arm Identification and Hyperparameter
 *     Optimization, AISTATS 2016"
 */
final class SuccessiveHalving {
  private final int keep;

  /**
   * A way to halve.
   *
   * @param keep of how many candidates one goes on, at least 2
   */
  SuccessiveHalving(int keep) {
    if (keep < 2) {
      throw new IllegalArgumentException("one of 2 or more must go on: " + keep);
    }
    this.keep = keep;
  }

  /** Rounds until fewer than two would be left. */
  private int rounds(int candidates) {
    int rounds = 1;
    for (int left = ceilDiv(candidates, keep); left >= 2; left = ceilDiv(left, keep)) {
      rounds++;
    }
    return rounds;
  }

  /** Blocks of a round, from 0; all of them in the last. */
  private int blocksOf(int round, int rounds, int blocks) {
    double share = Math.pow(keep, round + 1 - rounds);
    return Math.max(1, (int) Math.ceil(blocks * share - 1e-9));
  }

  /** How often a candidate is played on a block, at most. */
  int cost(int candidates, int blocks) {
    int rounds = rounds(candidates);
    int cost = 0;
    int played = 0;
    int left = candidates;
    for (int round = 0; round < rounds; round++) {
      int now = blocksOf(round, rounds, blocks);
      cost += left * (now - played);
      played = now;
      left = ceilDiv(left, keep);
    }
    return cost;
  }

  /**
   * How many candidates so many plays are enough for; at least 1. Where a round is added the cost
   * falls, so that fewer candidates may cost more.
   *
   * @param most how many there are
   */
  int affordable(int plays, int blocks, int most) {
    int candidates = 1;
    for (int n = 2; n <= most; n++) {
      if (cost(n, blocks) <= plays) {
        candidates = n;
      }
    }
    return candidates;
  }

  /**
   * The best of some candidates.
   *
   * @param candidates at least one
   * @param blocks blocks 0 to this one less are played
   */
  Candidate best(List<Candidate> candidates, int blocks, Trials trials) {
    List<Candidate> left = candidates;
    int rounds = rounds(candidates.size());
    for (int round = 0; round < rounds; round++) {
      int first = blocks - blocksOf(round, rounds, blocks);
      List<Scored> scored = new ArrayList<>();
      for (Candidate candidate : left) {
        scored.add(new Scored(candidate, trials.mean(candidate, first, blocks)));
      }
      // A stable sort: ties stay in their order.
      scored.sort(Comparator.comparingDouble(Scored::score).reversed());
      int most = round + 1 == rounds ? 1 : ceilDiv(left.size(), keep);
      left = scored.subList(0, most).stream().map(Scored::candidate).toList();
    }
    return left.get(0);
  }

  private record Scored(Candidate candidate, double score) {}

  private static int ceilDiv(int number, int by) {
    return (number + by - 1) / by;
  }
}
