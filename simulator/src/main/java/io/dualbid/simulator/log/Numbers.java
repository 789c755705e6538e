package io.dualbid.simulator.log;

import io.dualbid.core.model.Money;
import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * Numbers out of characters, without garbage for those of usual length. A decimal of at most 15
 * digits with at most 22 behind the point is its digits over a power of ten, both exact as doubles,
 * so one division rounds correctly; longer ones take the library's way. Both give the same.
 *
 * @see "Clinger: How to Read Floating Point Numbers Accurately, PLDI 1990 (the quick case)"
 */
final class Numbers {
  /** What {@link #whole} and {@link #cpmNanos} give for what is no such number. */
  static final long NONE = -1;

  private static final int EXACT_DIGITS = 15;
  private static final int LONGEST = 400;

  /** Digits of a CPM behind the point that are whole nanos. */
  private static final int MICRO_DIGITS = 6;

  /** A price of as many digits before the point doesn't fit. */
  private static final int TOO_MANY_DIGITS = 20;

  /** Doubles up to this are exact where they are whole. */
  private static final double GREATEST_WHOLE = 1L << 53;

  private static final double[] POWERS = new double[23];
  private static final long[] WHOLE_POWERS = {1, 10, 100, 1_000, 10_000, 100_000, 1_000_000};

  static {
    for (int i = 0; i < POWERS.length; i++) {
      POWERS[i] = Double.parseDouble("1e" + i);
    }
  }

  private Numbers() {}

  /** A whole number from 0, in whatever way it is written, such as 1.0; or {@link #NONE}. */
  static long whole(char[] text, int from, int to) {
    if (to <= from || to - from > 18) {
      return NONE;
    }
    long number = 0;
    for (int i = from; i < to; i++) {
      int digit = text[i] - '0';
      if (digit < 0 || digit > 9) {
        double decimal = decimal(text, from, to);
        return decimal >= 0 && decimal <= GREATEST_WHOLE && decimal == Math.rint(decimal)
            ? (long) decimal
            : NONE;
      }
      number = 10 * number + digit;
    }
    return number;
  }

  /** A decimal number, or NaN for what is none; infinity where it is too large. */
  static double decimal(char[] text, int from, int to) {
    long digits = 0;
    int count = 0;
    int point = -1;
    for (int i = from; i < to; i++) {
      char c = text[i];
      if (c >= '0' && c <= '9') {
        digits = 10 * digits + (c - '0');
        count++;
      } else if (c == '.' && point < 0) {
        point = i;
      } else {
        return slowDecimal(text, from, to);
      }
      if (count > EXACT_DIGITS) {
        return slowDecimal(text, from, to);
      }
    }
    if (count == 0) {
      return Double.NaN;
    }
    return point < 0 ? digits : digits / POWERS[to - 1 - point];
  }

  private static double slowDecimal(char[] text, int from, int to) {
    if (!isNumeric(text, from, to)) {
      return Double.NaN;
    }
    try {
      return Double.parseDouble(new String(text, from, to - from));
    } catch (NumberFormatException e) {
      return Double.NaN;
    }
  }

  /** Keeps out words and hexadecimals, which the library takes as numbers. */
  private static boolean isNumeric(char[] text, int from, int to) {
    for (int i = from; i < to; i++) {
      char c = text[i];
      if ((c < '0' || c > '9') && c != '.' && c != '-' && c != '+' && c != 'e' && c != 'E') {
        return false;
      }
    }
    return to > from && to - from <= LONGEST;
  }

  /**
   * Nanos for one impression of a price for a thousand, {@link Money#nanosOfCpm}; {@link #NONE} for
   * what is no such price or doesn't fit.
   */
  static long cpmNanos(char[] text, int from, int to) {
    long digits = 0;
    int count = 0;
    int point = -1;
    for (int i = from; i < to; i++) {
      char c = text[i];
      if (c >= '0' && c <= '9' && count < EXACT_DIGITS - MICRO_DIGITS) {
        digits = 10 * digits + (c - '0');
        count++;
      } else if (c == '.' && point < 0) {
        point = i;
      } else {
        return slowCpmNanos(text, from, to);
      }
    }
    int decimals = point < 0 ? 0 : to - 1 - point;
    if (count == 0 || decimals > MICRO_DIGITS) {
      return slowCpmNanos(text, from, to);
    }
    return digits * WHOLE_POWERS[MICRO_DIGITS - decimals];
  }

  private static long slowCpmNanos(char[] text, int from, int to) {
    if (!isNumeric(text, from, to)) {
      return NONE;
    }
    try {
      return cpmNanos(new BigDecimal(text, from, to - from));
    } catch (NumberFormatException e) {
      return NONE;
    }
  }

  /** The same of a price that is a number already. */
  static long cpmNanos(BigDecimal cpm) {
    if (cpm.signum() <= 0) {
      return cpm.signum() == 0 ? 0 : NONE;
    }
    // Far exponents would be spelled out digit by digit.
    long magnitude = (long) cpm.precision() - cpm.scale();
    if (magnitude > TOO_MANY_DIGITS) {
      return NONE;
    }
    if (magnitude < -TOO_MANY_DIGITS) {
      return 1;
    }
    BigDecimal nanos = cpm.scaleByPowerOfTen(MICRO_DIGITS).setScale(0, RoundingMode.CEILING);
    return nanos.toBigInteger().bitLength() < Long.SIZE ? nanos.longValue() : NONE;
  }
}
