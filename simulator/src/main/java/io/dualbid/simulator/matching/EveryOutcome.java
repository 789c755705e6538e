package io.dualbid.simulator.matching;

import io.dualbid.core.matching.Chance;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;

/**
 * Goes every way that chance can take, so that laws and expectations can be told exactly. A run is
 * begun anew for each way, and is told happened or not where it asks; ways of probability 0 are not
 * gone. Exponential in the number of chances.
 */
public final class EveryOutcome implements Chance {
  private static final int MOST_CHANCES = 64;

  private final boolean[] happened = new boolean[MOST_CHANCES];
  private final double[] probability = new double[MOST_CHANCES];
  private int known;
  private int asked;
  private double weight = 1;

  private EveryOutcome() {}

  /**
   * Runs once for each way.
   *
   * @param run asks what it is given, and nothing else, for its chances
   */
  public static void forEach(Consumer<EveryOutcome> run) {
    EveryOutcome outcome = new EveryOutcome();
    do {
      outcome.asked = 0;
      outcome.weight = 1;
      run.accept(outcome);
    } while (outcome.next());
  }

  /** The expectation of what a run returns. */
  public static double expectation(ToDoubleFunction<EveryOutcome> run) {
    double[] sum = new double[1];
    forEach(
        outcome -> {
          double value = run.applyAsDouble(outcome);
          sum[0] += outcome.probability() * value;
        });
    return sum[0];
  }

  /** The probability of the way so far. */
  public double probability() {
    return weight;
  }

  @Override
  public boolean happens(double itsProbability) {
    if (itsProbability <= 0) {
      return false;
    }
    if (itsProbability >= 1) {
      return true;
    }
    if (asked == MOST_CHANCES) {
      throw new IllegalStateException(
          "more than " + MOST_CHANCES + " chances can't be gone through");
    }
    if (asked == known) {
      happened[known] = true;
      probability[known++] = itsProbability;
    } else if (probability[asked] != itsProbability) {
      throw new IllegalStateException("the run is no function of its chances");
    }
    boolean result = happened[asked++];
    weight *= result ? itsProbability : 1 - itsProbability;
    return result;
  }

  /** Which of several exclusive events happens, or -1 for none of them. */
  public int which(double... probabilities) {
    double left = 1;
    for (int k = 0; k < probabilities.length; k++) {
      if (left > 0 && happens(Math.min(1, probabilities[k] / left))) {
        return k;
      }
      left -= probabilities[k];
    }
    return -1;
  }

  private boolean next() {
    while (known > 0 && !happened[known - 1]) {
      known--;
    }
    if (known == 0) {
      return false;
    }
    happened[known - 1] = false;
    return true;
  }
}
