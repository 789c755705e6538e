package io.dualbid.simulator.log;

import java.time.DateTimeException;
import java.time.OffsetDateTime;

/**
 * Puts the text of fields into rows; the same for every format whose fields are text. Not thread
 * safe.
 */
final class FieldReader {
  private static final int LONGEST_NAME = 512;
  private static final char REPLACEMENT = '\uFFFD';

  private final Words campaigns = new Words();
  private final Words segments = new Words();
  private final boolean keepsTexts;

  /**
   * A reader of fields.
   *
   * @param keepsTexts whether request ids and attributes are wanted
   */
  FieldReader(boolean keepsTexts) {
    this.keepsTexts = keepsTexts;
  }

  boolean keepsTexts() {
    return keepsTexts;
  }

  /**
   * Reads a field that isn't empty.
   *
   * @return false if it holds something else than the column accepts
   */
  boolean read(Column column, LogRow row, char[] text, int from, int to) {
    return switch (column) {
      case TIMESTAMP -> {
        row.timeMillis = time(text, from, to);
        yield row.timeMillis >= 0;
      }
      case REQUEST_ID -> {
        if (keepsTexts) {
          row.requestId = new String(text, from, to - from);
        }
        yield isName(text, from, to);
      }
      case CAMPAIGN -> {
        boolean name = isName(text, from, to);
        row.campaign = name ? campaigns.of(text, from, to) : null;
        yield name;
      }
      case VALUE -> {
        row.value = Numbers.decimal(text, from, to);
        yield isAmount(row.value);
      }
      case PCTR -> {
        row.clickRate = Numbers.decimal(text, from, to);
        yield row.clickRate >= 0 && row.clickRate <= 1;
      }
      case PRICE -> {
        row.priceNanos = Numbers.cpmNanos(text, from, to);
        yield row.priceNanos >= 0;
      }
      case CLICK -> {
        long clicks = Numbers.whole(text, from, to);
        row.clicked = clicks == 1;
        yield clicks == 0 || clicks == 1;
      }
      case CONVERSION_VALUE -> {
        row.conversionValue = Numbers.decimal(text, from, to);
        yield isAmount(row.conversionValue);
      }
      case CONVERSION_DELAY_MS -> {
        row.conversionDelayMillis = Numbers.whole(text, from, to);
        yield row.conversionDelayMillis >= 0;
      }
      case SEGMENT -> {
        boolean name = isName(text, from, to);
        row.segment = name ? segments.of(text, from, to) : null;
        yield name;
      }
    };
  }

  /**
   * Whether a text can name something: not too long, and with no character that stands for bytes
   * that were none. Two campaigns must not become one.
   */
  private static boolean isName(char[] text, int from, int to) {
    for (int i = from; i < to; i++) {
      if (text[i] == REPLACEMENT) {
        return false;
      }
    }
    return to - from <= LONGEST_NAME;
  }

  private static boolean isAmount(double number) {
    return number >= 0 && number <= Double.MAX_VALUE;
  }

  /** Milliseconds since 1970 of a number or an ISO-8601 text, or {@link Numbers#NONE}. */
  private static long time(char[] text, int from, int to) {
    long number = Numbers.whole(text, from, to);
    if (number >= 0) {
      return number;
    }
    try {
      return OffsetDateTime.parse(new String(text, from, to - from)).toInstant().toEpochMilli();
    } catch (DateTimeException | ArithmeticException e) {
      return Numbers.NONE;
    }
  }
}
