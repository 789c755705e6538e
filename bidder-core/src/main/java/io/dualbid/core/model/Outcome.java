package io.dualbid.core.model;

import org.jspecify.annotations.Nullable;

/**
 * What became of a bid.
 *
 * @param id identity of this notice; a repeated one has no further effect
 * @param kind what happened
 * @param bidId the bid
 * @param campaign the campaign of the bid
 * @param timeMillis when it happened, by the exchange's clock
 * @param priceNanos the clearing price of a win; 0 for the others
 * @param minimumToWinNanos the lowest bid that would have won, where the exchange tells it of a win
 *     or loss; {@link #UNKNOWN} where not
 * @param value realised value in account currency of a click or conversion; of a correction by how
 *     much it was more than told before, less than 0 where it was less; 0 for the others
 * @param userKey the bid's key for counting impressions of a user, or null
 * @param wonMillis of a click, conversion or correction when its bid was won, by the exchange's
 *     clock; {@link #UNKNOWN} where that is not told
 * @param expectedValue of a correction by how much a win is expected to be worth more than its bid
 *     said, in account currency, less than 0 for less; 0 for the others
 */
public record Outcome(
    String id,
    Kind kind,
    BidId bidId,
    String campaign,
    long timeMillis,
    long priceNanos,
    long minimumToWinNanos,
    double value,
    @Nullable Long userKey,
    long wonMillis,
    double expectedValue) {
  /**
   * The most, up or down, that a click, conversion or correction may be said to be worth, in
   * account currency.
   */
  public static final double MOST_VALUE = 1e9;

  /** What can become of a bid. */
  public enum Kind {
    WIN("win"),
    LOSS("loss"),
    CLICK("click"),
    CONVERSION("conversion"),
    /** A value told before was wrong: says by how much, under an id of its own. */
    CORRECTION("correction");

    private final String label;

    Kind(String label) {
      this.label = label;
    }

    /** The stable name in JSON. */
    public String label() {
      return label;
    }
  }

  /** The exchange doesn't tell. */
  public static final long UNKNOWN = -1;

  /** An outcome that doesn't tell when its bid was won. */
  public Outcome(
      String id,
      Kind kind,
      BidId bidId,
      String campaign,
      long timeMillis,
      long priceNanos,
      long minimumToWinNanos,
      double value,
      @Nullable Long userKey) {
    this(
        id,
        kind,
        bidId,
        campaign,
        timeMillis,
        priceNanos,
        minimumToWinNanos,
        value,
        userKey,
        UNKNOWN,
        0);
  }

  /** An outcome without the lowest bid that would have won. */
  public Outcome(
      String id,
      Kind kind,
      BidId bidId,
      String campaign,
      long timeMillis,
      long priceNanos,
      double value,
      @Nullable Long userKey) {
    this(id, kind, bidId, campaign, timeMillis, priceNanos, UNKNOWN, value, userKey);
  }

  public Outcome {
    if (priceNanos < 0) {
      throw new IllegalArgumentException("price must be >= 0: " + priceNanos);
    }
    if (!Double.isFinite(value) || (value < 0 && kind != Kind.CORRECTION)) {
      throw new IllegalArgumentException(
          "value must be finite, and >= 0 but for corrections: " + value);
    }
    if (!Double.isFinite(expectedValue) || (expectedValue != 0 && kind != Kind.CORRECTION)) {
      throw new IllegalArgumentException(
          "a change of the expected value must be finite, and of a correction: " + expectedValue);
    }
  }

  /** The same, telling when its bid was won. */
  public Outcome wonAt(long newWonMillis) {
    return new Outcome(
        id,
        kind,
        bidId,
        campaign,
        timeMillis,
        priceNanos,
        minimumToWinNanos,
        value,
        userKey,
        newWonMillis,
        expectedValue);
  }
}
