package io.dualbid.core.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an exchange offers, reduced to what decisions need (OpenRTB 2.6, section 3.2.1).
 *
 * @param id identity given by the exchange
 * @param timeMillis when the request was made, since the epoch
 * @param tmaxMillis time the exchange waits for an answer
 * @param firstPrice whether the winner pays its bid (at 1)
 * @param test whether the auction is a test that is not billable
 * @param responseCurrency the currency to bid in; null where none that is accepted has a rate
 * @param seatAllowed whether the seat list of the request admits us
 * @param places names of the place, most specific first: site domain, or app bundle and domain;
 *     lower case
 * @param country ISO 3166-1 alpha-3, upper case, or null
 * @param region {@code COUNTRY-REGION} in the form of {@link Targeting#regions}, or null
 * @param device device type, or null
 * @param user identity of the user at the exchange, or null
 * @param segments segments of the user
 * @param blockedCategories categories that the publisher blocks (bcat)
 * @param blockedAdvertisers advertiser domains that the publisher blocks (badv), lower case
 * @param impressions what is on offer; may be empty
 */
public record BidRequest(
    String id,
    long timeMillis,
    int tmaxMillis,
    boolean firstPrice,
    boolean test,
    @Nullable String responseCurrency,
    boolean seatAllowed,
    List<String> places,
    @Nullable String country,
    @Nullable String region,
    @Nullable DeviceType device,
    @Nullable String user,
    List<String> segments,
    List<String> blockedCategories,
    List<String> blockedAdvertisers,
    List<Impression> impressions) {
  /** A request for a second-price auction. */
  public BidRequest(
      String id,
      long timeMillis,
      int tmaxMillis,
      boolean test,
      @Nullable String responseCurrency,
      boolean seatAllowed,
      List<String> places,
      @Nullable String country,
      @Nullable String region,
      @Nullable DeviceType device,
      @Nullable String user,
      List<String> segments,
      List<String> blockedCategories,
      List<String> blockedAdvertisers,
      List<Impression> impressions) {
    this(
        id,
        timeMillis,
        tmaxMillis,
        false,
        test,
        responseCurrency,
        seatAllowed,
        places,
        country,
        region,
        device,
        user,
        segments,
        blockedCategories,
        blockedAdvertisers,
        impressions);
  }

  public BidRequest {
    places = List.copyOf(places);
    segments = List.copyOf(segments);
    blockedCategories = List.copyOf(blockedCategories);
    blockedAdvertisers = List.copyOf(blockedAdvertisers);
    impressions = List.copyOf(impressions);
  }

  /** The last moment at which the exchange takes an answer. */
  public long deadlineMillis() {
    return timeMillis + tmaxMillis;
  }
}
