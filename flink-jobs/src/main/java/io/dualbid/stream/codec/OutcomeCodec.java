package io.dualbid.stream.codec;

import com.fasterxml.jackson.databind.JsonNode;
import io.dualbid.core.model.BidId;
import io.dualbid.core.model.Money;
import io.dualbid.core.model.Outcome;
import io.dualbid.core.model.Outcome.Kind;

/** Wins, losses, clicks, conversions and corrections. Prices are CPM in account currency. */
public final class OutcomeCodec {
  private OutcomeCodec() {}

  /** An outcome as a record. */
  public static byte[] encode(Outcome outcome) {
    return Json.object(
        out -> {
          out.writeStringField("id", outcome.id());
          out.writeStringField("type", outcome.kind().label());
          out.writeStringField("bid", outcome.bidId().toString());
          out.writeStringField("campaign", outcome.campaign());
          out.writeNumberField("time", outcome.timeMillis());
          if (outcome.kind() == Kind.WIN) {
            out.writeNumberField("price", Money.cpm(outcome.priceNanos()));
          }
          if (outcome.minimumToWinNanos() != Outcome.UNKNOWN) {
            out.writeNumberField("minimum_to_win", Money.cpm(outcome.minimumToWinNanos()));
          }
          if (outcome.value() != 0) {
            Json.writeNumber(out, "value", outcome.value());
          }
          if (outcome.expectedValue() != 0) {
            Json.writeNumber(out, "expected_value", outcome.expectedValue());
          }
          if (outcome.wonMillis() != Outcome.UNKNOWN) {
            out.writeNumberField("won", outcome.wonMillis());
          }
          Long userKey = outcome.userKey();
          if (userKey != null) {
            out.writeStringField("user_key", Long.toHexString(userKey));
          }
        });
  }

  static Outcome decode(JsonNode node) throws UnreadableRecord {
    try {
      Kind kind = kind(Json.text(node, "type"));
      return new Outcome(
          Json.text(node, "id"),
          kind,
          BidId.parse(Json.text(node, "bid")),
          Json.text(node, "campaign"),
          Json.whole(node, "time"),
          kind == Kind.WIN ? price(node, "price") : 0,
          node.has("minimum_to_win") ? price(node, "minimum_to_win") : Outcome.UNKNOWN,
          Json.value(node, "value"),
          Json.bits(node, "user_key"),
          node.has("won") ? Json.whole(node, "won") : Outcome.UNKNOWN,
          kind == Kind.CORRECTION ? Json.value(node, "expected_value") : 0);
    } catch (IllegalArgumentException e) {
      throw new UnreadableRecord("found that " + e.getMessage() + "; accepted: an outcome");
    }
  }

  private static Kind kind(String label) throws UnreadableRecord {
    for (Kind kind : Kind.values()) {
      if (kind.label().equals(label)) {
        return kind;
      }
    }
    throw new UnreadableRecord(
        "found the type '" + label + "'; accepted: win, loss, click, conversion or correction");
  }

  private static long price(JsonNode node, String key) throws UnreadableRecord {
    JsonNode price = node.path(key);
    if (price.isNumber() && price.decimalValue().signum() >= 0) {
      var decimal = price.decimalValue();
      if (Math.abs((long) decimal.precision() - decimal.scale()) <= 18) {
        try {
          return Money.nanosOfCpm(decimal);
        } catch (ArithmeticException e) {
          throw unusable(key);
        }
      }
    }
    throw unusable(key);
  }

  private static UnreadableRecord unusable(String key) {
    return new UnreadableRecord(
        "found no usable '" + key + "'; accepted: a CPM price in account currency, at least 0");
  }
}
