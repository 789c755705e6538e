package io.dualbid.simulator.tune;

import io.dualbid.simulator.simulation.Interval;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * How much a search can be believed. A log is cut into consecutive blocks. For each of the last
 * ones, the folds, the search is made on the blocks before it alone, and what it finds plays the
 * fold beside the default: so every gain that is counted was had on auctions that came after all
 * that was searched. The gains, fold by fold, have a mean and a confidence interval by Student's t.
 * What is found in the end has seen all blocks.
 *
 * <p>Folds share what they were searched on, so that the gains depend on each other a little more
 * than the interval takes them to.
 *
 * @param blocks how many blocks there are
 * @param folds how many of the last ones are folds, at least 2 and below {@code blocks}
 */
public record CrossValidation(int blocks, int folds) {
  public CrossValidation {
    if (folds < 2 || folds >= blocks) {
      throw new IllegalArgumentException(
          "at least 2 folds and a block before them: folds " + folds + " of blocks " + blocks);
    }
  }

  /**
   * What came of one fold.
   *
   * @param block its number, from 0
   * @param chosen what was found before it
   * @param score what that scored
   * @param standardScore what the default scored
   */
  public record Fold(int block, Candidate chosen, double score, double standardScore) {
    /** How much better it was. */
    public double gain() {
      return score - standardScore;
    }
  }

  /**
   * What was found.
   *
   * @param best the best of all blocks
   * @param score its mean over all blocks, by which it was chosen
   * @param standardScore that of the default
   * @param folds what came of the folds
   */
  public record Answer(Candidate best, double score, double standardScore, List<Fold> folds) {
    public Answer {
      folds = List.copyOf(folds);
    }

    /** How much better than the default, on blocks that came after. */
    public Interval gain() {
      return Interval.of(folds.stream().mapToDouble(Fold::gain).toArray());
    }

    /** Whether the default is beaten: whether the whole interval is above 0. */
    public boolean beatsStandard() {
      Interval gain = gain();
      return gain.mean() - gain.halfWidth() > 0;
    }
  }

  /**
   * Searches, fold by fold and then on all blocks.
   *
   * @param progress is told how many searches are done
   */
  public Answer of(Search search, Trials trials, IntConsumer progress) {
    List<Fold> results = new ArrayList<>();
    for (int fold = 0; fold < folds; fold++) {
      progress.accept(fold);
      int block = blocks - folds + fold;
      Candidate chosen = search.best(block, trials);
      results.add(
          new Fold(
              block, chosen, trials.score(chosen, block), trials.score(search.standard(), block)));
    }
    progress.accept(folds);
    Candidate best = search.best(blocks, trials);
    return new Answer(
        best, trials.mean(best, 0, blocks), trials.mean(search.standard(), 0, blocks), results);
  }
}
