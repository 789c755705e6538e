package io.dualbid.stream.codec;

import com.fasterxml.jackson.databind.JsonNode;
import io.dualbid.core.model.Reason;
import org.jspecify.annotations.Nullable;

/**
 * Requests without a bid, as OpenRTB responses with a no-bid reason; our own, finer reason is in
 * {@code ext.dualbid}.
 *
 * @see "IAB Tech Lab: OpenRTB 2.6, section 4.2.1, and list 5.24"
 */
public final class NoBidCodec {
  private NoBidCodec() {}

  /**
   * A no-bid.
   *
   * @param reason label of our reason, see {@link Reason}
   * @param place the request that it answers
   */
  public record NoBid(String reason, RequestPlace place) {}

  /**
   * The response that declines a request.
   *
   * @param decidedMillis when it was decided
   * @param order after what
   */
  public static byte[] encode(
      String requestId, Reason reason, long decidedMillis, RequestPlace place, AnswerOrder order) {
    return Json.object(
        out -> {
          out.writeStringField("id", requestId);
          out.writeNumberField("nbr", reason.openRtbCode());
          out.writeObjectFieldStart("ext");
          out.writeObjectFieldStart("dualbid");
          out.writeStringField("reason", reason.label());
          out.writeNumberField("number", reason.number());
          order.write(out, decidedMillis);
          BidCodec.writePlace(out, place);
          out.writeEndObject();
          out.writeEndObject();
        });
  }

  /** Reads a no-bid. */
  public static NoBid decode(byte @Nullable [] value) throws UnreadableRecord {
    JsonNode own = Json.parse(value).path("ext").path("dualbid");
    return new NoBid(Json.text(own, "reason"), BidCodec.placeWithin(own));
  }
}
