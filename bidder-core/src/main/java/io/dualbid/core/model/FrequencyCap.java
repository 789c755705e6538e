package io.dualbid.core.model;

/**
 * How often one user may see a campaign.
 *
 * @param impressions at least 1, at most 200
 * @param windowMillis length of the sliding window, at least one second
 */
public record FrequencyCap(int impressions, long windowMillis) {
  public FrequencyCap {
    if (impressions < 1 || impressions > 200) {
      throw new IllegalArgumentException("impressions must be 1 to 200: " + impressions);
    }
    if (windowMillis < 1000) {
      throw new IllegalArgumentException("window must be at least 1s: " + windowMillis + "ms");
    }
  }
}
