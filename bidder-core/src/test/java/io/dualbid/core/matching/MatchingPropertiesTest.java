package io.dualbid.core.matching;

import static org.assertj.core.api.Assertions.assertThat;

import io.dualbid.core.model.Hash;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.assertj.core.data.Offset;

/** What holds for any arrivals and any outcomes. */
class MatchingPropertiesTest {
  private static final int VERTICES = 6;
  private static final int ARRIVALS = 60;

  private static double uniform(long seed, long index) {
    return Hash.unit(Hash.mix(Hash.mix(seed) + index * Hash.GOLDEN_GAMMA));
  }

  /** Random edges, probabilities and amounts, a function of (seed, t). */
  private static Arrival arrival(long seed, int t, long mostAmount) {
    Arrival arrival = new Arrival();
    for (int v = 0; v < VERTICES; v++) {
      if (uniform(seed, 1000L * t + v) < 0.5) {
        double p = Math.max(0.01, uniform(seed, 1000L * t + 100 + v));
        long amount = 1 + (long) (mostAmount * uniform(seed, 1000L * t + 200 + v));
        arrival.edge(v, p, Math.min(mostAmount, amount));
      }
    }
    return arrival;
  }

  private static double[] weights(long seed, double factor) {
    return IntStream.range(0, VERTICES)
        .mapToDouble(v -> factor * (0.5 + uniform(seed, 1_000_000 + v)))
        .toArray();
  }

  private static long[] capacities(long seed, long most) {
    return IntStream.range(0, VERTICES)
        .mapToLong(v -> 1 + (long) (most * uniform(seed, 2_000_000 + v)))
        .toArray();
  }

  private static double[] ranks(long seed) {
    return Ranks.of(seed, IntStream.range(0, VERTICES).mapToObj(Integer::toString).toList());
  }

  private static List<Supplier<KeyedPolicy>> policies(long seed, long[] capacities) {
    return List.of(
        Greedy::new,
        () -> new StochasticBalance(Discount.MSVV),
        () -> new StochasticBalance(Discount.EXP),
        () -> new StochasticBalance(Discount.BALANCE),
        () -> new PerturbedGreedy(ranks(seed)),
        () -> new Ranking(ranks(seed)),
        BudgetBalance::new,
        () -> new DualMirrorDescent(capacities, ARRIVALS, 0.1));
  }

  /** Outcomes come late, twice, in any order or never; some attempts are given up. */
  @Property(tries = 60)
  void neverExceedsACapacityWhateverTheOutcomesDo(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 20) int mostAmount) {
    long[] capacities = capacities(seed, 3L * mostAmount);
    for (Supplier<KeyedPolicy> policy : policies(seed, capacities)) {
      Matcher matcher = new Matcher(policy.get(), weights(seed, 1), capacities);
      Random random = new Random(seed);
      double value = 0;
      long[] charged = new long[VERTICES];
      List<Long> told = new ArrayList<>();
      long[][] attempts = new long[ARRIVALS][];
      for (int t = 0; t < ARRIVALS; t++) {
        Arrival arrival = arrival(seed, t, mostAmount);
        int vertex = matcher.decide(arrival, t, t);
        attempts[t] =
            vertex < 0
                ? new long[] {-1, 0}
                : new long[] {vertex, arrival.amount(arrival.edgeTo(vertex))};
        for (int k = random.nextInt(4); k > 0; k--) {
          int of = random.nextInt(t + 1);
          boolean success = uniform(seed, 3_000_000 + of) < 0.5;
          if (matcher.outcome(of, success)) {
            assertThat(told).doesNotContain((long) of);
            told.add((long) of);
            if (success) {
              charged[(int) attempts[of][0]] += attempts[of][1];
              value += weights(seed, 1)[(int) attempts[of][0]] * attempts[of][1];
            }
          }
        }
        if (random.nextInt(10) == 0) {
          matcher.expire(t - 10L);
        }
        for (int v = 0; v < VERTICES; v++) {
          assertThat(matcher.view().consumed(v)).isEqualTo(charged[v]);
          assertThat(matcher.view().consumed(v) + matcher.view().reserved(v))
              .isLessThanOrEqualTo(capacities[v]);
        }
      }
      assertThat(matcher.value()).isCloseTo(value, Offset.offset(1e-9));
      matcher.expire(Long.MAX_VALUE);
      assertThat(matcher.underWay()).isZero();
      for (int v = 0; v < VERTICES; v++) {
        assertThat(matcher.view().reserved(v)).isZero();
      }
    }
  }

  /** What is charged in the end doesn't depend on the order of outcomes, nor on repetitions. */
  @Property(tries = 100)
  void chargesTheSameInAnyOrder(@ForAll long seed) {
    long[] capacities = capacities(seed, 9);
    Matcher one = new Matcher(new StochasticBalance(Discount.EXP), weights(seed, 1), capacities);
    Matcher other = new Matcher(new StochasticBalance(Discount.EXP), weights(seed, 1), capacities);
    List<Long> order = new ArrayList<>();
    for (int t = 0; t < ARRIVALS; t++) {
      Arrival arrival = arrival(seed, t, 3);
      assertThat(other.decide(arrival, t, t)).isEqualTo(one.decide(arrival, t, t));
      order.add((long) t);
      order.add((long) t);
    }
    for (long t = 0; t < ARRIVALS; t++) {
      one.outcome(t, uniform(seed, t) < 0.5);
    }
    Collections.shuffle(order, new Random(seed));
    for (long t : order) {
      other.outcome(t, uniform(seed, t) < 0.5);
    }
    for (int v = 0; v < VERTICES; v++) {
      assertThat(other.view().consumed(v)).isEqualTo(one.view().consumed(v));
    }
  }

  private static List<Integer> assignments(
      KeyedPolicy policy, long seed, double weightFactor, boolean reversed, double power) {
    Matcher matcher = new Matcher(policy, weights(seed, weightFactor), capacities(seed, 4));
    List<Integer> assignments = new ArrayList<>();
    for (int t = 0; t < ARRIVALS; t++) {
      Arrival drawn = arrival(seed, t, 1);
      Arrival shown = new Arrival();
      for (int k = 0; k < drawn.size(); k++) {
        int e = reversed ? drawn.size() - 1 - k : k;
        shown.edge(drawn.vertex(e), Math.pow(drawn.probability(e), power));
      }
      assignments.add(matcher.decide(shown, t, t));
      matcher.outcome(t, uniform(seed, 4_000_000 + t) < 0.3);
    }
    return assignments;
  }

  @Property(tries = 60)
  void decidesTheSameWhereAllWeightsAreTwice(@ForAll long seed) {
    // Twice is exact in binary, so keys keep their order bit for bit. Prices of dmd are in weight.
    for (Supplier<KeyedPolicy> policy : policies(seed, capacities(seed, 4)).subList(0, 7)) {
      assertThat(assignments(policy.get(), seed, 2, false, 1))
          .isEqualTo(assignments(policy.get(), seed, 1, false, 1));
    }
  }

  @Property(tries = 60)
  void decidesTheSameWhateverTheOrderOfEdges(@ForAll long seed) {
    for (Supplier<KeyedPolicy> policy : policies(seed, capacities(seed, 4))) {
      assertThat(assignments(policy.get(), seed, 1, true, 1))
          .isEqualTo(assignments(policy.get(), seed, 1, false, 1));
    }
  }

  @Property(tries = 60)
  void ranksWithoutLookingAtProbabilities(@ForAll long seed) {
    assertThat(assignments(new Ranking(ranks(seed)), seed, 1, false, 3))
        .isEqualTo(assignments(new Ranking(ranks(seed)), seed, 1, false, 1));
  }

  /** With certain matches of capacity 1: the classical algorithms, written out. */
  @Property(tries = 60)
  void isTheClassicalAlgorithmWhereMatchesAreCertain(@ForAll long seed) {
    double[] ranks = ranks(seed);
    double[] weights = weights(seed, 1);
    double[] perturbed = new double[VERTICES];
    double[] negative = new double[VERTICES];
    for (int v = 0; v < VERTICES; v++) {
      perturbed[v] = weights[v] * (1 - StrictMath.exp(ranks[v] - 1));
      negative[v] = -ranks[v];
    }
    long[] once = new long[VERTICES];
    Arrays.fill(once, 1);
    List<KeyedPolicy> policies =
        List.of(new Greedy(), new Ranking(ranks), new PerturbedGreedy(ranks));
    List<double[]> scores = List.of(weights, negative, perturbed);
    for (int k = 0; k < policies.size(); k++) {
      Matcher matcher = new Matcher(policies.get(k), weights, once);
      boolean[] taken = new boolean[VERTICES];
      for (int t = 0; t < 12; t++) {
        Arrival drawn = arrival(seed, t, 1);
        Arrival certain = new Arrival();
        int best = -1;
        for (int e = 0; e < drawn.size(); e++) {
          int v = drawn.vertex(e);
          certain.edge(v, 1);
          if (!taken[v] && (best < 0 || scores.get(k)[v] > scores.get(k)[best])) {
            best = v;
          }
        }
        assertThat(matcher.decide(certain, t, t)).isEqualTo(best);
        matcher.outcome(t, true);
        if (best >= 0) {
          taken[best] = true;
        }
      }
    }
  }

  /** The lazy prices are those of stepping every vertex at every arrival. */
  @Property(tries = 60)
  void catchesUpExactly(@ForAll long seed) {
    long[] capacities = capacities(seed, 6);
    double[] weights = weights(seed, 1);
    double step = 0.2;
    DualMirrorDescent lazy = new DualMirrorDescent(capacities, ARRIVALS, step);
    Matcher matcher = new Matcher(lazy, weights, capacities);
    double[] eager = new double[VERTICES];
    for (int t = 0; t < ARRIVALS; t++) {
      Arrival arrival = arrival(seed, t, 1);
      int vertex = matcher.decide(arrival, t, t);
      for (int v = 0; v < VERTICES; v++) {
        double used = v == vertex ? arrival.expectedAmount(arrival.edgeTo(v)) : 0;
        eager[v] = Math.max(0, eager[v] - step * ((double) capacities[v] / ARRIVALS - used));
      }
      matcher.outcome(t, uniform(seed, t) < 0.5);
      for (int v = 0; v < VERTICES; v++) {
        assertThat(lazy.multiplier(v)).isCloseTo(eager[v], Offset.offset(1e-12));
      }
    }
  }
}
