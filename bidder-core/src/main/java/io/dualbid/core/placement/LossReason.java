package io.dualbid.core.placement;

/** Why an ad is not shown: the first of these that applies. */
public enum LossReason {
  /** It fits nowhere: its fit is below the floor, or its click weight zero, at every position. */
  FIT_BELOW_FLOOR("fit-below-floor"),
  /** Wherever it fits the text is about a topic that its advertiser excludes. */
  EXCLUDED("excluded"),
  /** It bids nothing. */
  ZERO_BID("zero-bid"),
  /** Revenue only: its ironed virtual value is not above zero. */
  BELOW_RESERVE("below-reserve"),
  /** It would take clicks that are worth more to others, even where nobody stands. */
  DILUTES("dilutes"),
  /** An ad that it must not be shown with is shown. */
  KEPT_APART("kept-apart"),
  /** Another ad stands at its best position. */
  OUTBID("outbid"),
  /** Its best position is free, but as many ads are shown as may be. */
  MAX_ADS("max-ads"),
  /** Its best position is free, but too close to an ad. */
  TOO_CLOSE("too-close");

  private final String label;

  LossReason(String label) {
    this.label = label;
  }

  /** The stable name in JSON. */
  public String label() {
    return label;
  }
}
