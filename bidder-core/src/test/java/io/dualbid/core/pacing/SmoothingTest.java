package io.dualbid.core.pacing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class SmoothingTest {
  @Test
  void correctsByTheRatioOfIdealToActualSpend() {
    Smoothing smoothing = new Smoothing(0.8);
    // 60 left for 600 ms are 10 in a window of 100 ms; 8 were spent.
    assertThat(smoothing.window(60, 600, 100, 8)).isEqualTo(1.25);
    assertThat(smoothing.multiplier()).isEqualTo(1.0);
  }

  @Test
  void atMostDoublesOrHalves() {
    Smoothing smoothing = new Smoothing(1);
    assertThat(smoothing.window(60, 600, 100, 0)).isEqualTo(2);
    assertThat(smoothing.window(60, 600, 100, 1)).isEqualTo(2);
    assertThat(smoothing.window(60, 600, 100, 1_000)).isEqualTo(0.5);
    assertThat(smoothing.multiplier()).isEqualTo(2);
  }

  @Test
  void restsWhereMoneyOrTimeIsUsedUp() {
    Smoothing smoothing = new Smoothing(3);
    assertThat(smoothing.window(0, 600, 100, 5)).isEqualTo(1);
    assertThat(smoothing.window(60, 0, 100, 5)).isEqualTo(1);
    assertThat(smoothing.window(60, 600, 100, Double.NaN)).isEqualTo(1);
    assertThat(smoothing.multiplier()).isEqualTo(3);
  }

  @Property(tries = 50)
  void staysFiniteHoweverLongNothingIsWon(@ForAll @IntRange(min = 1) int left) {
    Smoothing smoothing = new Smoothing(1);
    for (int i = 0; i < 2_000; i++) {
      smoothing.window(left, 100_000, 10, 0);
    }
    assertThat(smoothing.multiplier()).isEqualTo(1e12);
    for (int i = 0; i < 4_000; i++) {
      smoothing.window(left, 100_000, 10, left);
    }
    assertThat(smoothing.multiplier()).isEqualTo(1e-12);
  }

  @Test
  void goesOnFromItsState() throws IOException {
    Smoothing smoothing = new Smoothing(0.7);
    smoothing.window(60, 600, 100, 7);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    smoothing.write(new DataOutputStream(bytes));
    Smoothing restored =
        Smoothing.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
    assertThat(restored.multiplier()).isEqualTo(smoothing.multiplier()).isEqualTo(0.7 * (10 / 7.0));
  }

  @Test
  void refusesAStateOfANewerVersion() {
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(new byte[] {2}));
    assertThatThrownBy(() -> Smoothing.read(in))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("version 2");
  }

  @Property(tries = 30)
  void spendsABudgetEvenlyAndNeverMore(@ForAll long seed) {
    CappedRun run = new CappedRun(seed, 4_000, 0.1);
    Smoothing smoothing = new Smoothing(1);
    double window = 0;
    while (run.next()) {
      window += run.play((value, draw) -> value * smoothing.multiplier());
      if (run.round() % 200 == 0) {
        smoothing.window(run.budget() - run.spent(), run.left(), 200, window);
        window = 0;
      }
    }
    assertThat(run.spent()).isBetween(0.85 * run.budget(), run.budget());
    assertThat(run.spentHalfway()).isBetween(0.35 * run.budget(), 0.65 * run.budget());
  }
}
