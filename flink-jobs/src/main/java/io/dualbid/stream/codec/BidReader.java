package io.dualbid.stream.codec;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.dualbid.core.model.Bid;
import io.dualbid.core.model.BidId;
import io.dualbid.core.model.ClickTerms;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Reads the bid of a response as {@link BidCodec} wrote it, in one pass over the bytes: every bid
 * comes back through the journal, so that reading them as trees would cost pacing more than folding
 * them. Fields that it doesn't know are skipped; of a field that comes twice the last counts.
 *
 * <p>Reads one record; not thread safe.
 */
final class BidReader {
  /** Whole numbers that a bid must have, by their place. */
  private static final String[] WHOLE = {
    "reserved_nanos", "lease", "day", "subtask", "deadline", "decided", "epoch"
  };

  private static final int AMOUNT = 0;
  private static final int LEASE = 1;
  private static final int DAY = 2;
  private static final int SUBTASK = 3;
  private static final int DEADLINE = 4;
  private static final int DECIDED = 5;
  private static final int EPOCH = 6;

  private boolean heartbeat;
  private @Nullable String bidId;
  private @Nullable String requestId;
  private @Nullable String impressionId;
  private @Nullable String campaign;
  private @Nullable String creative;
  private final long[] whole = new long[WHOLE.length];
  private int seen;
  private double value;
  private double multiplier;
  private long creditNanos = Bid.NO_RETURN;
  private @Nullable String userKey;
  private long bidNanos;
  private long clickNanos;
  private double clickRate;
  private long clicksUntilMillis;

  /**
   * The bid, or null where the record is a heartbeat.
   *
   * @throws UnreadableRecord if it is neither
   */
  @Nullable Bid read(byte @Nullable [] record) throws UnreadableRecord {
    if (record == null) {
      throw new UnreadableRecord("found no value; accepted: a JSON object");
    }
    if (record.length > Json.MOST_BYTES) {
      throw new UnreadableRecord(Json.tooLong(record.length));
    }
    try (JsonParser in = Json.FACTORY.createParser(record)) {
      if (in.nextToken() != JsonToken.START_OBJECT) {
        throw new UnreadableRecord("found no JSON object; accepted: a JSON object");
      }
      Tokens.eachField(in, this::responseField);
      if (in.nextToken() != null) {
        throw new UnreadableRecord("found more than one JSON value; accepted: a JSON object");
      }
    } catch (IOException | NumberFormatException e) {
      throw new UnreadableRecord(Json.reason(e));
    }
    return heartbeat ? null : bid();
  }

  private Bid bid() throws UnreadableRecord {
    String id = text("id", bidId);
    String request = text("id", requestId);
    for (int i = 0; i < WHOLE.length; i++) {
      if ((seen >>> i & 1) == 0) {
        throw new UnreadableRecord("found no usable '" + WHOLE[i] + "'; accepted: a whole number");
      }
    }
    try {
      return new Bid(
          BidId.parse(id),
          request,
          text("impid", impressionId),
          text("cid", campaign),
          text("crid", creative),
          clickNanos == 0 ? whole[AMOUNT] : bidNanos,
          whole[LEASE],
          whole[DAY],
          (int) whole[SUBTASK],
          whole[DEADLINE],
          whole[DECIDED],
          whole[EPOCH],
          value(),
          creditNanos,
          number("multiplier", multiplier),
          bits(userKey),
          clickNanos == 0 ? null : new ClickTerms(clickNanos, clickRate, clicksUntilMillis));
    } catch (IllegalArgumentException e) {
      throw new UnreadableRecord("found that " + e.getMessage() + "; accepted: a bid as written");
    }
  }

  private static String text(String key, @Nullable String text) throws UnreadableRecord {
    if (text == null || !Json.isId(text)) {
      throw Json.noId(key);
    }
    return text;
  }

  /** What a win is expected to be worth; finite sums are made of it. */
  private double value() throws UnreadableRecord {
    double own = number("value", value);
    if (Math.abs(own) > Bid.MOST_VALUE) {
      throw new UnreadableRecord(
          "found a 'value' of " + own + "; accepted: at most " + Bid.MOST_VALUE);
    }
    return own;
  }

  private static double number(String key, double number) throws UnreadableRecord {
    if (Double.isNaN(number) || Double.isInfinite(number)) {
      throw new UnreadableRecord("found no usable '" + key + "'; accepted: a number");
    }
    return number;
  }

  private static @Nullable Long bits(@Nullable String digits) throws UnreadableRecord {
    try {
      return digits == null ? null : Long.parseUnsignedLong(digits, 16);
    } catch (NumberFormatException e) {
      throw new UnreadableRecord(
          "found no usable 'user_key'; accepted: at most 16 hexadecimal digits");
    }
  }

  private void responseField(String name, JsonParser in) throws IOException {
    switch (name) {
      case "id" -> requestId = string(in);
      case "seatbid" -> first(in, this::seatField);
      case HeartbeatCodec.FIELD -> {
        heartbeat = true;
        in.skipChildren();
      }
      default -> in.skipChildren();
    }
  }

  private void seatField(String name, JsonParser in) throws IOException {
    if (name.equals("bid")) {
      first(in, this::bidField);
    } else {
      in.skipChildren();
    }
  }

  private void bidField(String name, JsonParser in) throws IOException {
    switch (name) {
      case "id" -> bidId = string(in);
      case "impid" -> impressionId = string(in);
      case "cid" -> campaign = string(in);
      case "crid" -> creative = string(in);
      case "ext" -> Tokens.eachFieldOfObject(in, this::extensionField);
      default -> in.skipChildren();
    }
  }

  private void extensionField(String name, JsonParser in) throws IOException {
    if (name.equals("dualbid")) {
      Tokens.eachFieldOfObject(in, this::ownField);
    } else {
      in.skipChildren();
    }
  }

  private void ownField(String name, JsonParser in) throws IOException {
    switch (name) {
      case "reserved_nanos" -> whole(AMOUNT, in);
      case "lease" -> whole(LEASE, in);
      case "day" -> whole(DAY, in);
      case "subtask" -> whole(SUBTASK, in);
      case "deadline" -> whole(DEADLINE, in);
      case "decided" -> whole(DECIDED, in);
      case "epoch" -> whole(EPOCH, in);
      case "value" -> value = number(in);
      case "multiplier" -> multiplier = number(in);
      case "bid_nanos" -> bidNanos = Tokens.whole(in, 0);
      case "click_nanos" -> clickNanos = Tokens.whole(in, 0);
      case "click_rate" -> clickRate = number(in);
      case "clicks_until" -> clicksUntilMillis = Tokens.whole(in, 0);
      case "credit_nanos" -> creditNanos = Tokens.whole(in, Bid.NO_RETURN);
      case "user_key" -> userKey = Tokens.text(in);
      default -> in.skipChildren();
    }
  }

  /** The fields of the first object of a list. */
  private static void first(JsonParser in, Tokens.FieldReader reader) throws IOException {
    if (in.currentToken() != JsonToken.START_ARRAY) {
      in.skipChildren();
      return;
    }
    boolean first = true;
    for (JsonToken token = in.nextToken();
        token != JsonToken.END_ARRAY && token != null;
        token = in.nextToken()) {
      if (first) {
        Tokens.eachFieldOfObject(in, reader);
      } else {
        in.skipChildren();
      }
      first = false;
    }
  }

  private static @Nullable String string(JsonParser in) throws IOException {
    if (in.currentToken() == JsonToken.VALUE_STRING) {
      return in.getText();
    }
    in.skipChildren();
    return null;
  }

  private void whole(int place, JsonParser in) throws IOException {
    boolean usable =
        in.currentToken() == JsonToken.VALUE_NUMBER_INT
            && in.getNumberType() != JsonParser.NumberType.BIG_INTEGER;
    if (usable) {
      whole[place] = in.getLongValue();
      seen |= 1 << place;
    } else {
      seen &= ~(1 << place);
      in.skipChildren();
    }
  }

  /** A number; 0 for null, as for a field that is not there; NaN for what is none. */
  private static double number(JsonParser in) throws IOException {
    JsonToken token = in.currentToken();
    if (token == JsonToken.VALUE_NULL) {
      return 0;
    }
    if (token != null && token.isNumeric()) {
      return in.getDoubleValue();
    }
    in.skipChildren();
    return Double.NaN;
  }
}
