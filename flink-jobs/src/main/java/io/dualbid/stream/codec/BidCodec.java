package io.dualbid.stream.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import io.dualbid.core.configuration.EngineConfig.Account;
import io.dualbid.core.engine.Offer;
import io.dualbid.core.model.Bid;
import io.dualbid.core.model.BidRequest;
import io.dualbid.core.model.Campaign;
import io.dualbid.core.model.ClickTerms;
import io.dualbid.core.model.Creative;
import io.dualbid.core.model.Deal;
import java.io.IOException;

/**
 * Bids as OpenRTB bid responses, one bid a record; what the ledgers need is in {@code
 * seatbid[0].bid[0].ext.dualbid}.
 *
 * @see "IAB Tech Lab: OpenRTB 2.6, section 4.2"
 * @see BidReader
 */
public final class BidCodec {
  private final ObjectWriter writer = new ObjectWriter();
  private final Currencies currencies;
  private final String seat;

  /** A codec for bids of this account. */
  public BidCodec(Account account) {
    currencies = new Currencies(account);
    String own = account.seat();
    seat = own == null ? "" : own;
  }

  /**
   * The response that makes an offer.
   *
   * @param decidedMillis when it was decided
   * @param order who decided it, and after what
   */
  public byte[] encode(
      BidRequest request, Offer offer, long decidedMillis, RequestPlace place, AnswerOrder order) {
    String currency = request.responseCurrency();
    if (currency == null) {
      throw new IllegalStateException("an offer without a currency: request " + request.id());
    }
    Bid bid = offer.toBid(request.id(), order.subtask(), decidedMillis);
    return response(
        bid,
        currency,
        out -> writeAd(out, offer),
        out -> {
          order.write(out, decidedMillis);
          writePlace(out, place);
        });
  }

  /**
   * The response that promises to pay for an ad in a text. It tells the request as {@code
   * placement}, since bid requests are another topic.
   *
   * @param currency to state the price in
   */
  public byte[] encode(Bid bid, Campaign campaign, String currency, RequestPlace place) {
    return response(
        bid,
        currency,
        out -> writeAdvertiser(out, campaign, bid.creative()),
        out -> {
          out.writeNumberField("subtask", bid.subtask());
          out.writeNumberField("decided", bid.decidedMillis());
          writePlace(out, "placement", place);
        });
  }

  /**
   * A response with one bid.
   *
   * @param ad writes what is shown
   * @param origin writes who decided it, and what it answers
   */
  private byte[] response(Bid bid, String currency, Json.Fields ad, Json.Fields origin) {
    return writer.object(
        out -> {
          out.writeStringField("id", bid.requestId());
          out.writeStringField("cur", currency);
          out.writeArrayFieldStart("seatbid");
          out.writeStartObject();
          if (!seat.isEmpty()) {
            out.writeStringField("seat", seat);
          }
          out.writeArrayFieldStart("bid");
          out.writeStartObject();
          out.writeStringField("id", bid.id().toString());
          out.writeStringField("impid", bid.impressionId());
          out.writeNumberField("price", currencies.cpm(bid.amountNanos(), currency));
          ad.write(out);
          out.writeObjectFieldStart("ext");
          out.writeObjectFieldStart("dualbid");
          writeLedgerFields(out, bid);
          origin.write(out);
          out.writeEndObject();
          out.writeEndObject();
          out.writeEndObject();
          out.writeEndArray();
          out.writeEndObject();
          out.writeEndArray();
        });
  }

  private static void writeAdvertiser(JsonGenerator out, Campaign campaign, String creative)
      throws IOException {
    out.writeStringField("cid", campaign.id());
    out.writeStringField("crid", creative);
    out.writeArrayFieldStart("adomain");
    out.writeString(campaign.advertiserDomain());
    out.writeEndArray();
    if (!campaign.categories().isEmpty()) {
      out.writeArrayFieldStart("cat");
      for (String category : campaign.categories()) {
        out.writeString(category);
      }
      out.writeEndArray();
    }
  }

  private static void writeAd(JsonGenerator out, Offer offer) throws IOException {
    Creative creative = offer.creative();
    writeAdvertiser(out, offer.campaign(), creative.id());
    Deal deal = offer.deal();
    if (deal != null) {
      out.writeStringField("dealid", deal.id());
    }
    if (creative.size().width() > 0) {
      out.writeNumberField("w", creative.size().width());
      out.writeNumberField("h", creative.size().height());
    }
    out.writeNumberField(
        "mtype",
        switch (creative.type()) {
          case BANNER -> 1;
          case VIDEO -> 2;
          case AUDIO -> 3;
          case NATIVE -> 4;
        });
  }

  private static void writeLedgerFields(JsonGenerator out, Bid bid) throws IOException {
    out.writeNumberField("reserved_nanos", bid.reservedNanos());
    ClickTerms click = bid.click();
    if (click != null) {
      out.writeNumberField("bid_nanos", bid.amountNanos());
      out.writeNumberField("click_nanos", click.priceNanos());
      Json.writeNumber(out, "click_rate", click.clickRate());
      out.writeNumberField("clicks_until", click.untilMillis());
    }
    out.writeNumberField("lease", bid.leaseId());
    out.writeNumberField("day", bid.day());
    out.writeNumberField("deadline", bid.deadlineMillis());
    out.writeNumberField("epoch", bid.epoch());
    Json.writeNumber(out, "value", bid.value());
    if (bid.creditNanos() != Bid.NO_RETURN) {
      out.writeNumberField("credit_nanos", bid.creditNanos());
    }
    Json.writeNumber(out, "multiplier", bid.multiplier());
    Long userKey = bid.userKey();
    if (userKey != null) {
      out.writeStringField("user_key", Long.toHexString(userKey));
    }
  }

  static void writePlace(JsonGenerator out, RequestPlace place) throws IOException {
    writePlace(out, "request", place);
  }

  private static void writePlace(JsonGenerator out, String field, RequestPlace place)
      throws IOException {
    out.writeObjectFieldStart(field);
    out.writeNumberField("partition", place.partition());
    out.writeNumberField("offset", place.offset());
    out.writeEndObject();
  }

  /** Which request a response answers. */
  static RequestPlace place(JsonNode response) {
    JsonNode bid = response.path("seatbid").path(0).path("bid").path(0);
    return placeWithin(bid.path("ext").path("dualbid"));
  }

  static RequestPlace placeWithin(JsonNode own) {
    JsonNode place = own.path("request");
    return place.path("partition").isInt()
        ? new RequestPlace(place.path("partition").asInt(), place.path("offset").asLong())
        : RequestPlace.UNKNOWN;
  }
}
