package io.dualbid.stream.codec;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.dualbid.core.configuration.EngineConfig.Account;
import io.dualbid.core.model.BidRequest;
import io.dualbid.core.model.DeviceType;
import io.dualbid.core.model.Impression;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads OpenRTB bid requests, in one pass over the bytes.
 *
 * <p>Lenient as real traffic demands: unknown fields and values of the wrong type are skipped; only
 * a request that is no JSON object, or has no id, can't be read. An impression without an id of its
 * own, or of no known kind, can't be bid on and is left out. Lists have a limit, far above what
 * exchanges send: a longer one makes the request unreadable, since half of a list of what is
 * blocked would be a wrong one, and all of it would hold up the requests behind.
 *
 * <p>Not thread safe: one decoder a thread.
 *
 * @see "IAB Tech Lab: OpenRTB 2.6, section 3.2"
 */
public final class BidRequestDecoder {
  private final String seat;
  private final int defaultTmaxMillis;

  /** Auction types (at); without one an auction is second-price. */
  private static final int FIRST_PRICE = 1;

  private static final int SECOND_PRICE = 2;

  /** Each costs a decision; exchanges send a few. */
  private static final int MOST_IMPRESSIONS = 256;

  private final Currencies currencies;
  private final ImpressionDecoder impressionDecoder;

  // What has been read of the request under way.
  private @Nullable String id;
  private long tmax;
  private boolean firstPrice;
  private boolean test;
  private boolean seatAllowed;
  private @Nullable String domain;
  private @Nullable String page;
  private @Nullable String bundle;
  private @Nullable String deviceCountry;
  private @Nullable String deviceRegion;
  private @Nullable String userCountry;
  private @Nullable String userRegion;
  private @Nullable DeviceType device;
  private @Nullable String userId;
  private @Nullable String buyerUid;
  private @Nullable String advertisingId;
  private boolean trackingLimited;
  private final List<String> accepted = new ArrayList<>();
  private final List<String> segments = new ArrayList<>();
  private final List<String> blockedCategories = new ArrayList<>();
  private final List<String> blockedAdvertisers = new ArrayList<>();
  private final List<Impression> impressions = new ArrayList<>();
  private final Set<String> impressionIds = new HashSet<>();

  /**
   * A decoder.
   *
   * @param account currency, rates and seat
   * @param defaultTmaxMillis time to answer where a request names none
   */
  public BidRequestDecoder(Account account, int defaultTmaxMillis) {
    String own = account.seat();
    this.seat = own == null ? "" : own;
    this.defaultTmaxMillis = defaultTmaxMillis;
    this.currencies = new Currencies(account);
    this.impressionDecoder = new ImpressionDecoder(currencies, seat);
  }

  /**
   * Reads a request.
   *
   * @param value the bytes of the record
   * @param timeMillis when it was written
   * @throws UnreadableRecord if it is no JSON object or has no id
   */
  public BidRequest decode(byte @Nullable [] value, long timeMillis) throws UnreadableRecord {
    if (value == null) {
      throw new UnreadableRecord("found no value; accepted: an OpenRTB bid request");
    }
    if (value.length > Json.MOST_BYTES) {
      throw new UnreadableRecord(Json.tooLong(value.length));
    }
    forget();
    try (JsonParser in = Json.FACTORY.createParser(value)) {
      if (in.nextToken() != JsonToken.START_OBJECT) {
        throw new UnreadableRecord("found no JSON object; accepted: an OpenRTB bid request");
      }
      Tokens.eachField(in, this::field);
      if (in.nextToken() != null) {
        throw new UnreadableRecord("found more than one JSON value; accepted: one bid request");
      }
    } catch (IOException | NumberFormatException e) {
      throw new UnreadableRecord(Json.reason(e));
    }
    return request(timeMillis);
  }

  private void forget() {
    id = null;
    tmax = 0;
    firstPrice = false;
    test = false;
    seatAllowed = true;
    domain = null;
    page = null;
    bundle = null;
    deviceCountry = null;
    deviceRegion = null;
    userCountry = null;
    userRegion = null;
    device = null;
    userId = null;
    buyerUid = null;
    advertisingId = null;
    trackingLimited = false;
    accepted.clear();
    segments.clear();
    blockedCategories.clear();
    blockedAdvertisers.clear();
    impressions.clear();
    impressionIds.clear();
  }

  private BidRequest request(long timeMillis) throws UnreadableRecord {
    String requestId = id;
    if (requestId == null || !Json.isId(requestId)) {
      throw Json.noId("id");
    }
    String country = Countries.country(deviceCountry);
    String region = deviceRegion;
    if (country == null) {
      country = Countries.country(userCountry);
      region = userRegion;
    }
    boolean usable = tmax > 0 && tmax <= Integer.MAX_VALUE;
    return new BidRequest(
        requestId,
        timeMillis,
        usable ? (int) tmax : defaultTmaxMillis,
        firstPrice,
        test,
        currencies.response(accepted),
        seatAllowed,
        places(),
        country,
        Countries.region(country, region),
        device,
        user(),
        segments,
        blockedCategories,
        blockedAdvertisers,
        impressions);
  }

  private List<String> places() {
    List<String> places = new ArrayList<>(2);
    addPlace(places, bundle);
    addPlace(places, domain == null ? host(page) : domain);
    return places;
  }

  private static void addPlace(List<String> places, @Nullable String name) {
    if (name != null && !name.isEmpty()) {
      places.add(name.toLowerCase(Locale.ROOT));
    }
  }

  /** The host of an address, or null. */
  private static @Nullable String host(@Nullable String address) {
    int scheme = address == null ? -1 : address.indexOf("://");
    if (address == null || scheme < 0) {
      return null;
    }
    int from = scheme + 3;
    int to = from;
    while (to < address.length() && "/?#:".indexOf(address.charAt(to)) < 0) {
      to++;
    }
    return address.substring(from, to);
  }

  private @Nullable String user() {
    if (userId != null) {
      return userId;
    }
    if (buyerUid != null) {
      return buyerUid;
    }
    return trackingLimited ? null : advertisingId;
  }

  private void field(String name, JsonParser in) throws IOException {
    switch (name) {
      case "id" -> id = Tokens.text(in);
      case "tmax" -> tmax = Tokens.whole(in, 0);
      case "at" -> firstPrice = Tokens.whole(in, SECOND_PRICE) == FIRST_PRICE;
      case "test" -> test = Tokens.whole(in, 0) == 1;
      case "cur" -> Tokens.texts(in, accepted);
      case "wseat" -> seatAllowed &= listed(in, true);
      case "bseat" -> seatAllowed &= !listed(in, false);
      case "bcat" -> Tokens.texts(in, blockedCategories);
      case "badv" -> {
        int before = blockedAdvertisers.size();
        Tokens.texts(in, blockedAdvertisers);
        blockedAdvertisers
            .subList(before, blockedAdvertisers.size())
            .replaceAll(text -> text.toLowerCase(Locale.ROOT));
      }
      case "imp" -> Tokens.eachObject(in, this::impression);
      case "site", "app", "dooh" -> Tokens.eachFieldOfObject(in, this::placeField);
      case "device" -> Tokens.eachFieldOfObject(in, this::deviceField);
      case "user" -> Tokens.eachFieldOfObject(in, this::userField);
      default -> in.skipChildren();
    }
  }

  /** Whether our seat is in a list; {@code ifEmpty} where the list is empty or none. */
  private boolean listed(JsonParser in, boolean ifEmpty) throws IOException {
    List<String> seats = new ArrayList<>();
    Tokens.texts(in, seats);
    return seats.isEmpty() ? ifEmpty : seats.contains(seat);
  }

  private void impression(JsonParser in) throws IOException {
    Impression impression = impressionDecoder.decode(in);
    if (impression != null && impressionIds.add(impression.id())) {
      if (impressions.size() == MOST_IMPRESSIONS) {
        throw new JsonParseException(in, "more than " + MOST_IMPRESSIONS + " impressions");
      }
      impressions.add(impression);
    }
  }

  private void placeField(String name, JsonParser in) throws IOException {
    switch (name) {
      case "domain" -> domain = Tokens.text(in);
      case "page" -> page = Tokens.text(in);
      case "bundle" -> bundle = Tokens.text(in);
      default -> in.skipChildren();
    }
  }

  private void deviceField(String name, JsonParser in) throws IOException {
    switch (name) {
      case "devicetype" -> device = DeviceType.ofCode((int) Tokens.whole(in, 0));
      case "ifa" -> advertisingId = Tokens.text(in);
      case "lmt" -> trackingLimited = Tokens.whole(in, 0) == 1;
      case "geo" ->
          Tokens.eachFieldOfObject(
              in,
              (key, value) -> {
                switch (key) {
                  case "country" -> deviceCountry = Tokens.text(value);
                  case "region" -> deviceRegion = Tokens.text(value);
                  default -> value.skipChildren();
                }
              });
      default -> in.skipChildren();
    }
  }

  private void userField(String name, JsonParser in) throws IOException {
    switch (name) {
      case "id" -> userId = Tokens.text(in);
      case "buyeruid" -> buyerUid = Tokens.text(in);
      case "geo" ->
          Tokens.eachFieldOfObject(
              in,
              (key, value) -> {
                switch (key) {
                  case "country" -> userCountry = Tokens.text(value);
                  case "region" -> userRegion = Tokens.text(value);
                  default -> value.skipChildren();
                }
              });
      case "data" -> Tokens.eachObject(in, data -> Tokens.eachField(data, this::dataField));
      default -> in.skipChildren();
    }
  }

  private void dataField(String name, JsonParser in) throws IOException {
    if (name.equals("segment")) {
      Tokens.eachObject(in, segment -> Tokens.eachField(segment, this::segmentField));
    } else {
      in.skipChildren();
    }
  }

  private void segmentField(String name, JsonParser in) throws IOException {
    String segment = name.equals("id") ? Tokens.text(in) : null;
    if (segment != null) {
      segments.add(segment);
    } else {
      in.skipChildren();
    }
  }
}
