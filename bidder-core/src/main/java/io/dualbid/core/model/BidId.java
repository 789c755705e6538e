package io.dualbid.core.model;

/**
 * The identity of a bid: 128 bits, a pure function of request id and impression id, so that a
 * repeated answer after a restart is recognised as the same bid.
 *
 * <p>Two ids of 10^12 bids collide with a probability below 10^-14. Written as 32 hexadecimal
 * digits.
 *
 * @param high the upper 64 bits
 * @param low the lower 64 bits
 */
public record BidId(long high, long low) {
  private static final String DIGITS = "0123456789abcdef";

  /** The id of the bid on one impression of one request. */
  public static BidId of(String requestId, String impressionId) {
    return new BidId(
        Hash.of(requestId, Hash.of(impressionId, 0x5d588b656c078965L)),
        Hash.of(impressionId, Hash.of(requestId, 0x9e3779b97f4a7c15L)));
  }

  /**
   * Reads the text form.
   *
   * @throws IllegalArgumentException unless the text is 32 hexadecimal digits
   */
  public static BidId parse(String text) {
    if (text.length() != 32) {
      throw new IllegalArgumentException("bid id must be 32 hexadecimal digits: " + text);
    }
    return new BidId(
        Long.parseUnsignedLong(text, 0, 16, 16), Long.parseUnsignedLong(text, 16, 32, 16));
  }

  /** Writes the 32 digits to {@code target} from {@code offset} on, without allocating. */
  public static void write(long high, long low, char[] target, int offset) {
    for (int i = 0; i < 16; i++) {
      int shift = 60 - 4 * i;
      target[offset + i] = DIGITS.charAt((int) (high >>> shift) & 15);
      target[offset + 16 + i] = DIGITS.charAt((int) (low >>> shift) & 15);
    }
  }

  @Override
  public int hashCode() {
    return (int) (low ^ (low >>> 32));
  }

  @Override
  public String toString() {
    char[] digits = new char[32];
    write(high, low, digits, 0);
    return new String(digits);
  }
}
