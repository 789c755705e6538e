package io.dualbid.simulator.content;

import java.util.Map;
import java.util.TreeMap;

/**
 * What became of texts so far.
 *
 * @param requests asked for
 * @param placements answered, each once
 * @param repeated answers beyond the first
 * @param empty answers without an ad, by reason
 * @param ads shown
 * @param unpaid ads that were named but whose bid is not in the journal in time, so not shown
 * @param late those of the unpaid whose bid is in the journal, after its deadline
 * @param clicks on ads
 * @param impressionNanos charged for impressions
 */
public record ContentStatistics(
    long requests,
    long placements,
    long repeated,
    Map<String, Long> empty,
    long ads,
    long unpaid,
    long late,
    long clicks,
    long impressionNanos) {
  /** Copies the map. */
  public ContentStatistics {
    empty = new TreeMap<>(empty);
  }
}
