package io.dualbid.core.allocation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class HorizonTest {
  @Test
  void endsAfterItsLastSlot() {
    Horizon horizon = Horizon.of(3);
    assertThat(horizon.advance(2)).isFalse();
    assertThat(horizon.left()).isEqualTo(1);
    assertThat(horizon.isOver()).isFalse();
    horizon.advance(1);
    assertThat(horizon.isOver()).isTrue();
    horizon.setLength(2);
    assertThat(horizon.left()).isZero();
    horizon.setLength(5);
    assertThat(horizon.left()).isEqualTo(2);
    assertThat(Horizon.of(0).isOver()).isTrue();
  }

  @Property(tries = 100)
  void hasAsMuchAheadAsBehindWhileUnknown(@ForAll @IntRange(min = 1, max = 50) int guess) {
    Horizon horizon = Horizon.unknown(guess);
    for (int t = 1; t <= 500; t++) {
      long until = horizon.untilChange();
      assertThat(until).isPositive();
      long before = horizon.length();
      boolean changed = horizon.advance(1);
      assertThat(changed).isEqualTo(until == 1).isEqualTo(horizon.length() != before);
      assertThat(horizon.used()).isEqualTo(t);
      assertThat(horizon.left()).isGreaterThan(t);
      assertThat(horizon.left()).isLessThanOrEqualTo(Math.max(guess, 4L * t));
    }
    assertThat(horizon.isKnown()).isFalse();
    horizon.setLength(501);
    assertThat(horizon.isKnown()).isTrue();
    horizon.advance(1);
    assertThat(horizon.isOver()).isTrue();
  }

  @Test
  void refusesWhatIsNoHorizon() {
    assertThatThrownBy(() -> Horizon.of(-1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Horizon.of(Long.MAX_VALUE))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Horizon.unknown(0)).isInstanceOf(IllegalArgumentException.class);
  }
}
