package io.dualbid.simulator.matching;

import static org.assertj.core.api.Assertions.assertThat;

import io.dualbid.core.matching.BayesianInstance;
import io.dualbid.core.matching.BayesianMatching;
import io.dualbid.core.matching.PivotalSampling;
import io.dualbid.core.matching.PricedMatching;
import io.dualbid.core.matching.SeededChance;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.apache.commons.math3.distribution.ChiSquaredDistribution;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** Laws by going every way, and by long runs under fixed seeds. */
class BayesianMatchingTest {
  private static final double TOLERANCE = 1e-6;

  private static BayesianInstance instance(long seed) {
    return seed % 2 == 0
        ? BayesianFamilies.changing(3, 4, 2, 2.4, seed)
        : BayesianFamilies.rareLate(3, 4, 2, 2.4, seed);
  }

  @Property(tries = 60)
  void samplesWithMarginalsPrefixesAndNegativeCorrelation(
      @ForAll @Size(min = 1, max = 6) List<@DoubleRange(min = 0, max = 1) Double> probabilities) {
    double[] p = probabilities.stream().mapToDouble(Double::doubleValue).toArray();
    int sets = 1 << p.length;
    double[] law = new double[sets];
    int[] selected = new int[p.length];
    EveryOutcome.forEach(
        chance -> {
          int count = PivotalSampling.select(p, p.length, chance, selected);
          int set = 0;
          for (int k = 0; k < count; k++) {
            set |= 1 << selected[k];
          }
          law[set] += chance.probability();
        });
    double sum = 0;
    for (int prefix = 1; prefix <= p.length; prefix++) {
      sum += p[prefix - 1];
      for (int set = 0; set < sets; set++) {
        if (law[set] > 1e-9) {
          int count = Integer.bitCount(set & (1 << prefix) - 1);
          assertThat((double) count).isBetween(Math.floor(sum - 1e-9), Math.ceil(sum + 1e-9));
        }
      }
    }
    for (int some = 1; some < sets; some++) {
      double all = 0;
      double none = 0;
      double ins = 1;
      double outs = 1;
      for (int set = 0; set < sets; set++) {
        all += (set & some) == some ? law[set] : 0;
        none += (set & some) == 0 ? law[set] : 0;
      }
      for (int i = 0; i < p.length; i++) {
        ins *= (some >> i & 1) == 1 ? p[i] : 1;
        outs *= (some >> i & 1) == 1 ? 1 - p[i] : 1;
      }
      assertThat(all).isLessThanOrEqualTo(ins + 1e-9);
      assertThat(none).isLessThanOrEqualTo(outs + 1e-9);
      if (Integer.bitCount(some) == 1) {
        assertThat(all).isCloseTo(ins, Offset.offset(1e-9));
      }
    }
  }

  @Property(tries = 15)
  void leavesEachNodeFreeWithExactlyTheProbabilityOfTheProgram(
      @ForAll @LongRange(min = 1, max = 100_000) long seed) {
    BayesianInstance instance = instance(seed);
    double[] x = BayesianLp.online(instance).x();
    double[][] free = new double[instance.rounds()][instance.nodes()];
    for (boolean recycling : new boolean[] {false, true}) {
      Arrays.stream(free).forEach(row -> Arrays.fill(row, 0));
      BayesianMatching matching = new BayesianMatching(instance, x, recycling);
      EveryOutcome.forEach(
          chance -> {
            matching.reset();
            List<Integer> all = new ArrayList<>();
            for (int t = 0; t < instance.rounds(); t++) {
              matching.arrive(BayesianOptimum.draw(instance, t, chance), chance);
              for (int i = 0; i < instance.nodes(); i++) {
                if (matching.isFree(i)) {
                  all.add(t * instance.nodes() + i);
                }
              }
            }
            all.forEach(
                at -> free[at / instance.nodes()][at % instance.nodes()] += chance.probability());
          });
      double[] given = new double[instance.nodes()];
      for (int t = 0; t < instance.rounds(); t++) {
        for (int e = instance.firstEdge(instance.firstType(t));
            e < instance.firstEdge(instance.firstType(t + 1));
            e++) {
          given[instance.node(e)] += x[e];
        }
        for (int i = 0; i < instance.nodes(); i++) {
          assertThat(free[t][i]).isCloseTo(1 - given[i], Offset.offset(TOLERANCE));
        }
      }
    }
  }

  @Property(tries = 15)
  void liesBetweenTheGuaranteeAndTheOptimum(@ForAll @LongRange(min = 1, max = 100_000) long seed) {
    BayesianInstance instance = instance(seed);
    BayesianLp online = BayesianLp.online(instance);
    double optimum = BayesianOptimum.online(instance);
    double plain = BayesianValue.exact(instance, new BayesianMatching(instance, online.x(), false));
    double recycled =
        BayesianValue.exact(instance, new BayesianMatching(instance, online.x(), true));
    assertThat(optimum).isLessThanOrEqualTo(online.value() + TOLERANCE);
    assertThat(online.value())
        .isLessThanOrEqualTo(BayesianLp.offline(instance).value() + TOLERANCE);
    assertThat(optimum).isLessThanOrEqualTo(BayesianOptimum.prophet(instance) + TOLERANCE);
    assertThat(plain).isGreaterThanOrEqualTo(0.678 * online.value() - TOLERANCE);
    assertThat(recycled).isBetween(plain - TOLERANCE, optimum + TOLERANCE);
  }

  @Test
  void losesNothingByRecyclingOnAnyPath() {
    BayesianInstance instance = BayesianFamilies.changing(8, 20, 3, 4, 9);
    double[] x = BayesianLp.online(instance).x();
    BayesianMatching plain = new BayesianMatching(instance, x, false);
    BayesianMatching recycling = new BayesianMatching(instance, x, true);
    int better = 0;
    for (long seed = 0; seed < 500; seed++) {
      double with = BayesianValue.sample(instance, recycling, seed);
      double without = BayesianValue.sample(instance, plain, seed);
      assertThat(with).isGreaterThanOrEqualTo(without - 1e-9);
      better += with > without + 1e-9 ? 1 : 0;
    }
    assertThat(better).isPositive();
  }

  /** Each node's last freedom on a larger instance; chi-square at one in ten thousand. */
  @Test
  void leavesNodesOfALargerInstanceFreeAsOftenAsTheProgramSays() {
    BayesianInstance instance = BayesianFamilies.changing(12, 12, 3, 4, 4);
    double[] x = BayesianLp.online(instance).x();
    double[] given = new double[instance.nodes()];
    for (int e = 0; e < x.length; e++) {
      given[instance.node(e)] += x[e];
    }
    BayesianMatching matching = new BayesianMatching(instance, x, true);
    int runs = 20_000;
    int[] free = new int[instance.nodes()];
    for (long seed = 0; seed < runs; seed++) {
      BayesianValue.sample(instance, matching, seed);
      for (int i = 0; i < free.length; i++) {
        free[i] += matching.isFree(i) ? 1 : 0;
      }
    }
    int tested = 0;
    for (int i = 0; i < free.length; i++) {
      double expected = runs * (1 - given[i]);
      if (expected < 5 || runs - expected < 5) {
        assertThat((double) free[i]).isCloseTo(expected, Offset.offset(40.0));
        continue;
      }
      double miss = free[i] - expected;
      double statistic = miss * miss / expected + miss * miss / (runs - expected);
      assertThat(new ChiSquaredDistribution(null, 1).cumulativeProbability(statistic))
          .as("node %d: %d free, %.1f expected", i, free[i], expected)
          .isLessThan(1 - 1e-4 / free.length);
      tested++;
    }
    assertThat(tested).isPositive();
  }

  @Test
  void asksPricesThatReplayAndDependOnNoReport() {
    BayesianInstance instance = BayesianFamilies.changing(4, 8, 3, 3, 2);
    double[] x = BayesianLp.online(instance).x();
    PricedMatching prices = new PricedMatching(instance, x, 7, 50);
    boolean[] left = {true, false, true, true};
    double[] one = new double[4];
    double[] other = new double[4];
    prices.prices(2, left, one);
    new PricedMatching(instance, x, 7, 50).prices(2, left, other);
    assertThat(one).isEqualTo(other);
    assertThat(one[1]).isInfinite();
    // A buyer takes what its own weights prefer; telling other weights could only do worse.
    for (int type = instance.firstType(2); type < instance.firstType(3); type++) {
      int node = prices.choice(type, one);
      double gain = node < 0 ? 0 : instance.weight(instance.edge(type, node)) - one[node];
      for (int i = 0; i < 4; i++) {
        int edge = instance.edge(type, i);
        assertThat(edge < 0 ? 0 : instance.weight(edge) - one[i]).isLessThanOrEqualTo(gain);
      }
    }
    // After the last round nothing can be lost.
    prices.prices(7, left, one);
    assertThat(one[0]).isZero();
  }

  /** What prices assume: the matching is worth no less where more nodes are left. */
  @Property(tries = 10)
  void isWorthMoreWithMoreNodes(@ForAll @LongRange(min = 1, max = 100_000) long seed) {
    BayesianInstance instance = instance(seed);
    BayesianMatching matching =
        new BayesianMatching(instance, BayesianLp.online(instance).x(), true);
    for (int node = 0; node < instance.nodes(); node++) {
      int gone = node;
      double without =
          EveryOutcome.expectation(
              chance -> {
                matching.reset();
                matching.remove(gone);
                double sum = 0;
                for (int t = 0; t < instance.rounds(); t++) {
                  int type = BayesianOptimum.draw(instance, t, chance);
                  int match = matching.arrive(type, chance);
                  sum += match < 0 ? 0 : instance.weight(instance.edge(type, match));
                }
                return sum;
              });
      assertThat(without).isLessThanOrEqualTo(BayesianValue.exact(instance, matching) + TOLERANCE);
    }
  }

  @Test
  void drawsFromSeedRequestAndCounter() {
    SeededChance chance = new SeededChance(3, 4);
    double first = chance.uniform();
    double second = chance.uniform();
    chance.restart(3, 4);
    assertThat(chance.uniform()).isEqualTo(first);
    assertThat(chance.uniform()).isEqualTo(second).isNotEqualTo(first);
    assertThat(new SeededChance(3, 5).uniform()).isNotEqualTo(first);
  }
}
