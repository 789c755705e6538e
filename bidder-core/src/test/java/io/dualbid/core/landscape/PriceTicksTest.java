package io.dualbid.core.landscape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Scale;
import org.junit.jupiter.api.Test;

class PriceTicksTest {
  @Property(tries = 1_000)
  void findsTheTickWhoseEdgeIsAtMostTwoPercentAboveThePrice(
      @ForAll @Scale(9) @DoubleRange(min = -20, max = 20) double log) {
    double price = Math.exp(log);
    int tick = PriceTicks.of(price);
    assertThat(PriceTicks.edge(tick)).isBetween(price, price * 1.0200001);
  }

  @Test
  void findsEveryEdgeInItsOwnTick() {
    for (int tick = 0; tick < PriceTicks.COUNT - 1; tick++) {
      double edge = PriceTicks.edge(tick);
      assertThat(PriceTicks.of(edge)).isEqualTo(tick);
      assertThat(PriceTicks.of(Math.nextUp(edge))).isEqualTo(tick + 1);
    }
  }

  @Test
  void holdsTheExtremes() {
    assertThat(PriceTicks.of(0)).isZero();
    assertThat(PriceTicks.of(Double.MIN_VALUE)).isZero();
    assertThat(PriceTicks.of(Double.MAX_VALUE)).isEqualTo(PriceTicks.COUNT - 1);
    assertThat(PriceTicks.edge(PriceTicks.COUNT - 1)).isGreaterThanOrEqualTo(1e9);
  }

  @Property(tries = 200)
  void keepsTheWeightOfEachTickWhateverTheOrder(@ForAll long seed) throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    TickWeights weights = new TickWeights();
    double[] plain = new double[PriceTicks.COUNT];
    int range = 1 + random.nextInt(PriceTicks.COUNT);
    for (int i = 0; i < 50; i++) {
      int tick = random.nextInt(range);
      weights.add(tick, 1);
      plain[tick]++;
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    weights.write(new DataOutputStream(bytes));
    TickWeights again = TickWeights.read(Written.in(bytes.toByteArray()));
    for (int tick = 0; tick < PriceTicks.COUNT; tick++) {
      assertThat(weights.get(tick)).isEqualTo(plain[tick]);
      assertThat(again.get(tick)).isEqualTo(plain[tick]);
      if (plain[tick] > 0) {
        assertThat(tick).isBetween(weights.first(), weights.end() - 1);
      }
    }
    assertThat(weights.total()).isEqualTo(50);
  }

  @Test
  void spreadsALandscapeOverTicks() {
    TickWeights spread = TickWeights.of(new LogNormalLandscape(0, 1));
    assertThat(spread.total()).isCloseTo(1, within(1e-12));
    double below = 0;
    for (int tick = 0; tick <= PriceTicks.of(1); tick++) {
      below += spread.get(tick);
    }
    assertThat(below).isCloseTo(0.5, within(0.01));
    TickWeights partly =
        TickWeights.of(StepLandscape.of(new double[] {1, 2}, new double[] {0.25, 0.75}));
    assertThat(partly.get(PriceTicks.of(1))).isEqualTo(0.25);
    assertThat(partly.get(PriceTicks.of(2))).isEqualTo(0.5);
    assertThat(partly.get(PriceTicks.of(2) + 1)).isEqualTo(0.25);
  }
}
