package io.dualbid.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class MoneyTest {
  @Test
  void takesACpmInMicrosForNanosOfOneImpression() {
    assertThat(Money.nanosOfCpm(new BigDecimal("1.25"))).isEqualTo(1_250_000L);
    assertThat(Money.cpm(1_250_000L)).isEqualByComparingTo("1.25");
  }

  @Test
  void roundsWhatIsOwedUpAndWhatIsBidDown() {
    assertThat(Money.nanosOfCpm(new BigDecimal("0.0000011"))).isEqualTo(2);
    assertThat(Money.floorNanos(1.9999999999e-9)).isEqualTo(1);
  }

  @Test
  void makesNothingOfWhatIsNoAmount() {
    assertThat(Money.floorNanos(Double.NaN)).isZero();
    assertThat(Money.floorNanos(-1)).isZero();
    assertThat(Money.floorNanos(Double.POSITIVE_INFINITY)).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void refusesWhatDoesNotFit() {
    assertThatThrownBy(() -> Money.parse("0.0000000001")).isInstanceOf(ArithmeticException.class);
    assertThatThrownBy(() -> Money.parse("10000000000")).isInstanceOf(ArithmeticException.class);
    assertThatThrownBy(() -> Money.nanosOfCpm(new BigDecimal("1e13")))
        .isInstanceOf(ArithmeticException.class);
  }

  @Property
  void readsBackWhatItFormats(@ForAll @LongRange(min = 0) long nanos) {
    assertThat(Money.parse(Money.format(nanos))).isEqualTo(nanos);
  }

  @Property
  void keepsACpmExactly(@ForAll @LongRange(min = 0) long nanos) {
    assertThat(Money.nanosOfCpm(Money.cpm(nanos))).isEqualTo(nanos);
  }
}
