package io.dualbid.simulator.tune;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Searches a space: first all of it by successive halving, then, in each further round, a part of
 * each range around the best so far, {@value #SHRINKING} times as wide as before. The default takes
 * part in every round, and so does the best so far.
 *
 * @param space what is searched
 * @param standard the default, which need not be in the space
 * @param plays how often a candidate may be played on a block, in one search
 * @param rounds at least 1; each has the same share of the plays
 * @param keep of how many candidates one goes on, at least 2
 * @param seed of all that is drawn
 */
public record Search(Space space, Candidate standard, int plays, int rounds, int keep, long seed) {
  private static final double SHRINKING = 0.4;

  public Search {
    if (rounds < 1 || keep < 2) {
      throw new IllegalArgumentException("rounds >= 1, keep >= 2: " + rounds + ", " + keep);
    }
  }

  /** Whether there are plays for another candidate than the default and the best in each round. */
  public boolean suffices(int blocks) {
    return plays / rounds >= 3 * blocks;
  }

  /**
   * The best candidate of the first blocks; the default where nothing is better.
   *
   * @param blocks how many, at least 1
   * @throws IllegalStateException if there are too few plays, see {@link #suffices}
   */
  public Candidate best(int blocks, Trials trials) {
    if (!suffices(blocks)) {
      throw new IllegalStateException(
          "too few plays for " + blocks + " blocks in " + rounds + " rounds: " + plays);
    }
    SplittableRandom random = new SplittableRandom(seed);
    SuccessiveHalving halving = new SuccessiveHalving(keep);
    Candidate best = standard;
    double width = 1;
    for (int round = 0; round < rounds; round++) {
      List<Candidate> candidates = new ArrayList<>();
      candidates.add(standard);
      if (!best.equals(standard)) {
        candidates.add(best);
      }
      // In the end the first find is compared with the default on every block.
      int afterwards = round == 0 ? blocks : 0;
      int share = plays / rounds - afterwards;
      int most = halving.affordable(share, blocks, share) - candidates.size();
      if (most > 0) {
        candidates.addAll(
            space.holds(best)
                ? space.drawAround(best, width, most, random)
                : space.draw(most, random));
      }
      // Some may have been drawn twice, and fewer may cost more.
      List<Candidate> different = candidates.stream().distinct().toList();
      int enough = halving.affordable(share, blocks, different.size());
      Candidate found = halving.best(different.subList(0, enough), blocks, trials);
      // The best so far may have gone out early in this round, on few blocks.
      if (trials.mean(found, 0, blocks) > trials.mean(best, 0, blocks)) {
        best = found;
      }
      width *= SHRINKING;
    }
    return best;
  }
}
