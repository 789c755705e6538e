package io.dualbid.simulator.world;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request as bidders see it, with what only the world knows.
 *
 * @param requestId its id
 * @param key the key of its record: the user where known, else the request
 * @param request OpenRTB JSON
 * @param auctions one for each impression, in order
 */
@SuppressWarnings("ArrayRecordComponent") // the bytes of a request; never compared
public record Opportunity(String requestId, String key, byte[] request, List<Auction> auctions) {
  public Opportunity {
    auctions = List.copyOf(auctions);
  }

  /** The auction of an impression, or null. */
  public @Nullable Auction auction(String impressionId) {
    for (Auction auction : auctions) {
      if (auction.impressionId().equals(impressionId)) {
        return auction;
      }
    }
    return null;
  }
}
