package io.dualbid.core.model;

import java.util.List;

/**
 * One opportunity to show an ad within a request (OpenRTB 2.6, section 3.2.4).
 *
 * @param id unique within the request
 * @param types the kinds of creative that it takes, at least one
 * @param sizes sizes of a banner, in the order of preference; empty where any size is fine
 * @param videoSize size of the player; 0 x 0 where it is unknown
 * @param minDurationSeconds shortest video or audio creative
 * @param maxDurationSeconds longest video or audio creative; {@link Integer#MAX_VALUE} where there
 *     is no limit
 * @param floorNanos lowest bid; 0 where there is none, {@link #FLOOR_UNKNOWN} where its currency
 *     has no rate
 * @param privateAuction whether only bids under a deal are taken
 * @param deals private deals on offer to the seat that bids
 * @param blockedAttributes creative attributes that are not taken (battr)
 * @param clickRate predicted click rate of a value signal in the request, or NaN
 */
public record Impression(
    String id,
    List<MediaType> types,
    List<Size> sizes,
    Size videoSize,
    int minDurationSeconds,
    int maxDurationSeconds,
    long floorNanos,
    boolean privateAuction,
    List<Deal> deals,
    List<Integer> blockedAttributes,
    double clickRate) {
  /** A floor in a currency without a configured rate: nothing may be bid against it. */
  public static final long FLOOR_UNKNOWN = -1;

  public Impression {
    types = List.copyOf(types);
    sizes = List.copyOf(sizes);
    deals = List.copyOf(deals);
    blockedAttributes = List.copyOf(blockedAttributes);
  }

  /** A banner of one size, without floor, deals or signals. */
  public static Impression banner(String id, int width, int height) {
    return new Impression(
        id,
        List.of(MediaType.BANNER),
        List.of(new Size(width, height)),
        new Size(0, 0),
        0,
        Integer.MAX_VALUE,
        0,
        false,
        List.of(),
        List.of(),
        Double.NaN);
  }
}
