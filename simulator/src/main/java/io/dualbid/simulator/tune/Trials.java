package io.dualbid.simulator.tune;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What candidates have scored so far. Each is played once on a block, however often it is asked
 * for. Not thread safe.
 */
public final class Trials {
  private final Objective objective;
  private final Map<Key, Double> scores = new LinkedHashMap<>();
  private Runnable watcher = () -> {};

  private record Key(Candidate candidate, int block) {}

  /**
   * What a candidate scored on a block.
   *
   * @param score the higher, the better
   */
  public record Trial(Candidate candidate, int block, double score) {}

  /** No trials yet. */
  public Trials(Objective objective) {
    this.objective = objective;
  }

  /** Is told after each play from now on. */
  public void watchedBy(Runnable newWatcher) {
    watcher = newWatcher;
  }

  /** The score of a candidate on a block. */
  double score(Candidate candidate, int block) {
    Key key = new Key(candidate, block);
    Double known = scores.get(key);
    if (known == null) {
      known = objective.score(candidate, block);
      if (Double.isNaN(known)) {
        throw new IllegalStateException("a score of " + candidate + " on block " + block);
      }
      scores.put(key, known);
      watcher.run();
    }
    return known;
  }

  /** Its mean over blocks. */
  public double mean(Candidate candidate, int firstBlock, int endBlock) {
    double sum = 0;
    for (int block = firstBlock; block < endBlock; block++) {
      sum += score(candidate, block);
    }
    return sum / (endBlock - firstBlock);
  }

  /** How many candidates were played on how many blocks, in all. */
  public int plays() {
    return scores.size();
  }

  /** All of them, in the order in which they were played. */
  public List<Trial> all() {
    List<Trial> all = new ArrayList<>();
    scores.forEach((key, score) -> all.add(new Trial(key.candidate, key.block, score)));
    return all;
  }
}
