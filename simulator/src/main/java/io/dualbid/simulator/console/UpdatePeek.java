package io.dualbid.simulator.console;

import java.nio.charset.StandardCharsets;

/**
 * Epoch and state of a pacing record without decoding it: of the many records that a console gets
 * only the newest of each campaign is decoded, and the others must cost next to nothing.
 */
final class UpdatePeek {
  private static final byte[] EPOCH = "\"epoch\":".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] STATE = "\"state\":\"".getBytes(StandardCharsets.US_ASCII);

  /** They come before all that is long, and after the id. */
  private static final int SEARCHED = 1_200;

  private UpdatePeek() {}

  /** The epoch; 0 where none is found, so that another record wins. */
  static long epoch(byte[] record) {
    int at = end(record, EPOCH, 0);
    long epoch = 0;
    for (int i = at; at > 0 && i < record.length && isDigit(record[i]); i++) {
      epoch = 10 * epoch + record[i] - '0';
    }
    return epoch;
  }

  /** The first two letters of the state, which no two states share; 0 where none is found. */
  static int state(byte[] record) {
    int at = end(record, STATE, 0);
    return at > 0 && at + 1 < record.length ? record[at] << 8 | record[at + 1] : 0;
  }

  private static boolean isDigit(byte b) {
    return b >= '0' && b <= '9';
  }

  /** Where a text ends first, or -1. */
  private static int end(byte[] record, byte[] text, int from) {
    int last = Math.min(record.length, SEARCHED) - text.length;
    for (int i = from; i <= last; i++) {
      int matched = 0;
      while (matched < text.length && record[i + matched] == text[matched]) {
        matched++;
      }
      if (matched == text.length) {
        return i + matched;
      }
    }
    return -1;
  }
}
