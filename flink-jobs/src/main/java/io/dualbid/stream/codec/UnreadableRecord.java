package io.dualbid.stream.codec;

/** Says why a record can't be read, in words for the dead-letter topic. */
public final class UnreadableRecord extends Exception {
  private static final long serialVersionUID = 1L;

  /**
   * A record that can't be read.
   *
   * @param reason what was found and what would be accepted
   */
  public UnreadableRecord(String reason) {
    // What a record holds wrongly is an expected event: no stack trace is gathered for it.
    super(reason, null, false, false);
  }

  /** What was found and what would be accepted. */
  public String reason() {
    return String.valueOf(getMessage());
  }
}
