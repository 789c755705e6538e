package io.dualbid.stream.codec;

import java.nio.charset.StandardCharsets;

/** Says why a record can't be read, in words for the dead-letter topic. */
public final class UnreadableRecord extends Exception {
  private static final long serialVersionUID = 1L;
  private static final int LONGEST_REASON = 2_000;

  /**
   * A record that can't be read.
   *
   * @param reason what was found and what would be accepted
   */
  public UnreadableRecord(String reason) {
    // What a record holds wrongly is an expected event: no stack trace is gathered for it.
    super(told(reason), null, false, false);
  }

  /**
   * A reason as it can be written: it may quote what was found, so it is cut where it is long, and
   * halves of characters are replaced.
   */
  static String told(String reason) {
    String cut =
        reason.length() > LONGEST_REASON ? reason.substring(0, LONGEST_REASON) + "…" : reason;
    return isWhole(cut)
        ? cut
        : new String(cut.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
  }

  /** Whether a text has no half of a character, which no bytes stand for. */
  static boolean isWhole(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isSurrogate(c)) {
        if (Character.isLowSurrogate(c)
            || i + 1 == text.length()
            || !Character.isLowSurrogate(text.charAt(i + 1))) {
          return false;
        }
        i++;
      }
    }
    return true;
  }

  /** What was found and what would be accepted. */
  public String reason() {
    return String.valueOf(getMessage());
  }
}
