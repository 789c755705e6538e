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
 * @param value realised value in account currency of a click or conversion; 0 for the others
 * @param userKey the bid's key for counting impressions of a user, or null
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
    @Nullable Long userKey) {
  /** What can become of a bid. */
  public enum Kind {
    WIN("win"),
    LOSS("loss"),
    CLICK("click"),
    CONVERSION("conversion");

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
    if (!(value >= 0) || Double.isInfinite(value)) {
      throw new IllegalArgumentException("value must be >= 0 and finite: " + value);
    }
  }
}
