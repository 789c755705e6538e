package io.dualbid.core.allocation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dualbid.core.dual.Euclidean;
import io.dualbid.core.dual.StepSize;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class BidPriceControlTest {
  private static BidPriceControl control(long slots, double eta, double start, long... seats) {
    return new BidPriceControl(
        seats,
        Horizon.of(slots),
        ShadowPrices.plain(
            Instance.duals(seats.length, Euclidean.DEFAULT, new StepSize.Constant(eta), start)),
        Gradient.TENTATIVE);
  }

  @Test
  void acceptsFaresAboveTheSumOfTheLegsPricesOnly() {
    BidPriceControl control = control(10, 1e-9, 50, 5, 5, 5);
    assertThat(control.accept(100, 0, 1)).isFalse();
    assertThat(control.bidPrice()).isEqualTo(100);
    assertThat(control.accept(100.5, 0, 1)).isTrue();
    assertThat(control.accept(60, 2)).isTrue();
    assertThat(control.seatsLeft(0)).isEqualTo(4);
    assertThat(control.seatsLeft(1)).isEqualTo(4);
    assertThat(control.seatsLeft(2)).isEqualTo(4);
    assertThat(control.revenue()).isEqualTo(160.5);
  }

  @Test
  void needsASeatOnEveryLeg() {
    BidPriceControl control = control(10, 1e-9, 0, 1, 0);
    assertThat(control.accept(100, 0, 1)).isFalse();
    assertThat(control.seatsLeft(0)).isEqualTo(1);
    assertThat(control.accept(100, 0)).isTrue();
    control.setSeats(1, 2);
    assertThat(control.accept(100, 1, 1)).isTrue();
    assertThat(control.seatsLeft(1)).isZero();
  }

  @Property(tries = 100)
  void neverOverbooks(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    BidPriceControl control = control(200, 40, 0, 10, 20, 5);
    long[] sold = new long[3];
    for (int t = 0; t < 200; t++) {
      int first = random.nextInt(3);
      int second = (first + 1) % 3;
      if (control.accept(200 * random.nextDouble(), first, second)) {
        sold[first]++;
        sold[second]++;
      }
    }
    for (int leg = 0; leg < 3; leg++) {
      long seats = new long[] {10, 20, 5}[leg];
      assertThat(sold[leg]).isLessThanOrEqualTo(seats);
      assertThat(control.seatsLeft(leg)).isEqualTo(seats - sold[leg]);
    }
  }

  @Test
  void refusesMoreSeatsThanItCanCount() {
    assertThatThrownBy(() -> control(1, 1, 0, Long.MAX_VALUE))
        .isInstanceOf(ArithmeticException.class);
    assertThatThrownBy(() -> control(1, 1, 0, 5).accept(1, 1))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }
}
