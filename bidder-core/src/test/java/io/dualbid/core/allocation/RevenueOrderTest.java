package io.dualbid.core.allocation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class RevenueOrderTest {
  private static double revenue(double[] adjusted, double[] weight, double noPurchase, int set) {
    double earned = 0;
    double total = noPurchase;
    for (int i = 0; i < adjusted.length; i++) {
      if ((set >> i & 1) == 1) {
        earned += weight[i] * adjusted[i];
        total += weight[i];
      }
    }
    return total > 0 ? earned / total : 0;
  }

  private static int set(boolean[] member) {
    int set = 0;
    for (int i = 0; i < member.length; i++) {
      set |= member[i] ? 1 << i : 0;
    }
    return set;
  }

  /** Against all 2^n sets, with ties, products of no weight and visitors who always buy. */
  @Property(tries = 500)
  void earnsAsMuchAsTheBestOfAllSets(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int n = 1 + random.nextInt(9);
    double[] adjusted = new double[n];
    double[] weight = new double[n];
    for (int i = 0; i < n; i++) {
      adjusted[i] = random.nextInt(4) == 0 ? random.nextInt(3) : 4 * random.nextDouble() - 1;
      weight[i] = random.nextInt(6) == 0 ? 0 : 2 * random.nextDouble();
    }
    double noPurchase = random.nextInt(5) == 0 ? 0 : random.nextDouble();
    boolean[] member = new boolean[n];
    double chosen = new RevenueOrder(n).choose(adjusted, weight, noPurchase, member);
    double best = 0;
    for (int set = 0; set < 1 << n; set++) {
      best = Math.max(best, revenue(adjusted, weight, noPurchase, set));
    }
    assertThat(chosen).isCloseTo(best, within(1e-12));
    assertThat(revenue(adjusted, weight, noPurchase, set(member))).isCloseTo(chosen, within(1e-12));
    for (int i = 0; i < n; i++) {
      if (member[i]) {
        assertThat(adjusted[i]).isPositive();
      }
    }
  }

  /** In the order of value, not of index; and a heap must not lose any of many. */
  @Property(tries = 50)
  void choosesExactlyTheProductsAboveTheirOwnRevenue(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int n = 200;
    double[] adjusted = random.doubles(n, -1, 3).toArray();
    double[] weight = random.doubles(n, 0, 0.02).toArray();
    boolean[] member = new boolean[n];
    double revenue = new RevenueOrder(n).choose(adjusted, weight, 1, member);
    for (int i = 0; i < n; i++) {
      assertThat(member[i]).isEqualTo(adjusted[i] > revenue);
    }
  }

  @Test
  void leavesOutWhatOnlyEqualsTheRevenueOfTheRest() {
    boolean[] member = new boolean[2];
    // R({0}) = 1·2 / (1 + 1) = 1
    assertThat(new RevenueOrder(2).choose(new double[] {2, 1}, new double[] {1, 1}, 1, member))
        .isEqualTo(1);
    assertThat(member).containsExactly(true, false);
  }

  @Test
  void offersNothingWhereNothingIsOfValue() {
    boolean[] member = {true, true, true};
    double[] adjusted = {0, -1, Double.NaN};
    assertThat(new RevenueOrder(3).choose(adjusted, new double[] {1, 1, 1}, 1, member)).isZero();
    assertThat(member).containsExactly(false, false, false);
  }
}
