package io.dualbid.simulator.episodes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.OptionalInt;

/**
 * Base bids of Lin that were tuned on training auctions which are not at hand, by campaign and
 * budget fraction; the resource {@code tuned-base-bids.json} says where they are from.
 */
final class TunedBaseBids {
  private static final String RESOURCE = "/tuned-base-bids.json";
  private static final double SAME = 1e-9;

  private final JsonNode campaigns;

  private TunedBaseBids(JsonNode campaigns) {
    this.campaigns = campaigns;
  }

  /** Those that come with the program. */
  static TunedBaseBids known() {
    try (InputStream in = TunedBaseBids.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new IllegalStateException("the program is incomplete: no " + RESOURCE);
      }
      return new TunedBaseBids(new ObjectMapper().readTree(in).path("campaigns"));
    } catch (IOException e) {
      throw new UncheckedIOException(RESOURCE, e);
    }
  }

  /** The base bid of a campaign with a budget fraction, where one is known. */
  OptionalInt of(String campaign, double fraction) {
    for (JsonNode tuned : campaigns.path(campaign)) {
      if (Math.abs(tuned.path("fraction").asDouble() / fraction - 1) < SAME) {
        return OptionalInt.of(tuned.path("base_bid").asInt());
      }
    }
    return OptionalInt.empty();
  }
}
