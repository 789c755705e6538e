package io.dualbid.core.model;

/**
 * Why a request got no bid, or why a campaign was out of a request.
 *
 * <p>Numbers are grouped by hundreds and never reused, since they travel in no-bid responses and in
 * metrics. Of the reasons of several candidates the one that came closest to a bid is told: the
 * highest number.
 */
public enum Reason {
  /** The deadline of the request had passed when it was read. */
  REQUEST_EXPIRED(101, "request-expired"),
  /** The request has no impression to bid on. */
  NO_IMPRESSION(102, "no-impression"),
  /** No accepted currency has a configured rate to the account currency. */
  CURRENCY_UNKNOWN(103, "currency-unknown"),
  /** The request is marked as a test. */
  TEST_REQUEST(104, "test-request"),
  /** The seat that bids is not among those the request allows. */
  SEAT_NOT_ALLOWED(105, "seat-not-allowed"),
  /** More requests come than can be answered: it was put aside unread, for newer ones. */
  OVERLOADED(106, "overloaded"),

  /** Campaigns and multipliers have not been read to their end yet. */
  WARMING_UP(201, "warming-up"),

  /** No campaign targets this request. */
  NO_CANDIDATE(301, "no-candidate"),
  /** The request falls outside the flight of the campaign. */
  OUTSIDE_FLIGHT(302, "outside-flight"),
  /** The campaign does not run at this hour of its zone. */
  OUTSIDE_DAYPART(303, "outside-daypart"),
  /** The campaign is paused, ended or halted. */
  NOT_ACTIVE(304, "not-active"),

  /** The publisher blocks the category of the advertiser (bcat). */
  BLOCKED_CATEGORY(401, "blocked-category"),
  /** The publisher blocks the advertiser (badv). */
  BLOCKED_ADVERTISER(402, "blocked-advertiser"),
  /** The publisher blocks an attribute of the creative (battr). */
  BLOCKED_ATTRIBUTE(403, "blocked-attribute"),
  /** A private auction without a deal of the campaign. */
  DEAL_REQUIRED(404, "deal-required"),

  /** The user has seen the campaign as often as allowed. */
  FREQUENCY_CAPPED(501, "frequency-capped"),

  /** Nothing to gain: value or bid is zero. */
  NO_VALUE(601, "no-value"),
  /** The bid lies below the floor. */
  BELOW_FLOOR(602, "below-floor"),
  /** The floor is in a currency without a configured rate. */
  FLOOR_CURRENCY_UNKNOWN(603, "floor-currency-unknown"),

  /** The campaign takes part in a share of the auctions only, and not in this one. */
  THROTTLED(604, "throttled"),

  /** The campaign has no lease, or none with money left, on this subtask. */
  LEASE_EMPTY(701, "lease-empty"),
  /** Leases have run out and no message of the pacing job has come for their whole lifetime. */
  PACING_SILENT(702, "pacing-silent");

  private final int number;
  private final String label;

  Reason(int number, String label) {
    this.number = number;
    this.label = label;
  }

  /** The stable number, grouped by hundreds. */
  public int number() {
    return number;
  }

  /** The stable name in JSON and metrics. */
  public String label() {
    return label;
  }

  /** The no-bid reason code of OpenRTB 2.6 (list 5.24 of AdCOM) that comes closest. */
  public int openRtbCode() {
    return switch (this) {
      case REQUEST_EXPIRED -> 15; // insufficient auction time
      case OVERLOADED -> 1; // technical error
      case NO_IMPRESSION -> 2; // invalid request
      case BLOCKED_ADVERTISER -> 8; // blocked publisher or site: the nearest there is
      case FREQUENCY_CAPPED -> 9; // unmatched user
      default -> 0; // unknown error
    };
  }
}
