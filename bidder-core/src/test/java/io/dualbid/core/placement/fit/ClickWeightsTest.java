package io.dualbid.core.placement.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ClickWeightsTest {
  /** Worked out by hand: exp(-3 + 2.5 * 0.6) = exp(-1.5), times 0.8 squared. */
  @Test
  void multipliesFitAndDecay() {
    ClickWeights weights = new ClickWeights(-3, 2.5, 0.8, 0.1);
    assertThat(weights.weight(0.6, 0)).isCloseTo(0.22313016014842982, within(1e-15));
    assertThat(weights.weight(0.6, 2)).isCloseTo(0.22313016014842982 * 0.64, within(1e-15));
    assertThat(weights.clickProbability(0.6)).isCloseTo(0.22313016014842982, within(1e-15));
    assertThat(weights.attention(2)).isCloseTo(0.64, within(1e-15));
  }

  @Test
  void showsNothingBelowTheFloor() {
    ClickWeights weights = new ClickWeights(5, 0, 1, 0.3);
    assertThat(weights.weight(0.2999, 0)).isZero();
    assertThat(weights.weight(0.3, 0)).isPositive();
    assertThat(weights.clickProbability(0.2999)).isZero();
    assertThat(weights.clickProbability(0.3)).isEqualTo(1);
  }

  @Test
  void refusesNonsense() {
    assertThatThrownBy(() -> new ClickWeights(Double.NaN, 0, 1, 0)).hasMessageContaining("alpha");
    assertThatThrownBy(() -> new ClickWeights(0, 0, 0, 0)).hasMessageContaining("decay=0.0");
    assertThatThrownBy(() -> new ClickWeights(0, 0, 1.1, 0)).hasMessageContaining("decay=1.1");
    assertThatThrownBy(() -> new ClickWeights(0, 0, 1, 2)).hasMessageContaining("floor=2.0");
  }

  @Test
  void measuresTheAngleOfVectors() {
    assertThat(Cosine.of(new double[] {3, 0}, new double[] {1, 1}))
        .isCloseTo(Math.sqrt(0.5), within(1e-15));
    assertThat(Cosine.of(new double[] {1, 2}, new double[] {-2, -4})).isCloseTo(-1, within(1e-15));
    assertThat(Cosine.of(new double[] {0, 0}, new double[] {1, 1})).isZero();
  }
}
