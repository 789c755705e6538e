package io.dualbid.core.model;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * Arithmetic on amounts of money, held as {@code long} nanos (1e-9) of the account currency.
 *
 * <p>A CPM (price of a thousand impressions) in micros is the same number as the price of one
 * impression in nanos, so no factor is needed between a CPM bid and its charge. Every operation is
 * exact or throws {@link ArithmeticException}; the largest amount is about 9.2 billion units.
 * Doubles come out of here (for gradients and values) and enter only through {@link #floorNanos},
 * which rounds down, so that a computed bid never exceeds what it was computed from.
 */
public final class Money {
  /** Nanos in one unit of the account currency. */
  public static final long NANOS_PER_UNIT = 1_000_000_000L;

  private static final BigDecimal NANOS = BigDecimal.valueOf(NANOS_PER_UNIT);
  private static final BigDecimal MICROS = BigDecimal.valueOf(1_000_000L);

  private Money() {}

  /** The amount in units of the currency, by one division; for gradients and display only. */
  public static double units(long nanos) {
    return nanos / 1e9;
  }

  /**
   * Whole nanos in {@code units}, rounded down; the way from a computed bid to money.
   *
   * @param units amount in account currency; may be any double
   * @return 0 for NaN and for negative amounts, {@link Long#MAX_VALUE} for what does not fit
   */
  public static long floorNanos(double units) {
    double nanos = Math.floor(units * 1e9);
    return nanos > 0 ? (long) nanos : 0;
  }

  /**
   * Reads an amount such as {@code "1250.50"}.
   *
   * @throws ArithmeticException if it has more than nine decimals or doesn't fit
   * @throws NumberFormatException if it is not a decimal number
   */
  public static long parse(String decimal) {
    return new BigDecimal(decimal).multiply(NANOS).longValueExact();
  }

  /**
   * Nanos per impression of a CPM price, as an exchange states it in a win notice or as a floor.
   * Digits below a nano are rounded up: a price that is owed is never understated.
   *
   * @throws ArithmeticException if the price doesn't fit
   */
  public static long nanosOfCpm(BigDecimal cpm) {
    return cpm.multiply(MICROS).setScale(0, RoundingMode.CEILING).longValueExact();
  }

  /** The CPM price of {@code nanos} per impression, exactly. */
  public static BigDecimal cpm(long nanos) {
    return BigDecimal.valueOf(nanos, 6);
  }

  /** The amount as a plain decimal with the fewest digits that are exact: 12.5, 0.000001. */
  public static String format(long nanos) {
    BigDecimal plain = BigDecimal.valueOf(nanos, 9).stripTrailingZeros();
    return plain.scale() < 0 ? plain.setScale(0).toPlainString() : plain.toPlainString();
  }
}
