package io.dualbid.simulator.matching;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.dualbid.core.matching.BayesianCopies;
import io.dualbid.core.matching.BayesianInstance;
import io.dualbid.core.matching.BayesianMatching;
import io.dualbid.core.matching.SeededChance;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

/** Nodes that can be used several times, programs that are solved anew, and laws that are wrong. */
class BayesianCopiesTest {
  private static final double TOLERANCE = 1e-6;

  /** The program for nodes, split evenly, is the program for their copies. */
  @Property(tries = 15)
  void isWorthTheSameSplitOverCopies(@ForAll @LongRange(min = 1, max = 100_000) long seed) {
    BayesianInstance nodes = BayesianFamilies.rareLate(2, 4, 2, 2, seed);
    int[] capacity = {2, 1 + (int) (seed % 2)};
    BayesianCopies copies = new BayesianCopies(nodes, capacity);
    BayesianLp program = BayesianLp.online(nodes, capacity);
    assertThat(program.value())
        .isCloseTo(BayesianLp.online(copies.instance()).value(), within(TOLERANCE));
    assertThat(BayesianLp.offline(nodes, capacity).value())
        .isCloseTo(BayesianLp.offline(copies.instance()).value(), within(TOLERANCE));
    double[] x = copies.split(program.x());
    double sum = 0;
    for (int e = 0; e < x.length; e++) {
      sum += x[e] * copies.instance().weight(e);
    }
    assertThat(sum).isCloseTo(program.value(), within(TOLERANCE));
    // It is feasible, or this would throw.
    BayesianMatching matching = new BayesianMatching(copies.instance(), x, true);
    double value = BayesianValue.exact(copies.instance(), matching);
    assertThat(value)
        .isBetween(
            0.678 * program.value() - TOLERANCE,
            BayesianOptimum.online(copies.instance()) + TOLERANCE);
  }

  @Test
  void isThePlainMatchingWhereNothingIsSolvedAnew() {
    BayesianInstance instance = BayesianFamilies.changing(4, 9, 3, 3, 11);
    double[] x = BayesianLp.online(instance).x();
    BayesianMatching plain = new BayesianMatching(instance, x, true);
    ResolvedMatching once = new ResolvedMatching(instance, x, 1);
    for (long seed = 0; seed < 200; seed++) {
      assertThat(once.sample(seed)).isEqualTo(BayesianValue.sample(instance, plain, seed));
    }
  }

  /**
   * On the same draws; of 400 runs of at most 8 matches of weight below 25 the standard error of a
   * mean is below 25·8/2/20 = 5, so the difference of pairs is held to its own.
   */
  @Test
  void gainsByTakingWhatReallyIsLeftIntoAccount() {
    double gain = 0;
    double squares = 0;
    int count = 0;
    for (long law = 1; law <= 10; law++) {
      BayesianInstance instance = BayesianFamilies.rareLate(4, 16, 3, 3, law);
      double[] x = BayesianLp.online(instance).x();
      BayesianMatching plain = new BayesianMatching(instance, x, true);
      ResolvedMatching anew = new ResolvedMatching(instance, x, 4);
      for (long seed = 0; seed < 40; seed++) {
        double difference = anew.sample(seed) - BayesianValue.sample(instance, plain, seed);
        gain += difference;
        squares += difference * difference;
        count++;
      }
    }
    double mean = gain / count;
    double error = Math.sqrt((squares / count - mean * mean) / count);
    assertThat(mean).isGreaterThan(-2 * error);
    assertThat(squares).isPositive();
  }

  /** A wrong law costs value, never feasibility. */
  @Property(tries = 30)
  void keepsEveryNodeToOneMatchUnderAnotherLaw(
      @ForAll @LongRange(min = 1, max = 100_000) long seed) {
    BayesianInstance forecast = BayesianFamilies.changing(4, 10, 3, 3, seed);
    BayesianMatching matching =
        new BayesianMatching(forecast, BayesianLp.online(forecast).x(), true);
    SeededChance chance = new SeededChance(seed, 0);
    boolean[] used = new boolean[4];
    for (int t = 0; t < forecast.rounds(); t++) {
      chance.restart(seed, t);
      // Really, the types of a round are all as likely, and somebody always comes.
      int type = forecast.firstType(t) + (int) (3 * chance.uniform());
      int node = matching.arrive(type, chance);
      if (node != BayesianMatching.NONE) {
        assertThat(forecast.edge(type, node)).isNotNegative();
        assertThat(used[node]).isFalse();
        used[node] = true;
      }
    }
  }
}
