package io.dualbid.core.allocation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class CapacityTest {
  @Test
  void givesNoMoreThanIsLeft() {
    Capacity capacity = new Capacity(10, 0);
    capacity.take(0, 7);
    assertThat(capacity.left(0)).isEqualTo(3);
    assertThatThrownBy(() -> capacity.take(0, 4))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("resource 0: 4 taken, used 7, limit 10, ceiling 10");
    assertThatThrownBy(() -> capacity.take(1, 1)).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> capacity.take(0, -1)).isInstanceOf(IllegalArgumentException.class);
    assertThat(capacity.used(0)).isEqualTo(7);
  }

  @Test
  void takesAnOptionWhollyOrNotAtAll() {
    Capacity capacity = new Capacity(10, 10);
    Options options = new Options(2);
    options.add(1);
    options.consume(0, 5);
    options.consume(1, 11);
    assertThat(capacity.fits(options, 0)).isFalse();
    assertThatThrownBy(() -> capacity.take(options, 0)).isInstanceOf(IllegalStateException.class);
    assertThat(capacity.left(0)).isEqualTo(10);
    capacity.setLimit(1, 11);
    capacity.take(options, 0);
    assertThat(capacity.left(0)).isEqualTo(5);
    assertThat(capacity.left(1)).isZero();
  }

  @Test
  void keepsWhatIsUsedWhenALimitIsCutBelowIt() {
    Capacity capacity = new Capacity(10);
    capacity.take(0, 8);
    capacity.setLimit(0, 5);
    assertThat(capacity.left(0)).isZero();
    assertThat(capacity.used(0)).isEqualTo(8);
    capacity.take(0, 0);
    assertThatThrownBy(() -> capacity.take(0, 1)).isInstanceOf(IllegalStateException.class);
    capacity.setLimit(0, 9);
    assertThat(capacity.left(0)).isEqualTo(1);
  }

  @Test
  void countsUpToTheLargestLong() {
    Capacity capacity = new Capacity(Long.MAX_VALUE);
    capacity.take(0, Long.MAX_VALUE);
    assertThat(capacity.left(0)).isZero();
    assertThatThrownBy(() -> capacity.take(0, 1)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void refusesNegativeLimits() {
    assertThatThrownBy(() -> new Capacity(-1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(Capacity::new).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Capacity(1).setLimit(0, -1))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
