package io.dualbid.simulator.delivery;

import io.dualbid.stream.codec.NoBidCodec;
import io.dualbid.stream.codec.UnreadableRecord;
import io.dualbid.stream.record.RawRecord;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Why requests of a time got no bid, from any campaign: a request that nobody bids on has one
 * reason, the one that came nearest to a bid, and doesn't tell whose.
 *
 * @param byReason number of no-bids by reason
 */
public record NoBids(SortedMap<String, Long> byReason) {
  public NoBids {
    byReason = Collections.unmodifiableSortedMap(new TreeMap<>(byReason));
  }

  /** Of the records of the topic of no-bids; what can't be read is left to the audit. */
  public static NoBids of(List<RawRecord> records, Window window) {
    SortedMap<String, Long> byReason = new TreeMap<>();
    for (RawRecord record : records) {
      if (window.covers(record.timeMillis())) {
        try {
          byReason.merge(NoBidCodec.decode(record.value()).reason(), 1L, Long::sum);
        } catch (UnreadableRecord e) {
          // The audit counts it as a breach.
        }
      }
    }
    return new NoBids(byReason);
  }

  /** All of them. */
  public long count() {
    return byReason.values().stream().mapToLong(Long::longValue).sum();
  }
}
