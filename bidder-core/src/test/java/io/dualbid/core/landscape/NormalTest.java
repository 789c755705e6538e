package io.dualbid.core.landscape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Scale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NormalTest {
  /** ln Φ(z) and φ(z)/Φ(z), computed with 40 digits. */
  @ParameterizedTest
  @CsvSource({
    "-1000.0, -500007.826694812184, 1000.00099999800001",
    "-37.5, -707.668989317507191, 37.5266288748836536",
    "-10.5, -58.4041870610732434, 10.5935839261323783",
    "-9.5, -48.3060192989652303, 9.60305009038428209",
    "-5.0, -15.0649983939887257, 5.18650396712584212",
    "-2.0, -3.78318433368203195, 2.37321553282284087",
    "-1.5, -2.70594440082388981, 1.93867716662254319",
    "-0.3, -0.962102818168850668, 0.998165968858483328",
    "0.0, -0.693147180559945309, 0.797884560802865356",
    "0.7, -0.277023942277131245, 0.41192475041929065",
    "1.9, -0.0291369478451057541, 0.0675557845012228855",
    "4.0, -0.0000316717433774892639, 0.000133834464468575142",
    "6.0, -9.86587645524375732e-10, 6.07588285581767645e-9",
    "12.0, -1.776482112077679e-33, 2.14638373566306035e-32"
  })
  void agreesWithFortyDigitsFromTailToTail(double z, double logCdf, double ratio) {
    assertThat(Normal.logCdf(z)).isCloseTo(logCdf, within(1e-14 * Math.abs(logCdf)));
    assertThat(Normal.densityOverCdf(z)).isCloseTo(ratio, within(2e-14 * ratio));
    assertThat(Normal.cdf(z)).isCloseTo(Math.exp(logCdf), within(1e-12 * Math.exp(logCdf)));
  }

  @Property(tries = 500)
  void isContinuousWhereItsPiecesMeetAndMonotone(
      @ForAll @Scale(9) @DoubleRange(min = -50, max = 50) double z) {
    double next = z + 1e-6;
    assertThat(Normal.logCdf(next)).isGreaterThanOrEqualTo(Normal.logCdf(z));
    assertThat(Normal.logCdfOverDensity(next)).isGreaterThan(Normal.logCdfOverDensity(z));
    assertThat(Normal.densityOverCdf(next)).isLessThanOrEqualTo(Normal.densityOverCdf(z));
    assertThat(Normal.cdf(z) + Normal.cdf(-z)).isCloseTo(1, within(1e-15));
  }

  @ParameterizedTest
  @CsvSource({"1.75", "10"})
  void joinsItsPieces(double x) {
    double before = Normal.densityOverCdf(-Math.nextDown(x));
    assertThat(Normal.densityOverCdf(-x)).isCloseTo(before, within(1e-14 * before));
  }
}
