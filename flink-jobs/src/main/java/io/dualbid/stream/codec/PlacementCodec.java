package io.dualbid.stream.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import io.dualbid.core.engine.ContentRequest;
import io.dualbid.core.engine.PlacementDecision;
import io.dualbid.core.engine.PlacementDecision.Out;
import io.dualbid.core.engine.PlacementDecision.Shown;
import io.dualbid.core.model.BidId;
import io.dualbid.core.model.ClickTerms;
import io.dualbid.core.model.Money;
import io.dualbid.core.model.Reason;
import io.dualbid.core.placement.Lost;
import io.dualbid.core.placement.Placed;
import io.dualbid.core.placement.PlacementResult;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Placements: which ads stand where in a text, what each owes, and why the others don't. Of several
 * records for one request the first counts, and of its ads those whose bid is in the journal in
 * time.
 */
public final class PlacementCodec {
  private final ObjectWriter writer = new ObjectWriter();

  /**
   * A placement.
   *
   * @param requestId the request that it answers
   * @param ads in reading order; may be empty
   * @param reason label of why there are none, or null
   * @param place where the request stands
   */
  public record Placement(
      String requestId, List<PlacedAd> ads, @Nullable String reason, RequestPlace place) {
    /** Copies the list. */
    public Placement {
      ads = List.copyOf(ads);
    }
  }

  /**
   * An ad that is to be shown.
   *
   * @param campaign who pays
   * @param creative what is shown
   * @param position index of the position
   * @param bid the promise to pay
   */
  public record PlacedAd(String campaign, String creative, int position, BidId bid) {}

  /**
   * The record that tells a decision.
   *
   * @param decidedMillis when it was made
   * @param order after what
   */
  public byte[] encode(
      ContentRequest request,
      PlacementDecision decision,
      long decidedMillis,
      RequestPlace place,
      AnswerOrder order) {
    return writer.object(
        out -> {
          out.writeStringField("id", request.context().id());
          out.writeArrayFieldStart("placements");
          for (Shown shown : decision.shown()) {
            writeShown(out, request, shown);
          }
          out.writeEndArray();
          writeLosers(out, decision);
          PlacementResult auction = decision.auction();
          if (auction != null) {
            out.writeStringField("rule", auction.rule());
            Json.writeNumber(out, "guarantee", auction.guarantee());
            Json.writeNumber(out, "welfare", auction.welfare());
            Json.writeNumber(out, "revenue", auction.revenue());
            Json.writeNumber(out, "no_click", auction.noClick());
          }
          writeOwn(out, decision.reason(), decidedMillis, place, order);
        });
  }

  /**
   * The record that tells that a request was not decided on.
   *
   * @param reason why
   * @param decidedMillis when it was put aside
   * @param order after what
   */
  public byte[] decline(
      String requestId, Reason reason, long decidedMillis, RequestPlace place, AnswerOrder order) {
    return writer.object(
        out -> {
          out.writeStringField("id", requestId);
          out.writeArrayFieldStart("placements");
          out.writeEndArray();
          out.writeArrayFieldStart("losers");
          out.writeEndArray();
          writeOwn(out, reason, decidedMillis, place, order);
        });
  }

  private static void writeOwn(
      JsonGenerator out,
      @Nullable Reason reason,
      long decidedMillis,
      RequestPlace place,
      AnswerOrder order)
      throws IOException {
    out.writeObjectFieldStart("ext");
    out.writeObjectFieldStart("dualbid");
    if (reason != null) {
      out.writeStringField("reason", reason.label());
      out.writeNumberField("number", reason.number());
    }
    order.write(out, decidedMillis);
    BidCodec.writePlace(out, place);
    out.writeEndObject();
    out.writeEndObject();
  }

  private static void writeShown(JsonGenerator out, ContentRequest request, Shown shown)
      throws IOException {
    Placed placed = shown.placed();
    ClickTerms click = shown.bid().click();
    out.writeStartObject();
    out.writeStringField("campaign", shown.campaign().id());
    out.writeStringField("creative", shown.bid().creative());
    out.writeNumberField("position", placed.position());
    out.writeNumberField("offset", request.positions().get(placed.position()).offset());
    Json.writeNumber(out, "click_probability", placed.clickProbability());
    Json.writeNumber(out, "show_probability", placed.showProbability());
    Json.writeNumber(out, "bid", placed.bid());
    Json.writeNumber(out, "price_per_click", placed.pricePerClick());
    Json.writeNumber(out, "expected_payment", placed.expectedPayment());
    out.writeStringField("billing", click == null ? "cpm" : "cpc");
    out.writeNumberField(
        "owed", Money.units(click == null ? shown.bid().amountNanos() : click.priceNanos()));
    out.writeStringField("bid_id", shown.bid().id().toString());
    out.writeNumberField("deadline", shown.bid().deadlineMillis());
    out.writeEndObject();
  }

  private static void writeLosers(JsonGenerator out, PlacementDecision decision)
      throws IOException {
    out.writeArrayFieldStart("losers");
    PlacementResult auction = decision.auction();
    if (auction != null) {
      for (Lost lost : auction.lost()) {
        writeLoser(out, lost.ad(), lost.reason().label());
      }
      for (Placed placed : auction.placed()) {
        if (decision.shown().stream().noneMatch(s -> s.placed().ad().equals(placed.ad()))) {
          writeLoser(out, placed.ad(), "coin");
        }
      }
    }
    for (Out each : decision.out()) {
      writeLoser(out, each.campaign(), each.reason().label());
    }
    out.writeEndArray();
  }

  private static void writeLoser(JsonGenerator out, String campaign, String reason)
      throws IOException {
    out.writeStartObject();
    out.writeStringField("campaign", campaign);
    out.writeStringField("reason", reason);
    out.writeEndObject();
  }

  /** Reads a placement. */
  public static Placement decode(byte @Nullable [] value) throws UnreadableRecord {
    JsonNode node = Json.parse(value);
    List<PlacedAd> ads = new ArrayList<>();
    for (JsonNode ad : node.path("placements")) {
      try {
        ads.add(
            new PlacedAd(
                Json.text(ad, "campaign"),
                Json.text(ad, "creative"),
                (int) Json.whole(ad, "position"),
                BidId.parse(Json.text(ad, "bid_id"))));
      } catch (IllegalArgumentException e) {
        throw new UnreadableRecord("found that " + e.getMessage() + "; accepted: the id of a bid");
      }
    }
    JsonNode own = node.path("ext").path("dualbid");
    return new Placement(
        Json.text(node, "id"),
        ads,
        own.has("reason") ? own.path("reason").asText() : null,
        BidCodec.placeWithin(own));
  }
}
