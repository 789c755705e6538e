package io.dualbid.simulator.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.dualbid.core.model.Money;
import java.math.BigDecimal;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NumbersTest {
  private static double decimal(String text) {
    return Numbers.decimal(text.toCharArray(), 0, text.length());
  }

  private static long nanos(String text) {
    return Numbers.cpmNanos(text.toCharArray(), 0, text.length());
  }

  /** The quick way and the library give the same double, to the last bit. */
  @Property
  void readsDecimalsAsTheLibraryDoes(
      @ForAll long digits, @ForAll @IntRange(max = 30) int decimals) {
    String text =
        BigDecimal.valueOf(Math.abs(digits % 10_000_000_000_000_000L), decimals).toPlainString();
    assertThat(decimal(text)).isEqualTo(Double.parseDouble(text));
  }

  @Property
  void readsPricesAsMoneyDoes(
      @ForAll @LongRange(max = 1_000_000_000_000_000L) long digits,
      @ForAll @IntRange(max = 12) int decimals) {
    BigDecimal price = BigDecimal.valueOf(digits, decimals);
    if (price.precision() - price.scale() <= 12) {
      assertThat(nanos(price.toPlainString())).isEqualTo(Money.nanosOfCpm(price));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", ".", "-", "1.2.3", "NaN", "Infinity", "0x1p3", "1d", " 1", "1e", "--1", "e5"})
  void refusesWhatIsNoNumber(String text) {
    assertThat(decimal(text)).isNaN();
    assertThat(nanos(text)).isEqualTo(Numbers.NONE);
  }

  @Test
  void knowsTheLimits() {
    assertThat(decimal("1e400")).isInfinite();
    assertThat(nanos("1e400")).isEqualTo(Numbers.NONE);
    assertThat(nanos("1e999999999")).isEqualTo(Numbers.NONE);
    assertThat(nanos("1e-999999999")).isEqualTo(1);
    assertThat(nanos("-0.001")).isEqualTo(Numbers.NONE);
    assertThat(nanos("0e5")).isZero();
    assertThat(nanos("9223372036854.775807")).isEqualTo(Long.MAX_VALUE);
    assertThat(nanos("9223372036854.775808")).isEqualTo(Numbers.NONE);
    assertThat(Numbers.whole("12x".toCharArray(), 0, 3)).isEqualTo(Numbers.NONE);
    assertThat(Numbers.whole("12x".toCharArray(), 0, 2)).isEqualTo(12);
    assertThat(Numbers.whole("1.0".toCharArray(), 0, 3)).isEqualTo(1);
    assertThat(Numbers.whole("1.5".toCharArray(), 0, 3)).isEqualTo(Numbers.NONE);
    assertThat(Numbers.whole("-1".toCharArray(), 0, 2)).isEqualTo(Numbers.NONE);
  }
}
