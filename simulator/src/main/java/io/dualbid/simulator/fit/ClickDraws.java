package io.dualbid.simulator.fit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Made-up answers of users whose parameters are known, to see whether they are found again: one to
 * four ads at positions out of eight, fits between 0 and 0.7. The same seed gives the same answers.
 */
public final class ClickDraws {
  private static final int POSITIONS = 8;
  private static final int MOST_ADS = 4;
  private static final double BEST_FIT = 0.7;

  private ClickDraws() {}

  /**
   * Draws answers.
   *
   * @param model {@code mnl} or {@code cascade}
   * @param truth its parameters by name, all of them
   * @throws IllegalArgumentException if a parameter is missing or out of its range
   */
  public static List<Answer> draw(String model, Map<String, Double> truth, int count, long seed) {
    ClickModel clicks = ClickModels.named(model);
    double[] theta = new double[clicks.parameters().size()];
    for (int p = 0; p < theta.length; p++) {
      String name = clicks.parameters().get(p);
      Double value = truth.get(name);
      if (value == null) {
        throw new IllegalArgumentException("found no " + name + " of the users to draw");
      }
      theta[p] = clicks.searched(p, value);
    }
    SplittableRandom random = new SplittableRandom(seed);
    double[] click = new double[MOST_ADS];
    double[][] score = new double[MOST_ADS][theta.length];
    List<Answer> answers = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      int[] position = positions(random);
      double[] cosine = new double[position.length];
      Arrays.setAll(cosine, k -> Math.rint(random.nextDouble(BEST_FIT) * 1e4) / 1e4);
      Answer shown = new Answer(cosine, position, Answer.NONE);
      if (!clicks.fill(shown, theta, click, score)) {
        throw new IllegalArgumentException(
            "found users who click with probability 1 and more; accepted: alpha + beta below 0");
      }
      answers.add(new Answer(cosine, position, drawn(click, position.length, random)));
    }
    return answers;
  }

  private static int[] positions(SplittableRandom random) {
    int[] all = new int[POSITIONS];
    Arrays.setAll(all, j -> j);
    int ads = 1 + random.nextInt(MOST_ADS);
    for (int k = 0; k < ads; k++) {
      int other = k + random.nextInt(POSITIONS - k);
      int position = all[other];
      all[other] = all[k];
      all[k] = position;
    }
    int[] chosen = Arrays.copyOf(all, ads);
    Arrays.sort(chosen);
    return chosen;
  }

  private static int drawn(double[] click, int ads, SplittableRandom random) {
    double left = random.nextDouble();
    for (int k = 0; k < ads; k++) {
      left -= click[k];
      if (left < 0) {
        return k;
      }
    }
    return Answer.NONE;
  }
}
