package io.dualbid.stream.codec;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.dualbid.core.model.Deal;
import io.dualbid.core.model.Impression;
import io.dualbid.core.model.MediaType;
import io.dualbid.core.model.Size;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads one impression. Where it takes several kinds of creative, bounds on duration and blocked
 * attributes of all of them hold together: what is bid fits in any case.
 *
 * @see "IAB Tech Lab: OpenRTB 2.6, sections 3.2.4 to 3.2.12"
 */
final class ImpressionDecoder {
  private static final Size UNKNOWN = new Size(0, 0);

  private final Currencies currencies;
  private final String seat;

  private @Nullable String id;
  private final List<MediaType> types = new ArrayList<>(4);
  private final Set<Size> sizes = new LinkedHashSet<>();
  private Size videoSize = UNKNOWN;
  private int minDuration;
  private int maxDuration;
  private @Nullable BigDecimal floor;
  private @Nullable String floorCurrency;
  private boolean privateAuction;
  private final List<Deal> deals = new ArrayList<>();
  private final List<Integer> blockedAttributes = new ArrayList<>();
  private double clickRate;

  // Of the object within the impression that is being read.
  private int width;
  private int height;
  private @Nullable String dealId;
  private @Nullable BigDecimal dealFloor;
  private @Nullable String dealCurrency;
  private final List<String> dealSeats = new ArrayList<>();

  ImpressionDecoder(Currencies currencies, String seat) {
    this.currencies = currencies;
    this.seat = seat;
  }

  /** The impression whose object has just begun, or null where nothing can be bid on it. */
  @Nullable Impression decode(JsonParser in) throws IOException {
    id = null;
    types.clear();
    sizes.clear();
    videoSize = UNKNOWN;
    minDuration = 0;
    maxDuration = Integer.MAX_VALUE;
    floor = null;
    floorCurrency = null;
    privateAuction = false;
    deals.clear();
    blockedAttributes.clear();
    clickRate = Double.NaN;
    Tokens.eachField(in, this::field);
    String ownId = id;
    if (ownId == null || !Json.isId(ownId) || types.isEmpty()) {
      return null;
    }
    return new Impression(
        ownId,
        types,
        List.copyOf(sizes),
        videoSize,
        minDuration,
        maxDuration,
        currencies.floorNanos(floor, floorCurrency),
        privateAuction,
        deals,
        blockedAttributes,
        clickRate >= 0 && clickRate <= 1 ? clickRate : Double.NaN);
  }

  private void field(String name, JsonParser in) throws IOException {
    switch (name) {
      case "id" -> id = Tokens.text(in);
      case "banner" -> kind(MediaType.BANNER, in);
      case "video" -> kind(MediaType.VIDEO, in);
      case "audio" -> kind(MediaType.AUDIO, in);
      case "native" -> kind(MediaType.NATIVE, in);
      case "bidfloor" -> floor = Tokens.decimal(in);
      case "bidfloorcur" -> floorCurrency = Tokens.text(in);
      case "pmp" -> Tokens.eachFieldOfObject(in, this::privateField);
      case "ext" -> Tokens.eachFieldOfObject(in, this::extField);
      default -> in.skipChildren();
    }
  }

  private void kind(MediaType type, JsonParser in) throws IOException {
    if (in.currentToken() != JsonToken.START_OBJECT) {
      in.skipChildren();
      return;
    }
    if (!types.contains(type)) {
      types.add(type);
    }
    width = 0;
    height = 0;
    Tokens.eachField(in, this::kindField);
    if (type == MediaType.VIDEO) {
      videoSize = new Size(width, height);
    } else if (type == MediaType.BANNER) {
      addSize(in);
    }
  }

  private void kindField(String name, JsonParser in) throws IOException {
    switch (name) {
      case "w" -> width = Tokens.small(in, 0);
      case "h" -> height = Tokens.small(in, 0);
      case "format" -> Tokens.eachObject(in, this::format);
      case "minduration" -> minDuration = Math.max(minDuration, Tokens.small(in, 0));
      case "maxduration" -> {
        int most = Tokens.small(in, 0);
        maxDuration = most > 0 ? Math.min(maxDuration, most) : maxDuration;
      }
      case "battr" -> Tokens.wholes(in, blockedAttributes);
      default -> in.skipChildren();
    }
  }

  private void format(JsonParser in) throws IOException {
    int outerWidth = width;
    int outerHeight = height;
    width = 0;
    height = 0;
    Tokens.eachField(
        in,
        (name, value) -> {
          switch (name) {
            case "w" -> width = Tokens.small(value, 0);
            case "h" -> height = Tokens.small(value, 0);
            default -> value.skipChildren();
          }
        });
    addSize(in);
    width = outerWidth;
    height = outerHeight;
  }

  private void addSize(JsonParser in) throws IOException {
    if (width > 0 && height > 0) {
      Tokens.requireRoom(in, sizes);
      sizes.add(new Size(width, height));
    }
  }

  private void privateField(String name, JsonParser in) throws IOException {
    switch (name) {
      case "private_auction" -> privateAuction = Tokens.whole(in, 0) == 1;
      case "deals" -> Tokens.eachObject(in, this::deal);
      default -> in.skipChildren();
    }
  }

  private void deal(JsonParser in) throws IOException {
    dealId = null;
    dealFloor = null;
    dealCurrency = null;
    dealSeats.clear();
    Tokens.eachField(in, this::dealField);
    String own = dealId;
    if (own != null && Json.isId(own) && (dealSeats.isEmpty() || dealSeats.contains(seat))) {
      Tokens.requireRoom(in, deals);
      deals.add(new Deal(own, currencies.floorNanos(dealFloor, dealCurrency)));
    }
  }

  private void dealField(String name, JsonParser in) throws IOException {
    switch (name) {
      case "id" -> dealId = Tokens.text(in);
      case "bidfloor" -> dealFloor = Tokens.decimal(in);
      case "bidfloorcur" -> dealCurrency = Tokens.text(in);
      case "wseat" -> Tokens.texts(in, dealSeats);
      default -> in.skipChildren();
    }
  }

  private void extField(String name, JsonParser in) throws IOException {
    if (name.equals("pctr")) {
      clickRate = Tokens.number(in);
    } else {
      in.skipChildren();
    }
  }
}
